// What the console shows, from what the feed says. Pure: no page, no network, no clock of its own (`now` in hub ms).

import { waitsSince } from "/static/hall-state.js";
import { amberOf } from "/static/targets.js";

const LEAST = 8; // waiting tickets of a service that are shown before "more", however little room there is
const A_LINE = 2; // tickets side by side

/** The counter that this person works at: the one a leader asked for, else the one where the person sits. */
export function seatOf(state, person, asked) {
  if (asked && leads(person)) return state.counters.get(asked) ?? null;
  return [...state.counters.values()].find((counter) => counter.clerk?.name === person.name) ?? null;
}

/** May this person act at any counter? */
export function leads(person) {
  return person.role === "supervisor" || person.role === "admin";
}

/** Counters to choose from: the free ones first, the one used last before all. `free` is false where a clerk sits. */
export function choicesOf(state, person, last) {
  const rows = [...state.counters.values()].map((counter) => ({
    counter,
    free: leads(person) || counter.clerk === null,
    last: counter.number === last,
  }));
  const rank = (row) => (row.free ? 0 : 2) - (row.free && row.last ? 1 : 0);
  return rows.sort((a, b) => rank(a) - rank(b) || a.counter.number - b.counter.number);
}

/** How far a time has come towards its goal {target_s, amber_s}: share of the target (at most 1) and "calm", "amber" or "late". */
export function paceOf(elapsedMs, goal) {
  const target = (goal.target_s ?? 900) * 1000;
  const amber = (goal.amber_s ?? 600) * 1000;
  const level = elapsedMs >= target ? "late" : elapsedMs >= amber ? "amber" : "calm";
  return { level, share: Math.min(1, Math.max(0, elapsedMs / target)) };
}

/** What waiting for a service is measured by: {target_s, amber_s}. */
export function waitGoal(service, centre) {
  return goalOf(service?.target_s, centre);
}

/** What serving somebody for a service is measured by: {target_s, amber_s}. */
export function handleGoal(service, centre) {
  return goalOf(service?.handle_target_s, centre);
}

function goalOf(targetS, centre) {
  const target = targetS ?? centre.target_s ?? 900;
  return { target_s: target, amber_s: amberOf(target, centre) };
}

/** The ticket at the counter with its clock and goal, or null. The clock runs from the call, anew from the citizen's arrival. */
export function presentOf(state, counter, now) {
  if (!counter?.ticket) return null;
  const elapsedMs = Math.max(0, now - Date.parse(counter.ticket.since));
  const goal = times(handleGoal(state.services.get(counter.ticket.service), state.centre), counter.ticket.dossiers ?? 1);
  return { ...counter.ticket, elapsedMs, goal, ...paceOf(elapsedMs, goal) };
}

// Several dossiers may take as many times as long; the hub judges by the same.
function times(goal, dossiers) {
  return { target_s: goal.target_s * dossiers, amber_s: goal.amber_s * dossiers };
}

/** "6:05": a running clock in minutes and seconds. */
export function runningClock(ms) {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The queues of a counter, its own first, of each the first `preview` or all: {groups: [{service, helping, waiting, longestMs, oldest, tickets, more}], waiting, longestMs}. */
export function queueOf(state, counter, now, unfolded = new Set(), preview = LEAST) {
  const own = counter.own.map((code) => [code, false]);
  const help = counter.help.map((code) => [code, true]);
  const groups = [...own, ...help]
    .filter(([code]) => state.services.has(code))
    .map(([code, helping]) => group(state, state.services.get(code), helping, now, unfolded.has(code), preview));
  return {
    groups,
    waiting: groups.reduce((sum, each) => sum + each.waiting, 0),
    longestMs: Math.max(0, ...groups.map((each) => each.longestMs)),
  };
}

/** How many tickets of each service are shown before "more", with room for so many lines more than the fewest take. */
export function previewOf(groups, lines) {
  const totals = groups.filter(({ more }) => more).map(({ tickets, more }) => tickets.length + more);
  const taken = (preview) => totals.reduce((sum, total) => sum + Math.ceil((Math.min(total, preview) - LEAST) / A_LINE), 0);
  let preview = LEAST;
  while (preview < Math.max(LEAST, ...totals) && taken(preview + A_LINE) <= lines) preview += A_LINE;
  return preview;
}

function group(state, service, helping, now, unfolded, preview) {
  const tickets = [...state.tickets.values()]
    .filter((ticket) => ticket.state === "waiting" && ticket.service === service.code)
    .sort((a, b) => compare(a.order, b.order))
    .map((ticket) => waitingFor(ticket, now, state));
  const oldest = tickets.reduce((most, ticket) => (ticket.sinceMs > (most?.sinceMs ?? -1) ? ticket : most), null);
  const shown = unfolded ? tickets : tickets.slice(0, preview);
  return {
    service,
    helping,
    waiting: service.waiting,
    longestMs: oldest?.sinceMs ?? 0,
    oldest,
    tickets: shown,
    more: tickets.length - shown.length,
    unfolded: unfolded && tickets.length > preview,
  };
}

/** Tickets that this counter keeps for citizens who were asked to come back. */
export function keptOf(state, counter, now) {
  return (counter.parked ?? []).map((ticket) => waitingFor(ticket, now, state));
}

/** Kept in the services of this counter by counters that call nobody now: whoever holds one is called by whoever takes it. */
export function leftOf(state, counter, now) {
  const served = new Set([...counter.own, ...counter.help]);
  return [...state.counters.values()]
    .filter((other) => other.number !== counter.number && other.state !== "open")
    .flatMap(({ parked }) => parked ?? [])
    .filter(({ service }) => served.has(service))
    .map((ticket) => waitingFor(ticket, now, state));
}

/** Called and not come, in the services of this counter; the last one first. */
export function missedOf(state, counter, now) {
  const served = new Set([...counter.own, ...counter.help]);
  return [...state.tickets.values()]
    .filter((ticket) => ticket.state === "missed" && served.has(ticket.service))
    .sort((a, b) => Date.parse(b.since) - Date.parse(a.since))
    .map((ticket) => waitingFor(ticket, now, state));
}

function waitingFor(ticket, now, { services, centre }) {
  const from = ticket.state === "waiting" ? waitsSince(ticket) : Date.parse(ticket.since);
  const sinceMs = Math.max(0, now - from);
  return { ...ticket, sinceMs, level: paceOf(sinceMs, waitGoal(services.get(ticket.service), centre)).level };
}

/** The press that can still be taken back: {verb, seconds} or null. Seconds of the clerk's life, whatever the hub's `rate`. */
export function undoOf(counter, now, rate = 1) {
  if (!counter?.undo) return null;
  const seconds = Math.ceil((Date.parse(counter.undo.until) - now) / 1000 / rate);
  return seconds > 0 ? { verb: counter.undo.verb, seconds } : null;
}

/** Which verbs make sense now; the hub has the last word. */
export function verbsOf(counter) {
  const state = counter?.ticket?.state;
  const here = Boolean(state);
  const called = state === "called";
  const claimed = Boolean(counter?.ticket?.claimed);
  return { recall: here, arrive: called, finish: here, miss: called, park: here, transfer: here, confirm: claimed, refuse: claimed };
}

/** The services that a ticket at this counter can be passed on to. */
export function transfersOf(state, counter) {
  return [...state.services.values()].filter((service) => service.code !== counter.ticket?.service);
}

function compare(a, b) {
  const [left, right] = [a, b].map((order) => (Array.isArray(order) ? order : [order]));
  for (let i = 0; i < left.length; i += 1) {
    if (left[i] !== right[i]) return left[i] < right[i] ? -1 : 1;
  }
  return 0;
}
