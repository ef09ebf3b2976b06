// Why did it take so long? Asked once, gently: a strip that takes nothing from the clerk and goes away by itself.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { handleGoal } from "/static/counters/model.js";
import { serviceServed } from "/static/counters/served.js";
import { wholeMinutes } from "/static/counters/words.js";

const STORED = "toiluot.overruns";
const KEPT = 20;
const REASONS = {
  complex: () => t("A difficult dossier"),
  papers: () => t("Papers were missing"),
  system: () => t("System or network trouble"),
  several: () => t("Several dossiers at once"),
  guidance: () => t("The citizen needed guidance"),
  other: () => t("Another reason"),
};

const strip = document.getElementById("overrun");
let shown = "";

/** Show the question while it stands; `answer(overrun, reason)` is called with the code of a reason. */
export function showOverrun({ state, counter, now }, answer) {
  const asked = standing(counter.overrun, now);
  if ((asked?.ticket ?? "") === shown) return;
  shown = asked?.ticket ?? "";
  strip.hidden = !asked;
  replace(strip, ...(asked ? question(asked, state, answer) : []));
}

/** Put the focus on the first reason, if anything is asked. */
export function focusOverrun() {
  strip.querySelector(".why")?.focus({ preventScroll: true });
}

/** Ask it again: the answer did not arrive. */
export function askAgain(ticket) {
  store(putAway().filter((id) => id !== ticket));
}

function standing(overrun, now) {
  const isOver = !overrun || Date.parse(overrun.until) <= now || putAway().includes(overrun.ticket);
  return isOver ? null : overrun;
}

function question(overrun, state, answer) {
  const settle = (reason) => {
    store([overrun.ticket, ...putAway()]);
    hide();
    if (reason) answer(overrun, reason);
  };
  strip.onkeydown = (event) => chooseByKey(event, settle);
  return [
    el("p", { id: "overrun-asks", class: "overrun-asks" }, words(overrun, state)),
    el("div", { class: "whys", role: "group", "aria-labelledby": "overrun-asks" }, Object.keys(REASONS).map((reason, index) => why(reason, index, settle))),
    el("button", { type: "button", class: "scan-close", "aria-label": t("Hide"), onclick: () => settle(null) }, el("kbd", {}, "Esc")),
  ];
}

function why(reason, index, settle) {
  return el("button", { type: "button", class: "why", "data-reason": reason, onclick: () => settle(reason) }, el("kbd", { "aria-hidden": "true" }, index + 1), el("span", {}, REASONS[reason]()));
}

function hide() {
  shown = "";
  strip.hidden = true;
  replace(strip);
}

function words({ ticket, number }, { services, centre }) {
  const service = services.get(serviceServed(ticket)) ?? [...services.values()].find(({ letter }) => number.startsWith(letter));
  if (!service) return t("%(number)s took long. Why?", { number });
  return t("%(number)s took more than %(n)s min. Why?", { number, n: wholeMinutes(handleGoal(service, centre).target_s) });
}

function chooseByKey(event, settle) {
  const digit = /^(?:Digit|Numpad)([1-6])$/.exec(event.code)?.[1];
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || (!digit && event.key !== "Escape")) return;
  event.preventDefault();
  event.stopPropagation();
  settle(digit ? Object.keys(REASONS)[digit - 1] : null);
}

function putAway() {
  return JSON.parse(sessionStorage.getItem(STORED) ?? "[]");
}

function store(tickets) {
  sessionStorage.setItem(STORED, JSON.stringify(tickets.slice(0, KEPT)));
}
