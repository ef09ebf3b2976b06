// Where it hurts: one row a service with how many wait, for how long, and how many have passed amber and target.

import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { sparkline } from "./sparkline.js";
import { waitingInAll, wholeMinutes } from "./waits.js";

const SHARES = ["late", "amber", "fresh"]; // the oldest stand at the head of the bar, as in the hall

/**
 * Shows the rows of waits.js, and their sums; rows are kept, so that a chip in hand stays in hand.
 * `markOf(code)`: the alarm that has just gone off; `pointsOf(code)`: its last two hours.
 */
export function hurtView(page) {
  const list = page.querySelector("[data-view=hurt]");
  const rows = new Map();
  let order = "";

  return function show(waiting, centre, { markOf, pointsOf }) {
    const codes = waiting.map(({ service }) => service.code).join(" ");
    if (codes !== order) {
      order = codes;
      rows.clear();
      for (const { service } of waiting) rows.set(service.code, makeRow(service));
      replace(list, [...rows.values()].map((row) => row.node));
    }
    const most = Math.max(1, ...waiting.map((row) => row.count));
    for (const row of waiting) {
      const shown = rows.get(row.service.code);
      fillRow(shown, row, most, centre);
      shown.node.dataset.alarm = markOf(row.service.code);
      fillSpark(shown, pointsOf(row.service.code), row);
    }
    fillTotals(page, waiting, centre);
  };
}

function makeRow(service) {
  const chip = el("button", { type: "button", class: "chip chip-service", "data-service": service.code,
    "aria-pressed": "false" }, service.letter);
  const name = el("span", { class: "hurt-name" });
  const note = el("small", { class: "hurt-note" });
  const figures = Object.fromEntries(["count", "longest", "amber", "late"].map((key) => [key, figure(key)]));
  const shares = Object.fromEntries(SHARES.map((key) => [key, el("span", { class: `share share-${key}` })]));
  const bar = el("div", { class: "shares", role: "img" }, ...Object.values(shares));
  const spark = el("div", { class: "hurt-spark" });
  const node = el("li", { class: "hurt-row" }, chip, name, ...Object.values(figures),
    el("div", { class: "hurt-foot" }, note, bar), spark);
  return { node, chip, name, note, figures, shares, bar, spark, points: null };
}

function figure(key) {
  return el("span", { class: `figure figure-${key}` });
}

// Drawn when there is a new line, not every second.
function fillSpark(row, points, limits) {
  if (row.points === points) return;
  row.points = points;
  replace(row.spark, points.length > 1 ? sparkline(points, limits) : null);
}

function fillRow(row, { service, count, longest, grade, fresh, amber, late, targetMs }, most, centre) {
  setText(row.name, service.name);
  setText(row.note, note(service, count, targetMs, centre));
  row.chip.setAttribute("aria-label", t("Move %(service)s to a counter", { service: service.name }));
  setText(row.figures.count, count);
  setText(row.figures.longest, count ? wholeMinutes(longest) : "–");
  setText(row.figures.amber, amber + late || "–");
  setText(row.figures.late, late || "–");
  row.note.classList.toggle("alone", count > 0 && !service.open_counters);
  row.node.dataset.grade = grade;
  row.node.toggleAttribute("data-idle", !count);
  row.bar.setAttribute("aria-label", shareWords(fresh, amber, late));
  for (const [key, value] of Object.entries({ fresh, amber, late })) {
    row.shares[key].style.setProperty("--share", value / most);
    row.shares[key].hidden = !value;
  }
}

// A target of its own is told where somebody waits for it; an idle service stays quiet.
function note(service, count, targetMs, centre) {
  const places = service.open_counters ? t("counters open: %(n)s", { n: service.open_counters }) : t("no counter open");
  return count && service.target_s !== centre.target_s ? `${places} · ${t("target %(time)s", { time: wholeMinutes(targetMs) })}` : places;
}

function shareWords(fresh, amber, late) {
  return t("%(fresh)s not long, %(amber)s long, %(late)s too long", { fresh, amber, late });
}

function fillTotals(page, waiting, { amber_s: amberS, target_s: targetS }) {
  const all = waitingInAll(waiting);
  const tell = (key, value, words = value) => {
    const total = page.querySelector(`[data-total=${key}]`);
    total.toggleAttribute("data-zero", !value);
    setText(total, words);
  };
  tell("count", all.count);
  tell("longest", all.count, all.count ? wholeMinutes(all.longest) : "–");
  tell("amber", all.amber + all.late);
  tell("late", all.late);
  for (const [key, seconds] of [["amber", amberS], ["late", targetS]]) {
    for (const head of page.querySelectorAll(`[data-head=${key}]`)) setText(head, past(seconds));
  }
}

function past(seconds) {
  return t("past %(n)s min", { n: Math.round(seconds / 60) });
}
