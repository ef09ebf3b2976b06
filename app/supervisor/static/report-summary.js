// The days in three groups of figures: numbers given out, waiting, handling.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { asCount, asMinutes, asPercent } from "./figures.js";

/** The head of a report as GET /reports/range gives it. */
export function summary({ days, tickets, waits, handling }) {
  return el("section", { class: "summary" }, numbers(tickets, days), times("waits", t("Wait"), waits, tickets.left_late),
    times("handling", t("Handling"), handling));
}

const STATES = [
  ["finished", "finished"], ["missed", "missed, not back"], ["cancelled", "cancelled"], ["closed", "closed unserved"],
  ["waiting", "still waiting"], ["called", "being called"], ["serving", "being served"], ["parked", "set aside"],
  ["missed_calls", "missed calls"], ["transferred", "sent to another service"],
];

function numbers(tickets, days) {
  const rows = STATES.filter(([state]) => tickets[state] || state === "finished");
  return el("div", { class: "figures" },
    el("h2", {}, t("Numbers given out")),
    el("p", { class: "hero", "data-figure": "tickets.issued" }, asCount(tickets.issued)),
    el("dl", {},
      days > 1 && pair(t("a day, on %(n)s days", { n: days }), "per_day", asCount(tickets.issued / days)),
      rows.map(([state, words]) => pair(t(words), `tickets.${state}`, asCount(tickets[state])))));
}

function times(name, title, stats, leftLate = 0) {
  const target = stats.target_s && Math.round(stats.target_s / 60);
  return el("div", { class: "figures" },
    el("h2", {}, title),
    el("p", { class: "hero" }, el("span", { "data-figure": `${name}.within_target` }, asPercent(stats.within_target)),
      " ", el("small", {}, target ? t("within %(n)s min", { n: target }) : t("within the target"))),
    shareBar(stats.within_target),
    leftLate > 0 && el("p", { "data-figure": "tickets.left_late" },
      t("%(n)s people left after waiting beyond the target", { n: asCount(leftLate) })),
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
