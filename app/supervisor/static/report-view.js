// The report's body: the days in a few large figures, what they looked like, then tables of who did what.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { adviceTable } from "./report-advice.js";
import { channelsTable, severalWays } from "./report-channels.js";
import { overDays, overHours } from "./report-charts.js";
import { dossierFigures } from "./report-dossiers.js";
import { heatTables } from "./report-heat.js";
import { overrunTables } from "./report-overruns.js";
import { ratingTables } from "./report-ratings.js";
import { summary } from "./report-summary.js";
import { clerksTable, countersTable, servicesTable } from "./report-tables.js";

/** The elements of a report as GET /reports/range gives it; `fullNames` is a Map of the clerks' names. */
export function reportView(report, period, fullNames) {
  const dossiers = report.dossiers.source !== "none" && section(t("Dossiers"), dossierFigures(report.dossiers, report.to), "part-small");
  if (!report.tickets.issued) {
    const words = period.kind === "day" ? t("No numbers were given out on this day.") : t("No numbers were given out on these days.");
    return el("div", { class: "report-body" }, el("p", { class: "report-empty" }, words), dossiers);
  }
  const several = period.from !== period.to;
  return el("div", { class: "report-body" },
    summary(report),
    el("div", { class: "charts" }, several && overDays(report), overHours(report)),
    several && section(t("By weekday and hour"), heatTables(report)),
    section(t("Services"), wide(servicesTable(report))),
    section(t("Counters"), wide(countersTable(report, fullNames))),
    report.clerks.length > 0 && section(t("Clerks"), wide(clerksTable(report))),
    severalWays(report) && section(t("Where numbers were taken"), channelsTable(report), "part-channels"),
    report.overruns.count > 0 && section(t("Handled beyond the target"), overrunTables(report), "part-overruns"),
    report.ratings.count > 0 && section(t("How people found the service"), ratingTables(report)),
    dossiers,
    report.advice.length > 0 && section(t("Advice, and what became of it"), wide(adviceTable(report)), "part-small"));
}

function section(title, content, name) {
  return el("section", { class: name }, el("h2", {}, title), content);
}

function wide(table) {
  return el("div", { class: "table-wrap" }, table);
}
