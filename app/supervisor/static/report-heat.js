// The week's hours as a table: shaded, and with the figure in each field, so that paper and screen readers have it too.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { asMinutes, asNumber } from "./figures.js";
import { nameOfWeekday, weekdayOf } from "./report-days.js";

const DARKEST = 0.55; // of the ink under black figures: they stay readable
const AMBER_PART = 2 / 3; // of the target, as on the board

/** Two tables over the same hours: how many came (on one such weekday, on average), and how long they waited. */
export function heatTables({ heat, by_day: days, waits }) {
  const count = countOf(days);
  const target = waits.target_s ?? 900;
  const came = (cell) => cell.issued / (count.get(cell.weekday) || 1);
  const most = Math.max(...heat.map(came));
  const longest = Math.max(target * AMBER_PART, ...heat.map((cell) => cell.wait_mean_s ?? 0));
  return el("div", { class: "heats" },
    heatTable("came", t("Numbers taken in an hour, on average"), heat, (cell) =>
      ({ text: asNumber(came(cell) < 10 ? came(cell) : Math.round(came(cell))), shade: came(cell) / most })),
    heatTable("wait", t("Mean wait of those who came in this hour, min"), heat, (cell) =>
      ({ text: asMinutes(cell.wait_mean_s), shade: (cell.wait_mean_s ?? 0) / longest, grade: graded(cell.wait_mean_s, target) })));
}

function countOf(days) {
  const count = new Map();
  for (const { day, issued } of days) {
    if (issued) count.set(weekdayOf(day), (count.get(weekdayOf(day)) ?? 0) + 1);
  }
  return count;
}

function graded(seconds, target) {
  if (seconds > target) return "late";
  return seconds > target * AMBER_PART ? "amber" : null;
}

function heatTable(name, caption, heat, told) {
  const cells = new Map(heat.map((cell) => [`${cell.weekday} ${cell.hour}`, cell]));
  const hours = between(heat.map((cell) => cell.hour));
  const weekdays = between(heat.map((cell) => cell.weekday));
  return el("div", { class: "table-wrap" }, el("table", { class: "heat", "data-table": `heat-${name}` },
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, el("span", { class: "visually-hidden" }, t("Weekday"))),
      hours.map((hour) => el("th", { scope: "col" }, t("%(n)s h", { n: hour }))))),
    el("tbody", {}, weekdays.map((weekday) => el("tr", {}, el("th", { scope: "row" }, nameOfWeekday(weekday)),
      hours.map((hour) => field(cells.get(`${weekday} ${hour}`), told)))))));
}

function field(cell, told) {
  if (!cell) return el("td", {});
  const { text, shade, grade } = told(cell);
  const made = el("td", { "data-grade": grade }, text, grade && el("span", { class: "visually-hidden" }, ` (${grade === "late" ? t("past the target") : t("near the target")})`));
  made.style.setProperty("--shade", Math.max(0, shade) * DARKEST);
  return made;
}

function between(numbers) {
  const [first, last] = [Math.min(...numbers), Math.max(...numbers)];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
