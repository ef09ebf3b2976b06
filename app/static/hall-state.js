// What a page knows of the hall, and how messages change it. Pure: no network, no page.

const LISTED = new Set(["waiting", "parked", "missed"]);
const MOST_CALLS = 20;

/** An empty state, to be filled by the first snapshot. */
export function emptyState() {
  return {
    room: "", seq: -1, day: "", version: "", centre: {}, services: new Map(), counters: new Map(),
    calls: [], tickets: new Map(), ticket: null, devices: [], advice: null, gaps: [], assistance: [], notices: [],
  };
}

/** Replace all that `state` knows by a snapshot. The object stays the same, so that pages may keep it. */
export function applySnapshot(state, snapshot) {
  const { room = "", seq, day, version = "", centre = {}, calls = [], devices = [], advice = null, gaps = [] } = snapshot;
  Object.assign(state, { room, seq, day, version, centre, calls, devices, advice, gaps });
  state.assistance = snapshot.assistance ?? [];
  state.notices = snapshot.notices ?? [];
  state.services = byKey(snapshot.services, "code");
  state.counters = byKey(snapshot.counters, "number");
  state.tickets = byKey(snapshot.tickets, "id");
  state.ticket = isTicketRoom(state) ? (snapshot.tickets?.[0] ?? null) : null;
}

/** Fold one event, already known to be the next one, into `state`. */
export function applyEvent(state, event) {
  state.seq = event.seq;
  for (const service of event.services ?? []) state.services.set(service.code, service);
  for (const counter of event.counters ?? []) state.counters.set(counter.number, counter);
  for (const ticket of event.tickets ?? []) keepTicket(state, ticket);
  if (event.assistance) state.assistance = event.assistance;
  if (event.notices) state.notices = event.notices;
  if (event.call) state.calls = [event.call, ...state.calls].slice(0, MOST_CALLS);
  if (event.type === "PressUndone") state.calls = withoutUndone(state, event.counter);
}

/** Take over what is told of waits between events: those of the services named, and in a ticket's room its own. */
export function applyForecast(state, { services = [], tickets = [] }) {
  for (const { code, low_min, high_min } of services) {
    const service = state.services.get(code);
    const forecast = low_min === null ? null : { low_min, high_min };
    if (service) state.services.set(code, { ...service, forecast });
  }
  for (const { id, ...waits } of tickets) {
    const ticket = state.tickets.get(id);
    if (ticket) keepTicket(state, { ...ticket, ...waits });
  }
}

/** Is the service one of self-service stations alone, such as filling in a form? */
export function isAtStations(counters, code) {
  const places = [...counters].filter(({ own, help }) => own.includes(code) || help.includes(code));
  return places.length > 0 && places.every(({ kind }) => kind === "station");
}

/** From when a wait in the hall counts, ms: from the place in the line, but never from before the citizen came. */
export function waitsSince({ order, issued_at: issued }) {
  return Math.max(order[0], Date.parse(issued));
}

/** What to do with an event: "known" (drop it), "gap" (join again) or "next" (apply it). */
export function placeOf(state, event) {
  if (event.seq <= state.seq) return "known";
  if (event.prev > state.seq || event.resync || (event.day && event.day !== state.day)) return "gap";
  return "next";
}

function keepTicket(state, ticket) {
  if (isTicketRoom(state)) state.ticket = ticket;
  if (isTicketRoom(state) || LISTED.has(ticket.state)) state.tickets.set(ticket.id, ticket);
  else state.tickets.delete(ticket.id);
}

// A call that was taken back was never made: its ticket is not at the counter any more, and no later one is.
function withoutUndone(state, counter) {
  const newest = state.calls.find((call) => call.counter === counter);
  if (!newest || state.counters.get(counter)?.ticket?.id === newest.ticket) return state.calls;
  return state.calls.filter((call) => call.counter !== counter || call.ticket !== newest.ticket);
}

function isTicketRoom(state) {
  return state.room.startsWith("ticket:");
}

function byKey(rows, key) {
  return new Map((rows ?? []).map((row) => [row[key], row]));
}
