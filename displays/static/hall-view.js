// What a screen shows of the hall, as plain values. first_paint.py follows the same rules; a test holds them together.

import { hubNow, hubRate } from "/static/clock.js";
import { t } from "/static/i18n.js";
import { dueMessages, dueNotices } from "/static/notice-due.js";
import { textsOf } from "/static/notice-card.js";
import { language } from "/static/page.js";
import { waitWords } from "/static/wait-words.js";

export const COUNTERS_A_PAGE = 10;
export const SERVICES_A_PAGE = 3;
export const MESSAGES_A_PAGE = 2;
const CALLS_LISTED = 5;
const PAGE_STAYS_MS = 8000;
const CALL_STAYS_MS = 600_000; // so long a call stays large when no other one follows
const CALL_STAYS_BEFORE_NOTICES_MS = 60_000; // long enough to walk to the counter; in a full hall there is always a call

/** The page of `rows` that is up now. Turns go by the hub's clock, so that all the screens of a hall turn together. */
export function pageOf(rows, most) {
  const pages = Math.max(1, Math.ceil(rows.length / most));
  const page = Math.floor(hubNow() / (PAGE_STAYS_MS * hubRate())) % pages;
  const from = (turn) => Math.floor((turn * rows.length) / pages);
  return { rows: rows.slice(from(page), from(page + 1)), page: page + 1, pages, most: Math.ceil(rows.length / pages) };
}

export function pageWords({ page, pages }) {
  return pages > 1 ? t("page %(page)s/%(pages)s", { page, pages }) : "";
}

/** Is the one who was called still to come to that counter, or there already? */
export function isExpected(state, { counter, ticket }) {
  return state.counters.get(counter)?.ticket?.id === ticket;
}

/** The call that stays large: the last one that still holds, or null when there is none or it is long ago. */
export function standingCall(state) {
  const holding = state.calls.find((call) => isExpected(state, call));
  const stays = dueNotices(state.notices, hubNow()).length ? CALL_STAYS_BEFORE_NOTICES_MS : CALL_STAYS_MS;
  return holding && hubNow() - Date.parse(holding.at) < stays ? holding : null;
}

/** The staff's messages, which stay visible whatever is large. */
export function messagesNow(state) {
  return dueMessages(state.notices, hubNow());
}

export function messageTexts({ text, text_en: english }) {
  return textsOf(text, english, language);
}

/** The last calls beside the large one; of a ticket called again only the latest. */
export function otherCalls(state, large) {
  const seen = new Set(large ? [large.ticket] : []);
  const others = state.calls.filter(({ ticket }) => !seen.has(ticket) && seen.add(ticket));
  return others.slice(0, CALLS_LISTED);
}

export function countersInOrder(state) {
  return [...state.counters.values()].sort((a, b) => a.number - b.number);
}

/** {state, number} or {state, words} of one counter in the strip. */
export function counterCell(counter) {
  if (counter.ticket) return { state: counter.ticket.state, number: counter.ticket.number };
  return { state: counter.state, words: counterWords(counter) };
}

function counterWords({ state, until }) {
  if (state === "paused") return until ? t("break until %(time)s", { time: until }) : t("on a break");
  return state === "closed" ? t("closed") : t("free");
}

export function serviceName(service) {
  return language === "en" && service.name_en ? service.name_en : service.name;
}

/** {people, words} of one service in the strip; `people` is null when nobody waits. */
export function serviceWait({ waiting, forecast }) {
  if (!waiting) return { people: null, words: t("nobody waiting") };
  return { people: waiting, words: ` · ${waitWords(t, forecast, waiting)}` };
}

/** What to say instead while the hub is away: how the hall stands is not known then. */
export function lostWords() {
  return [t("This screen is not up to date"), t("Please listen for your number at the counters")];
}

/** The hall in one sentence and what to do, for when nobody is being called. */
export function hallWords(state) {
  const open = [...state.counters.values()].filter((counter) => counter.state === "open").length;
  const waiting = [...state.services.values()].reduce((sum, service) => sum + service.waiting, 0);
  if (!open) return [t("No counter is open now"), t("Please wait for the counters to open")];
  const words = t("%(open)s counters open, %(waiting)s waiting", { open, waiting });
  return [words, t("Please take a number and watch this screen")];
}
