// The tables of a report: services, counters, clerks. Each has waiting and handling, each with the same three columns.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { language } from "/static/page.js";

import { asCount, asHours, asMinutes, asPercent, asSeconds } from "./figures.js";

const TIMES = [["mean_s", asMinutes], ["p90_s", asMinutes], ["within_target", asPercent]];

/** A service's name in the reader's language. */
export function serviceName({ name, name_en: english }) {
  return (language === "en" && english) || name;
}

export function servicesTable({ services }) {
  return table("services", {
    rows: services.filter((service) => service.issued || service.waits.count),
    key: (service) => service.code,
    texts: [[t("Service"), serviceName]],
    counts: [[t("Given out"), "issued"], [t("Finished"), "finished"], [t("Missed calls"), "missed_calls"], [t("Sent on"), "transfers_out"]],
    own: [],
  });
}

export function countersTable({ counters }, fullNames) {
  return table("counters", {
    rows: counters,
    key: (counter) => counter.number,
    texts: [
      [t("Counter"), (counter) => t("Counter %(n)s", { n: counter.number })],
      [t("Clerk"), (counter) => counter.clerks.map((name) => fullNames.get(name) ?? name).join(", ")],
    ],
    counts: WORK(),
    own: OWN_TIME(),
  });
}

export function clerksTable({ clerks }) {
  return table("clerks", {
    rows: clerks,
    key: (clerk) => clerk.clerk,
    texts: [[t("Clerk"), (clerk) => clerk.full_name]],
    counts: WORK(),
    own: OWN_TIME(),
  });
}

const WORK = () => [[t("Finished"), "served"], [t("Missed calls"), "missed"], [t("Sent on"), "transferred"]];
const OWN_TIME = () => [
  [t("walk, s"), "walk_s", asSeconds, t("From the call to the arrival, on average")],
  [t("free, h"), "idle_s", asHours, t("Open with nobody at the counter")],
  [t("busy"), "busy_share", asPercent, t("Share of the open time with a citizen")],
];

function table(name, { rows, key, texts, counts, own }) {
  const single = [...texts.map(([words]) => [words, ""]), ...counts.map(([words]) => [words, "number"])];
  const groups = [[t("Waiting, min"), 3], [t("Handling, min"), 3], ...(own.length ? [[t("Time at the counter"), own.length]] : [])];
  return el("table", { "data-table": name },
    el("thead", {},
      el("tr", {},
        single.map(([words, kind]) => el("th", { rowspan: 2, scope: "col", class: kind }, words)),
        groups.map(([words, span]) => el("th", { colspan: span, scope: "colgroup", class: "group" }, words))),
      el("tr", {}, timeHeads(), timeHeads(), own.map(([words, , , title], index) => heading(words, index, title)))),
    el("tbody", {}, rows.map((row) => el("tr", { "data-key": key(row) },
      texts.map(([, written], index) => (index ? el("td", {}, written(row)) : el("th", { scope: "row" }, written(row)))),
      counts.map(([, figure]) => number(figure, asCount(row[figure]))),
      timesOf("waits", row), timesOf("handling", row),
      own.map(([, figure, written], index) => number(figure, written(row[figure]), index))))));
}

function timeHeads() {
  return [t("mean"), t("9 in 10"), t("in time")].map((words, index) => heading(words, index));
}

function heading(words, index, title) {
  return el("th", { class: edged("number", index), scope: "col", title }, words);
}

function timesOf(name, row) {
  return TIMES.map(([figure, written], index) => number(`${name}.${figure}`, written(row[name][figure]), index));
}

function number(figure, text, index = 1) {
  return el("td", { class: edged("number", index), "data-figure": figure }, text);
}

// The first column of a group has a line before it.
function edged(name, index) {
  return index === 0 ? `${name} edge` : name;
}
