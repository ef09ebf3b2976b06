// The report's body: the day in a few large figures, then a table of services and one of counters.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { asCount, asMinutes, asPercent } from "./figures.js";

/** The elements of a report as GET /reports/day gives it; `fullNames` is a Map of the clerks' names. */
export function reportView(report, fullNames) {
  if (!report.tickets.issued) return el("p", { class: "report-empty" }, t("No numbers were given out on this day."));
  return el("div", { class: "report-body" },
    summary(report),
    section(t("Services"), servicesTable(report)),
    section(t("Counters"), countersTable(report, fullNames)));
}

function section(title, table) {
  return el("section", {}, el("h2", {}, title), el("div", { class: "table-wrap" }, table));
}

function summary({ tickets, waits, handling }) {
  return el("section", { class: "summary" }, ticketsByState(tickets), times("waits", t("Wait"), waits),
    times("handling", t("Handling"), handling));
}

const STATES = [
  ["finished", "finished"], ["missed", "did not come"], ["cancelled", "cancelled"], ["closed", "closed unserved"],
  ["waiting", "still waiting"], ["called", "being called"], ["serving", "being served"], ["parked", "set aside"],
];

function ticketsByState(tickets) {
  const rows = STATES.filter(([state]) => tickets[state] || state === "finished");
  return el("div", { class: "figures" },
    el("h2", {}, t("Numbers given out")),
    el("p", { class: "hero", "data-figure": "tickets.issued" }, asCount(tickets.issued)),
    el("dl", {}, rows.map(([state, words]) => pair(t(words), `tickets.${state}`, asCount(tickets[state])))));
}

function times(name, title, stats) {
  const target = Math.round(stats.target_s / 60);
  return el("div", { class: "figures" },
    el("h2", {}, title),
    el("p", { class: "hero" }, el("span", { "data-figure": `${name}.within_target` }, asPercent(stats.within_target)),
      " ", el("small", {}, t("within %(n)s min", { n: target }))),
    shareBar(stats.within_target),
    el("dl", {},
      pair(t("mean"), `${name}.mean_s`, asMinutes(stats.mean_s), t("min")),
      pair(t("half of all at most"), `${name}.p50_s`, asMinutes(stats.p50_s), t("min")),
      pair(t("9 in 10 at most"), `${name}.p90_s`, asMinutes(stats.p90_s), t("min")),
      pair(t("counted"), `${name}.count`, asCount(stats.count))));
}

function pair(words, figure, value, unit = "") {
  return el("div", {}, el("dt", {}, words), el("dd", {}, el("span", { "data-figure": figure }, value), unit && ` ${unit}`));
}

function shareBar(share) {
  const bar = el("div", { class: "share-bar", "aria-hidden": "true" }, el("span"));
  bar.firstChild.style.setProperty("--share", share ?? 0);
  return bar;
}

function servicesTable({ services }) {
  const rows = services.filter((service) => service.issued);
  const head = [t("Service"), t("Given out"), t("Finished"), t("Did not come")];
  return table("services", head, rows, (service) => [
    el("th", { scope: "row" }, service.name),
    number("issued", asCount(service.issued)),
    number("finished", asCount(service.finished)),
    number("missed", asCount(service.missed)),
  ], (service) => service.code);
}

function countersTable({ counters }, fullNames) {
  const head = [t("Counter"), t("Clerk"), t("Finished"), t("Did not come")];
  return table("counters", head, counters, (counter) => [
    el("th", { scope: "row" }, t("Counter %(n)s", { n: counter.number })),
    el("td", {}, counter.clerks.map((name) => fullNames.get(name) ?? name).join(", ")),
    number("served", asCount(counter.served)),
    number("missed", asCount(counter.missed)),
  ], (counter) => counter.number);
}

const TIMES = [["mean_s", asMinutes], ["p90_s", asMinutes], ["within_target", asPercent]];

// Both tables end in the same six columns: waiting and handling, each mean, 90th percentile, share within target.
function table(name, head, rows, cells, key) {
  const timeHeads = () => [t("mean"), t("9 in 10"), t("in time")].map((words) => el("th", { class: "number", scope: "col" }, words));
  return el("table", { "data-table": name },
    el("thead", {},
      el("tr", {}, head.map((words, index) => el("th", { rowspan: 2, scope: "col", class: index > 1 ? "number" : "" }, words)),
        [t("Waiting, min"), t("Handling, min")].map((words) => el("th", { colspan: 3, scope: "colgroup", class: "group" }, words))),
      el("tr", {}, timeHeads(), timeHeads())),
    el("tbody", {}, rows.map((row) => el("tr", { "data-key": key(row) }, cells(row), timesOf("waits", row), timesOf("handling", row)))));
}

function timesOf(name, row) {
  return TIMES.map(([figure, written]) => number(`${name}.${figure}`, written(row[name][figure])));
}

function number(figure, text) {
  return el("td", { class: "number", "data-figure": figure }, text);
}
