// How people found the service: shares only beside the number of people that they are of, and never by clerk.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { asCount, asPercent } from "./figures.js";
import { serviceName } from "./report-tables.js";

const REASONS = {
  wait: "The wait", guidance: "The guidance", attitude: "The manner", papers: "The papers asked for", place: "The place",
  other: "Something else",
};
const FACES = [["very_satisfied", "Very satisfied"], ["satisfied", "Satisfied"], ["not_satisfied", "Not satisfied"]];

/** The whole, by service and by counter, and why people were not content. */
export function ratingTables({ ratings, services, tickets }) {
  const names = new Map(services.map((service) => [service.code, serviceName(service)]));
  const whole = [t("Whole centre"), ratings];
  const byService = ratings.services.map((row) => [names.get(row.code) ?? row.code, row]);
  const byCounter = ratings.counters.map((row) => [t("Counter %(n)s", { n: row.number }), row]);
  const told = ratings.reasons.filter(({ count }) => count).sort((a, b) => b.count - a.count);
  return el("div", {},
    el("p", { class: "quiet" }, t("%(n)s of %(all)s visits were rated. A few voices say little: read the share with their number.", { n: ratings.count, all: tickets.finished }),
      " ", t("Of a service or counter with few ratings only the number is shown, so that nobody's own can be told.")),
    el("div", { class: "pair-of-tables" },
      el("div", { class: "table-wrap" }, facesTable("ratings", [whole, ...byService])),
      byCounter.length > 0 && el("div", { class: "table-wrap" }, facesTable("ratings-counters", byCounter))),
    told.length > 0 && el("p", {}, el("b", {}, t("What was not good:")), " ", told.map(({ reason, count }) => `${t(REASONS[reason])} ${asCount(count)}`).join(" · ")));
}

function facesTable(name, rows) {
  const heads = [t("Where"), t("Ratings"), ...FACES.map(([, words]) => t(words)), t("Satisfied or more")];
  return el("table", { "data-table": name },
    el("thead", {}, el("tr", {}, heads.map((words, index) => el("th", { scope: "col", class: index ? "number" : "" }, words)))),
    el("tbody", {}, rows.map(([words, row]) => el("tr", {}, el("th", { scope: "row" }, words),
      el("td", { class: "number" }, asCount(row.count)),
      FACES.map(([face]) => el("td", { class: "number" }, asCount(row[face]))),
      el("td", { class: "number" }, asPercent(row.share_satisfied))))));
}
