// The rota of an ordinary week. Changes gather here and are saved all at once; the hub judges them as a whole.

import { ApiError, command, get } from "/static/api.js";
import { el, replace, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { data } from "/static/page.js";

import { watchUnsaved } from "../guard.js";
import { openSheet } from "../sheet.js";
import { wrongTimes } from "./clock-fields.js";
import { fillHours, fillLikeMonday, fillLunch, fillSaturday } from "./fills.js";
import { makeGrid } from "./grid.js";
import { shifts as shiftsControl } from "./shifts-control.js";
import { showCoverage } from "./strip.js";
import { clashes, concerned } from "./troubles.js";
import { DAY_NAMES, WEEK, shiftsOf, withLines } from "./week.js";

const view = (name) => document.querySelector(`[data-view=${name}]`);
const [{ shifts: stored }, { counters }, { services: all }, { people }] = await Promise.all(
  ["/rota", "/counters", "/services", "/people"].map(get));
counters.sort((one, other) => one.number - other.number);
const services = all.filter(({ active }) => active).sort((one, other) => one.position - other.position);
const clerks = clerksOf();
const names = new Map(people.map(({ name, full_name: full }) => [name, full]));
const nameOf = (clerk) => names.get(clerk) ?? clerk;

let kept = ordered(stored);
let shifts = kept;
let past = []; // each rota before a change, for going back a step
let refused = []; // what the hub had against the last try to save: [{ counter, weekday, words }]

const grid = makeGrid({ counters, services, nameOf, edit });
const words = el("span", { role: "status" });
const back = el("button", { type: "button", class: "button", onclick: undo, "aria-keyshortcuts": "Control+Z" }, t("Undo"));
const revert = el("button", { type: "button", class: "button", onclick: () => change(kept, t("As it was saved.")) }, t("As before"));
const save = el("button", { type: "button", class: "button button-primary", onclick: store }, t("Save"));
const FILLS = { hours: fillHours, monday: fillLikeMonday, lunch: fillLunch, saturday: fillSaturday };

replace(view("save"), words, back, revert, save);
replace(view("days"), grid.days);
grid.showDay(stored.some(({ weekday }) => weekday === data.weekday) ? data.weekday : 0);
replace(view("week"), grid.node).setAttribute("aria-busy", "false");
for (const button of document.querySelectorAll("[data-fill]")) {
  button.addEventListener("click", () => FILLS[button.dataset.fill]({ shifts, counters, change, refuse: (why) => toast(why) }));
}
document.querySelector("[data-print]").addEventListener("click", () => print());
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || !past.length || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  undo();
});
watchUnsaved(isDirty);
paint();

function clerksOf() {
  const seated = new Set(stored.map(({ clerk }) => clerk));
  return people.filter(({ name, active }) => active || seated.has(name))
    .sort((one, other) => (one.role !== "clerk") - (other.role !== "clerk") || one.full_name.localeCompare(other.full_name, "vi"))
    .map(({ name, full_name: full, active }) => [name, active ? full : `${full} (${t("deactivated")})`]);
}

/** In one order, so that two rotas which say the same are equal as texts. */
function ordered(rota) {
  return [...rota].sort((one, other) => one.weekday - other.weekday || one.counter - other.counter || one.start.localeCompare(other.start));
}

function isDirty() {
  return JSON.stringify(shifts) !== JSON.stringify(kept);
}

function change(rota, said) {
  past.push(shifts);
  shifts = ordered(rota);
  refused = [];
  paint(said);
}

function undo() {
  shifts = past.pop();
  refused = [];
  paint();
}

function paint(said = "") {
  const found = clashes(shifts, nameOf);
  const extra = refused.filter(({ counter, weekday }) => !found.some((other) => other.counter === counter && other.weekday === weekday));
  grid.paint(shifts, [...found, ...extra]);
  showCoverage({ gaps: view("gaps"), strips: view("coverage") }, { shifts, counters, services });
  view("save").hidden = !isDirty() && !past.length;
  words.textContent = [said, isDirty() ? t("Not saved yet") : ""].filter(Boolean).join(" ");
  back.disabled = !past.length;
  [save, revert].forEach((button) => { button.disabled = !isDirty(); });
}

async function store() {
  save.disabled = true;
  try {
    kept = ordered((await command("PUT", "/rota", { shifts })).shifts);
    shifts = kept;
    past = [];
    refused = [];
    paint();
    toast(t("Saved. The board warns by it from now on."), "done");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    showRefusal(error);
  }
}

function showRefusal(error) {
  refused = concerned(shifts, error).map(({ counter, weekday }) => ({ counter, weekday, words: error.message }));
  paint();
  toast(t("Not saved: %(why)s", { why: error.message }), "error");
  if (refused.length) grid.focus(refused[0]);
}

function edit({ number, name }, weekday) {
  const others = WEEK.filter((day) => day !== weekday);
  const title = [`${t("Counter %(n)s", { n: number })}, ${DAY_NAMES[weekday]}`, name].filter(Boolean).join(" · ");
  openSheet({
    title, saveWords: t("Put into the rota"), value: { lines: shiftsOf(shifts, number, weekday), days: [] },
    groups: [{ fields: [
      { name: "lines", label: t("Shifts"), kind: shiftsControl, clerks, hint: t("Written 7:30, 7h30 or 730. Between two shifts lies the break."),
        check: ({ lines }) => wrongTimes(lines) },
      { name: "days", label: t("The same on"), kind: "checks", options: others.map((day) => [String(day), DAY_NAMES[day]]) },
    ] }],
    save: async (values) => values,
    saved: ({ lines, days }) => change(withLines(shifts, number, [weekday, ...days.map(Number)], lines)),
  });
}
