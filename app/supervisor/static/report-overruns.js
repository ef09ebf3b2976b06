// What was handled beyond its target: why, as the clerks said, and in which services.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { asCount, asPercent, shareOf } from "./figures.js";
import { serviceName } from "./report-tables.js";

const REASONS = {
  complex: "A difficult dossier", papers: "Papers were missing", system: "System or network trouble",
  several: "Several dossiers at once", guidance: "The citizen needed guidance", other: "Another reason",
};

/** Two small tables: by reason (those nobody explained last) and by service. */
export function overrunTables({ overruns, services }) {
  const explained = overruns.explained.filter(({ count }) => count);
  const untold = Math.max(0, overruns.count - explained.reduce((sum, { count }) => sum + count, 0));
  const reasons = explained.map(({ reason, count }) => [t(REASONS[reason]), count]);
  const names = new Map(services.map((service) => [service.code, serviceName(service)]));
  return el("div", { class: "pair-of-tables" },
    table("reasons", t("Reason"), [...ordered(reasons), ...(untold ? [[t("no reason given"), untold]] : [])], overruns.count),
    table("overruns", t("Service"), ordered(overruns.services.map(({ code, count }) => [names.get(code) ?? code, count])), overruns.count));
}

function ordered(rows) {
  return rows.sort(([, one], [, other]) => other - one);
}

function table(name, heading, rows, all) {
  const heads = [[heading, ""], [t("Times"), "number"], [t("Share"), "number"]];
  return el("table", { "data-table": name },
    el("thead", {}, el("tr", {}, heads.map(([words, kind]) => el("th", { scope: "col", class: kind }, words)))),
    el("tbody", {}, rows.map(([words, count]) => el("tr", {}, el("th", { scope: "row" }, words),
      el("td", { class: "number" }, asCount(count)), el("td", { class: "number" }, asPercent(shareOf(count, all)))))));
}
