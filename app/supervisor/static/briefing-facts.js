// What a briefing tells beside its sentence: how people waited, six large figures, a row for each service.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { asCount, asMinutes, asPercent, shareOf } from "./figures.js";
import { serviceName } from "./report-tables.js";

const MOST_SERVICES = 10; // what one sheet holds beside all else

/** "Đã cấp 512 số, phục vụ xong 498 lượt; ..." */
export function waitingSentence({ tickets, waits, handling }) {
  if (!tickets.issued) return t("No numbers were given out on these days.");
  const given = t("%(issued)s numbers were given out and %(finished)s served to the end.",
    { issued: asCount(tickets.issued), finished: asCount(tickets.finished) });
  if (!waits.count) return given;
  return `${given} ${t("%(share)s were called within %(target)s; the wait was %(wait)s min on average, the handling %(handling)s min.", {
    share: asPercent(waits.within_target), target: targetWords(waits), wait: asMinutes(waits.mean_s), handling: asMinutes(handling.mean_s),
  })}`;
}

/** Six figures: three of dossiers where anything is known of them, and three of the hall. */
export function figuresOf({ tickets, waits, handling, ...dossiers }) {
  const hall = [
    [t("Numbers given out"), asCount(tickets.issued), "issued"],
    [t("Called within %(target)s", { target: targetWords(waits) }), asPercent(waits.within_target), "within_target"],
    [t("Mean wait"), asMinutes(waits.mean_s), "wait", t("min")],
  ];
  const more = [
    [t("Served to the end"), asCount(tickets.finished), "finished"],
    [t("9 in 10 waited at most"), asMinutes(waits.p90_s), "wait_p90", t("min")],
    [t("Mean handling"), asMinutes(handling.mean_s), "handling", t("min")],
  ];
  const figures = dossiers.source === "none" ? [...hall, ...more] : [...ofDossiers(dossiers), ...hall];
  return figures.map(([words, value, name, unit]) => el("div", {},
    el("dd", {}, el("span", { "data-figure": name }, value), unit && el("small", {}, ` ${unit}`)), el("dt", {}, words)));
}

function ofDossiers({ received, online, returned, before, on, after }) {
  const dated = before + on + after;
  return [
    [t("Dossiers received"), asCount(received), "received"],
    [t("received online"), asPercent(shareOf(online, received)), "online"],
    [t("%(n)s returned, by their date", { n: asCount(returned) }), asPercent(shareOf(before + on, dated)), "in_time"],
  ];
}

/** Services with anything in these days; the smallest together in one row where there are many. */
export function servicesTable(services) {
  const rows = services.filter(({ issued }) => issued).sort((one, other) => other.issued - one.issued);
  if (!rows.length) return null;
  const shown = rows.length > MOST_SERVICES ? [...rows.slice(0, MOST_SERVICES - 1), together(rows.slice(MOST_SERVICES - 1))] : rows;
  const heads = [[t("Service"), ""], [t("Given out"), "number"], [t("Finished"), "number"], [t("Mean wait, min"), "number"],
    [t("Called in time"), "number"], [t("Mean handling, min"), "number"]];
  return el("table", { "data-table": "services" },
    el("thead", {}, el("tr", {}, heads.map(([words, kind]) => el("th", { scope: "col", class: kind }, words)))),
    el("tbody", {}, shown.map((row) => el("tr", {}, el("th", { scope: "row" }, serviceName(row)),
      [asCount(row.issued), asCount(row.finished), asMinutes(row.waits.mean_s), asPercent(row.waits.within_target),
        asMinutes(row.handling.mean_s)].map((text) => el("td", { class: "number" }, text))))));
}

function together(rows) {
  const sum = (figure) => rows.reduce((total, row) => total + figure(row), 0);
  const mean = (stats, figure) => shareOf(sum((row) => row[stats].count * (row[stats][figure] ?? 0)), sum((row) => row[stats].count));
  return {
    name: t("%(n)s other services", { n: rows.length }),
    issued: sum(({ issued }) => issued),
    finished: sum(({ finished }) => finished),
    waits: { mean_s: mean("waits", "mean_s"), within_target: mean("waits", "within_target") },
    handling: { mean_s: mean("handling", "mean_s") },
  };
}

function targetWords({ target_s: target }) {
  return target ? t("%(n)s min", { n: Math.round(target / 60) }) : t("the target");
}
