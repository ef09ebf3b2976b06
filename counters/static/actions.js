// What each verb sends. A press says what the clerk saw, so that it never acts on somebody else.

import { hubNow } from "/static/clock.js";
import { nameOf } from "/static/counters/words.js";

/** A press on one of the plain verbs; the main button opens a counter that is not open. */
export function atCounter(verb, counter, person) {
  if (verb === "next" && counter.state !== "open") return openCounter(counter, person);
  return press(verb, counter);
}

/** Open a counter, or go back to work at it. A clerk sits down there; a leader leaves the clerk who does. */
export function openCounter(counter, person) {
  return bare("open", counter, person.role === "clerk" ? { clerk: person.name } : {});
}

/** Pause; `until` is "HH:MM" or null. */
export function pauseCounter(counter, until) {
  return bare("pause", counter, until ? { until } : {});
}

/** Close the counter. */
export function closeCounter(counter) {
  return bare("close", counter, {});
}

/** Call this ticket out of turn. */
export function callTicket(counter, ticket) {
  return press("call", counter, { ticket: ticket.id });
}

/** Pass the present ticket on to another service; with `back`, afterwards here again. */
export function passOn(counter, service, back) {
  return { ...press("transfer", counter, { service: service.code, back }), detail: nameOf(service) };
}

/** The claim of priority of whoever was called is not right. */
export function refusePriority(counter) {
  return { ...press("refuse", counter), path: `/counters/${counter.number}/priority/refuse` };
}

/** A citizen who was missed or asked to come back is back. */
export function ticketReturned(counter, ticket) {
  return { ...bare("returned", counter, {}), path: `/tickets/${ticket.id}/return`, number: ticket.number };
}

function press(verb, counter, more = {}) {
  const onward = counter.ticket?.then?.[0] ?? "";
  return { ...bare(verb, counter, { seen: counter.ticket?.id ?? "", ...more }), onward };
}

function bare(verb, counter, body) {
  const path = `/counters/${counter.number}/${verb}`;
  return { verb, path, body, counter: counter.number, number: counter.ticket?.number ?? "", at: hubNow() };
}
