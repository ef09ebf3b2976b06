// Calm lines at the foot of the queue: an alarm, and the next break of this counter.

import { hhmm, minutes } from "/static/clock.js";
import { setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { nameOf } from "/static/counters/words.js";

const SOON_MS = 600_000;

/** Show them; `alarm` is {service, ticket} or null. */
export function showNotes({ alarm, counter, now }) {
  const words = alarm ? t("%(service)s: %(number)s has waited %(time)s", about(alarm)) : "";
  const rest = counter.state === "closed" ? null : nextBreak(counter, now);
  fill("alarm", words);
  document.getElementById("alarm").dataset.level = alarm?.ticket.level ?? "";
  fill("break-soon", isSoon(rest, now) ? soonWords(rest, counter, now) : "");
  fill("break-later", rest && !isSoon(rest, now) ? t("break %(span)s", { span: span(rest) }) : "");
}

/** The break that comes next or is on: {start, end} or null. */
export function nextBreak(counter, now) {
  return (counter.breaks ?? []).find(({ end }) => Date.parse(end) > now) ?? null;
}

/** Has it begun, or does it within ten minutes? */
export function isSoon(rest, now) {
  return rest !== null && Date.parse(rest.start) - now <= SOON_MS;
}

/** "11:30–12:15" */
export function span({ start, end }) {
  return `${hhmm(start)}–${hhmm(end)}`;
}

function about({ service, ticket }) {
  return { service: nameOf(service), number: ticket.number, time: minutes(ticket.sinceMs) };
}

function soonWords(rest, counter, now) {
  const left = Date.parse(rest.start) - now;
  if (left > 0) return t("Break in %(time)s (%(span)s)", { time: minutes(left + 59_999), span: span(rest) });
  return counter.state === "paused" ? "" : t("It is time for the break %(span)s", { span: span(rest) });
}

function fill(id, text) {
  const node = document.getElementById(id);
  setText(node, text);
  node.hidden = !text;
}
