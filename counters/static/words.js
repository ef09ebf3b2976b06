// The sentences of the console.

import { hhmm } from "/static/clock.js";
import { t } from "/static/i18n.js";
import { language } from "/static/page.js";

const DONE = {
  recall: (press) => t("%(number)s called again", { number: press.number }),
  arrive: (press) => t("%(number)s has come", { number: press.number }),
  finish: (press) => t("%(number)s finished", { number: press.number }),
  miss: (press) => t("%(number)s did not come", { number: press.number }),
  park: (press) => t("%(number)s kept for later", { number: press.number }),
  transfer: (press) => t("%(number)s passed on to %(service)s", { number: press.number, service: press.detail }),
  refuse: (press) => t("%(number)s waits in the ordinary line again", { number: press.number }),
  undo: () => t("Taken back"),
  returned: (press) => t("%(number)s is back", { number: press.number }),
  open: () => t("The counter is open"),
  pause: () => t("The counter is paused"),
  close: () => t("The counter is closed"),
};

/** What a press has done, as the hub answered it. */
export function outcome(press, answer, now) {
  const late = now - press.at > 5000 ? ` · ${t("pressed at %(time)s", { time: hhmm(press.at) })}` : "";
  return words(press, answer) + late;
}

function words(press, answer) {
  if (press.onward && ENDS.has(press.verb)) return onwardWords(press, answer);
  if (press.verb !== "next" && press.verb !== "call") return DONE[press.verb](press);
  if (answer.ticket) return t("%(number)s called", { number: answer.ticket.number });
  if (press.number) return t("%(number)s finished. Nobody is waiting.", { number: press.number });
  return t("Nobody is waiting.");
}

const ENDS = new Set(["next", "finish"]);

// The visit goes on: at this counter, or in the line of its next service.
function onwardWords({ number, onward }, { counter, ticket }) {
  if (counter.ticket?.number === number) return t("%(number)s goes on here: %(service)s", { number, service: onward });
  const sent = t("%(number)s passed on to %(service)s", { number, service: onward });
  return ticket && ticket.number !== number ? `${sent}. ${t("%(number)s called", { number: ticket.number })}` : sent;
}

/** Why a press was refused, and what is true instead. */
export function refusal(error, counter) {
  if (error.code !== "counter_changed") return error.detail || error.title || error.message;
  const number = counter?.ticket?.number;
  const truth = number ? t("Number %(number)s is here now.", { number }) : t("Nobody is here now.");
  return `${t("Somebody else pressed first; your press did not count.")} ${truth}`;
}

/** What undo would take back. */
export function undoLabel(verb) {
  const labels = {
    next: t("Called"),
    arrive: t("Has come"),
    finish: t("Finished"),
    miss: t("Did not come"),
    park: t("Kept"),
    transfer: t("Passed on"),
    refuse: t("No priority"),
  };
  return labels[verb] ?? "";
}

/** "Quá 10 phút": the colour of the ring in words. */
export function paceWords(level, goal) {
  if (level === "late") return t("over %(n)s min", { n: wholeMinutes(goal.target_s) });
  if (level === "amber") return t("over %(n)s min", { n: wholeMinutes(goal.amber_s) });
  return t("on time");
}

/** Seconds as whole minutes that have passed. */
export function wholeMinutes(seconds) {
  return Math.floor(seconds / 60);
}

/** The state of a counter in words. */
export function counterState(counter) {
  if (counter.state === "open") return t("Open");
  if (counter.state === "closed") return t("Closed");
  return counter.until ? t("Paused until %(time)s", { time: counter.until }) : t("Paused");
}

/** A thing's name in the reader's language. */
export function nameOf(thing) {
  return (language === "en" && thing?.name_en) || thing?.name || "";
}
