// The times that can be booked in an ordinary week: services by days. Changes gather here and are saved all at once.

import { ApiError, command, get } from "/static/api.js";
import { el, replace, toast } from "/static/dom.js";
import { isAtStations } from "/static/hall-state.js";
import { t } from "/static/i18n.js";
import { data } from "/static/page.js";

import { watchUnsaved } from "../guard.js";
import { openSheet } from "../sheet.js";
import { walkWithArrows } from "./arrows.js";
import { wrongTimes } from "./clock-fields.js";
import { showClosedDays } from "./closed-days.js";
import { slotLines, wrongFigures } from "./slot-lines.js";
import { DAY_NAMES, DAY_SHORT, WEEK } from "./week.js";

const view = (name) => document.querySelector(`[data-view=${name}]`);
const [{ slots: stored }, { services: all }, { counters }] = await Promise.all(["/slots/rules", "/services", "/counters"].map(get));
const services = all.filter(isOffered).sort((one, other) => one.position - other.position);
const cells = new Map(); // "HT-0" -> its button

let kept = ordered(stored);
let slots = kept;

const revert = el("button", { type: "button", class: "button", onclick: () => change(kept) }, t("As before"));
const save = el("button", { type: "button", class: "button button-primary", onclick: store }, t("Save"));
replace(view("save"), el("span", { role: "status" }, t("Not saved yet")), revert, save);
replace(view("days"), WEEK.map(dayChoice));
replace(view("week"), el("div", { class: "table-wrap" }, makeTable())).setAttribute("aria-busy", "false");
view("off").hidden = data.appointments;
watchUnsaved(isDirty);
showDay(data.weekday);
paint();
await showClosedDays(document.querySelector("[data-part=closed]"));

/** Nobody comes by appointment for what only self-service stations do; times that somebody gave it can be taken away. */
function isOffered({ active, code }) {
  return active && (!isAtStations(counters, code) || stored.some(({ service }) => service === code));
}

/** In one order, so that two weeks which say the same are equal as texts. */
function ordered(rules) {
  return [...rules].sort((one, other) => one.weekday - other.weekday || one.service.localeCompare(other.service) || one.start.localeCompare(other.start));
}

function isDirty() {
  return JSON.stringify(slots) !== JSON.stringify(kept);
}

function change(rules) {
  slots = ordered(rules);
  paint();
}

function linesOf(service, weekday) {
  return slots.filter((rule) => rule.service === service && rule.weekday === weekday);
}

function makeTable() {
  const table = el("table", { class: "rota" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("Service")), WEEK.map((day) => el("th", { scope: "col", "data-weekday": day }, DAY_NAMES[day])))),
    el("tbody", {}, services.map((service) => el("tr", { "data-key": service.code },
      el("th", { scope: "row" }, service.name), WEEK.map((weekday) => makeCell(service, weekday))))));
  walkWithArrows(table);
  return table;
}

function makeCell(service, weekday) {
  const button = el("button", { type: "button", class: "shift-cell", "data-cell": true, onclick: () => edit(service, weekday) });
  cells.set(`${service.code}-${weekday}`, button);
  return el("td", { "data-weekday": weekday }, button);
}

function paint() {
  for (const service of services) {
    for (const weekday of WEEK) paintCell(service, weekday);
  }
  view("save").hidden = !isDirty();
}

function paintCell(service, weekday) {
  const lines = linesOf(service.code, weekday);
  const words = lines.map(({ start, end, every_min: every, capacity }) => el("span", { class: "shift" }, `${start}–${end}`,
    el("small", {}, t("every %(n)s min, %(people)s each", { n: every, people: capacity }))));
  replace(cells.get(`${service.code}-${weekday}`), el("span", { class: "visually-hidden" }, `${service.name}, ${DAY_NAMES[weekday]}: `),
    lines.length ? words : [el("span", { class: "empty-cell", "aria-hidden": "true" }, "+"), el("span", { class: "visually-hidden" }, t("no times"))]);
}

function edit(service, weekday) {
  const others = WEEK.filter((day) => day !== weekday);
  openSheet({
    title: `${service.name}, ${DAY_NAMES[weekday]}`, saveWords: t("Put into the week"), value: { lines: linesOf(service.code, weekday), days: [] },
    groups: [{ fields: [
      { name: "lines", label: t("Times to book"), kind: slotLines, hint: t("The last appointment begins before the end. Written 7:30, 7h30 or 730."),
        check: ({ lines }) => wrongTimes(lines) || wrongFigures(lines) },
      { name: "days", label: t("The same on"), kind: "checks", options: others.map((day) => [String(day), DAY_NAMES[day]]) },
    ] }],
    save: async (values) => values,
    saved: ({ lines, days }) => put(service.code, [weekday, ...days.map(Number)], lines),
  });
}

function put(service, days, lines) {
  const others = slots.filter((rule) => rule.service !== service || !days.includes(rule.weekday));
  change([...others, ...days.flatMap((weekday) => lines.map((line) => ({ ...line, service, weekday })))].map(inOrder));
}

/** The keys in the hub's order, so that what was put back equals what was saved. */
function inOrder({ weekday, service, start, end, every_min: every, capacity }) {
  return { weekday, service, start, end, every_min: every, capacity };
}

async function store() {
  save.disabled = true;
  try {
    kept = ordered((await command("PUT", "/slots", { slots })).slots);
    change(kept);
    toast(t("Saved. These times can be booked from now on."), "done");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(t("Not saved: %(why)s", { why: error.message }), "error");
  } finally {
    save.disabled = false;
  }
}

/** For a narrow screen: the day that is shown. */
function dayChoice(day) {
  return el("label", { class: "way" }, el("input", { type: "radio", name: "day", value: day, onchange: () => showDay(day) }),
    el("span", { "aria-hidden": "true" }, DAY_SHORT[day]), el("span", { class: "visually-hidden" }, DAY_NAMES[day]));
}

function showDay(day) {
  document.body.dataset.day = day;
  document.querySelector(`[name=day][value="${day}"]`).checked = true;
}
