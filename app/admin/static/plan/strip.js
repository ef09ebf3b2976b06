// The week a service at a time: a strip a day, and what is missing in words above it.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { dayOf, missing, runsOf } from "./coverage.js";
import { DAY_NAMES, WEEK, dayWords } from "./week.js";

const HALF_HOUR = 30;

/** Show in `places` { gaps, strips } what the rota `shifts` leaves open. */
export function showCoverage(places, { shifts, counters, services }) {
  const week = WEEK.map((weekday) => dayOf(shifts, counters, weekday));
  replace(places.gaps, gapList(missing(week, services), services, shifts.length));
  const worked = week.filter(Boolean);
  const frame = { from: worked.map(({ from }) => from).sort()[0], to: worked.map(({ to }) => to).sort().at(-1) };
  replace(places.strips, worked.length > 0 && el("div", { class: "table-wrap" }, stripTable(week, services, frame)), worked.length > 0 && legend());
}

function gapList(gaps, services, any) {
  if (!any) return el("p", { class: "quiet" }, t("Nobody is on the rota yet. Begin with “Working hours …”."));
  if (!gaps.length) return el("p", { class: "all-served" }, t("Every service has somebody whenever the centre is open."));
  return el("ul", { class: "warnings" }, gaps.map((gap) => el("li", { class: gap.codes ? null : "plain" }, gapWords(gap, services))));
}

function gapWords({ days, start, end, codes }, services) {
  const when = `${dayWords(days)} ${start}–${end}`;
  if (!codes) return t("%(when)s: no counter is there", { when });
  const names = services.filter(({ code }) => codes.includes(code)).map(({ name }) => name).join(", ");
  return t("%(when)s: nobody for %(services)s", { when, services: names });
}

function stripTable(week, services, frame) {
  return el("table", { class: "strips" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("Service")),
      WEEK.map((day) => el("th", { scope: "col", "data-weekday": day }, DAY_NAMES[day], el("span", { class: "ends", "aria-hidden": "true" },
        el("span", {}, frame.from), el("span", {}, frame.to)))))),
    el("tbody", {}, services.map(({ code, letter, name }) => el("tr", { "data-service": code },
      el("th", { scope: "row" }, el("span", { class: "letter", "aria-hidden": "true" }, letter), name),
      WEEK.map((weekday) => el("td", { "data-weekday": weekday }, week[weekday] && strip(week[weekday], code, frame)))))));
}

function strip(day, code, { from, to }) {
  const runs = runsOf(day, code);
  const node = el("span", { class: "strip", role: "img", "aria-label": runs.map(runWords).join("; ") },
    [{ start: from, end: day.from, count: null }, ...runs, { start: day.to, end: to, count: null }].map(piece));
  node.style.setProperty("--halves", length(from, to) / HALF_HOUR);
  return node;
}

function piece(run) {
  const node = el("span", { class: `run ${kindOf(run)}`, title: run.count === null ? null : runWords(run) });
  node.style.setProperty("flex-grow", length(run.start, run.end));
  return node;
}

function kindOf({ count }) {
  if (count === null) return "run-closed";
  return ["run-none", "run-one"][count] ?? "run-more";
}

function runWords({ start, end, count }) {
  const words = count === null ? t("centre closed") : [t("nobody"), t("1 counter")][count] ?? t("%(n)s counters", { n: count });
  return `${start}–${end} ${words}`;
}

function legend() {
  const kinds = [["run-more", t("two counters or more")], ["run-one", t("one counter")], ["run-none", t("nobody")], ["run-closed", t("centre closed")]];
  return el("p", { class: "strip-legend", "aria-hidden": "true" },
    kinds.map(([kind, words]) => el("span", {}, el("span", { class: `run ${kind}` }), words)));
}

/** Minutes from one "HH:MM" to another. */
function length(start, end) {
  const [from, to] = [start, end].map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  return to - from;
}
