// Who was finished at this counter, and the dossiers told of them. The feed says who is here and who is waiting, kept or
// missed: whoever was here and is none of these was finished. Kept in this window, so that a reload still knows it.

import { hubRate } from "/static/clock.js";

const STORED = "toiluot.served";
const KEPT = 8;
const JUST_NOW_MS = 120_000; // of the clerk's life: so long the one before comes first when dossiers are told

let memory = JSON.parse(sessionStorage.getItem(STORED) ?? "null");

/** To be told of every change; `counter` as the feed knows it, never as an answer has it ahead of the feed. */
export function noticeServed(state, counter) {
  if (!counter) return;
  const here = counter.ticket && { id: counter.ticket.id, number: counter.ticket.number, service: counter.ticket.service, dossiers: counter.ticket.dossiers ?? 1 };
  if (memory?.counter !== counter.number || memory.day !== state.day) keep({ counter: counter.number, day: state.day, here, finished: [], told: {} });
  if (memory.here?.id === here?.id) return;
  const gone = memory.here && !state.tickets.has(memory.here.id) ? [memory.here] : [];
  const finished = [...gone, ...memory.finished].filter(({ id }) => id !== here?.id).slice(0, KEPT);
  keep({ ...memory, here, finished });
}

/** Whose dossiers can be told, the likeliest first: the one just finished with nothing told yet, else the one who is here. */
export function tellable(counter, now) {
  const here = memory?.here?.id === counter.ticket?.id ? memory?.here : null;
  const last = memory?.finished[0];
  const calledAt = Date.parse(counter.ticket?.called_at ?? counter.ticket?.since);
  const isFresh = here && now - calledAt < JUST_NOW_MS * hubRate();
  const lastFirst = last && (!here || (isFresh && !told(last.id)));
  return (lastFirst ? [last, here] : [here, last]).filter(Boolean);
}

/** The dossiers told of this ticket, or null. */
export function told(ticketId) {
  return memory?.told[ticketId] ?? null;
}

/** Remember what was told; null takes it back. */
export function rememberTold(ticketId, counts) {
  const known = [memory.here, ...memory.finished].flatMap((ticket) => ticket?.id ?? []);
  const kept = Object.entries(memory.told).filter(([id]) => known.includes(id) && id !== ticketId);
  keep({ ...memory, told: Object.fromEntries(counts ? [...kept, [ticketId, counts]] : kept) });
}

/** The service for which this ticket was served here, or null. */
export function serviceServed(ticketId) {
  return memory?.finished.find(({ id }) => id === ticketId)?.service ?? null;
}

function keep(fresh) {
  memory = fresh;
  sessionStorage.setItem(STORED, JSON.stringify(memory));
}
