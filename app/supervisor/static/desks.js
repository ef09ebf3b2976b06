// The counters as desks: who sits there, who is served and for how long, what the desk takes.

import { hubNow } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { allowed, effect, standing } from "./assign.js";
import { breakWords, isUnskilled, nowWords, stateWords } from "./desk-words.js";
import { IdleCounters } from "./desks-idle.js";

/** Shows the counters in `list`. `openMenu(counter, button)` when the state of one is tapped. */
export function desksView(list, openMenu) {
  const desks = new Map();
  const idle = new IdleCounters();
  let order = "";

  /** `inHand`: code of the service that is being moved, or null. */
  return function show(state, inHand) {
    const counters = [...state.counters.values()].sort((one, other) => one.number - other.number);
    const numbers = counters.map(({ number }) => number).join(" ");
    if (numbers !== order) {
      order = numbers;
      desks.clear();
      for (const { number } of counters) desks.set(number, makeDesk(number, openMenu));
      replace(list, [...desks.values()].map((desk) => desk.node));
    }
    const now = hubNow();
    for (const counter of counters) {
      const desk = desks.get(counter.number);
      desk.unserved = idle.unserved(counter, state, now);
      desk.counter = counter;
      fillDesk(desk, counter, state);
      fillPlaces(desk, counter, counters, inHand);
    }
  };
}

function makeDesk(number, openMenu) {
  const part = (tag, name, ...children) => el(tag, { class: `desk-${name}` }, ...children);
  const stateButton = el("button", { type: "button", class: "desk-state", "aria-haspopup": "menu" });
  const desk = {
    stateButton, who: part("span", "who"), number: part("strong", "ticket"), clock: part("b", "clock"), grade: part("span", "grade"),
    note: part("span", "note"), chips: part("div", "chips"), places: part("div", "places"), served: part("span", "served"), rest: part("span", "break"),
    chipsKey: "", placesKey: "", unserved: 0,
  };
  stateButton.addEventListener("click", () => openMenu(desk.counter, stateButton));
  desk.node = el("li", { class: "desk", "data-counter": number, "aria-label": t("Counter %(n)s", { n: number }) },
    part("header", "head", part("b", "number", number), desk.who, stateButton),
    part("div", "now", desk.number, part("div", "lasts", desk.clock, desk.grade, desk.note)),
    part("div", "foot", desk.chips, part("div", "facts", desk.rest, desk.served)), desk.places);
  return desk;
}

function fillDesk(desk, counter, state) {
  desk.node.dataset.state = counter.state;
  setText(desk.who, counter.clerk?.full_name || counter.name || t("Nobody sits here"));
  setText(desk.served, counter.served ? t("served: %(n)s", { n: counter.served }) : "");
  setText(desk.rest, breakWords(counter));
  setText(desk.stateButton, stateWords(counter));
  fillNow(desk, counter, state);
  fillChips(desk, counter, state);
}

function fillNow(desk, counter, state) {
  const { number, clock, grade, gradeWords, note } = nowWords(counter, state, hubNow());
  const { unserved } = desk;
  desk.node.dataset.grade = unserved ? "amber" : grade;
  desk.note.classList.toggle("desk-idle", unserved > 0);
  setText(desk.number, number);
  setText(desk.clock, clock);
  setText(desk.grade, gradeWords);
  setText(desk.note, unserved ? t("Open, but nobody is being called: %(n)s wait", { n: unserved }) : note);
}

function fillChips(desk, counter, { services }) {
  const key = JSON.stringify([counter.own, counter.help]);
  if (key === desk.chipsKey) return;
  desk.chipsKey = key;
  const chip = (as) => (code) => makeChip(services.get(code), code, as, counter.number);
  const help = counter.help.map(chip("help"));
  replace(desk.chips, counter.own.map(chip("own")),
    help.length ? el("span", { class: "chips-help", "aria-hidden": "true" }, "+") : null, help);
}

function makeChip(service, code, as, number) {
  const name = service?.name ?? code;
  const words = as === "own" ? "%(service)s, own service of counter %(n)s" : "%(service)s, help of counter %(n)s";
  return el("button", { type: "button", class: `chip chip-${as}`, "data-service": code, "data-from": number,
    "aria-pressed": "false", "aria-label": t(words, { service: name, n: number }), title: name }, service?.letter ?? code);
}

// While a service is in hand, each desk offers what it may become there, and what that does to the queue.
function fillPlaces(desk, counter, counters, inHand) {
  const key = inHand ? JSON.stringify([inHand, counter.skills, counters.map((other) => [other.state, other.own, other.help])]) : "";
  if (key === desk.placesKey) return;
  desk.placesKey = key;
  desk.node.classList.toggle("choosing", Boolean(inHand));
  if (!inHand) return replace(desk.places);
  const isTaken = standing(counter, inHand) !== "none";
  const ways = isTaken ? ["own", "help", "none"] : ["own", "help"];
  const isNew = !isTaken && isUnskilled(counter, inHand);
  replace(desk.places, isNew && el("p", { class: "unskilled" }, t("The clerk is not set down for this")),
    ways.map((as) => makePlace(counter, counters, inHand, as)));
}

const PLACE_WORDS = { own: "Own", help: "Help", none: "Take away" };

function makePlace(counter, counters, code, as) {
  const present = as === standing(counter, code);
  const { before, after } = effect(counters, counter, code, as);
  const possible = allowed(counter, code, as);
  const words = present ? t("as now") : possible ? effectWords(counter, before, after) : t("needs one of its own");
  return el("button", { type: "button", class: `place place-${as}`, "data-as": as, "data-at": counter.number,
    disabled: !possible }, el("b", {}, t(PLACE_WORDS[as])), el("small", {}, words));
}

function effectWords(counter, before, after) {
  if (counter.state !== "open") return t("not open now");
  return t("counters: %(n)s", { n: before === after ? after : `${before} → ${after}` });
}
