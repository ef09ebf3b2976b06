// What a desk says of its citizen, its breaks and its clerk. Pure: no page.

import { hhmm } from "/static/clock.js";
import { t } from "/static/i18n.js";

import { graded, handledFor, handlingLimitsOf, wholeMinutes } from "./waits.js";

const STATE_WORDS = { open: "Open", paused: "Paused", closed: "Closed" };
const GRADE_WORDS = { fresh: "", amber: "long", late: "too long" };

export function stateWords({ state, until }) {
  return state === "paused" && until ? t("Paused until %(time)s", { time: until }) : t(STATE_WORDS[state]);
}

/** { number, clock, grade, gradeWords, note } of whoever is at the counter; the clock is that of being served, once it runs. */
export function nowWords({ ticket, state }, { services, centre }, now) {
  if (!ticket) return { number: "", clock: "", grade: "", gradeWords: "", note: state === "open" ? t("Nobody at the counter") : "" };
  const handled = handledFor(ticket, centre, now);
  const grade = graded(handled, handlingLimitsOf(services.get(ticket.service), centre));
  const isServed = ticket.state === "serving";
  const lasts = isServed || handled ? handled : Math.max(0, now - Date.parse(ticket.called_at));
  const doing = t(isServed ? "being served" : "called");
  return {
    number: ticket.number, clock: wholeMinutes(lasts), grade, gradeWords: GRADE_WORDS[grade] && t(GRADE_WORDS[grade]),
    note: ticket.priority ? t("%(state)s · priority", { state: doing }) : doing,
  };
}

/** The next break: "nghỉ 11:30–12:15"; nothing where none is known, or nobody sits there anyway. */
export function breakWords({ breaks = [], state }) {
  if (!breaks.length || state === "closed") return "";
  const [{ start, end }] = breaks;
  return t("break %(start)s–%(end)s", { start: hhmm(start), end: hhmm(end) });
}

/** Are a clerk's skills known, and this service not among them? To be said; it forbids nothing. */
export function isUnskilled({ clerk, skills = [] }, code) {
  return Boolean(clerk) && skills.length > 0 && !skills.includes(code);
}
