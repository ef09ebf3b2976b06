// A row for each service of a briefing: how people waited, and where dossiers are known, what became of them.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { asCount, asMinutes, asPercent, shareOf } from "./figures.js";
import { serviceName } from "./report-tables.js";

const MOST_SERVICES = 10; // what one sheet holds beside all else
const NOBODY = { issued: 0, waits: { count: 0, mean_s: null, within_target: null }, handling: { count: 0, mean_s: null } };
const NOTHING = { received: 0, online: 0, returned: 0, before: 0, on: 0, after: 0 };

/** Services with anything in these days; the smallest together in one row where there are many. */
export function servicesTable({ services, dossiers }) {
  const rows = together(rowsOf(services, dossiers.services));
  if (!rows.length) return null;
  const columns = [...OF_PEOPLE(), ...(dossiers.source === "none" ? [] : OF_DOSSIERS())];
  return el("table", { "data-table": "services" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("Service")), columns.map(([words]) => number("th", { scope: "col" }, words)))),
    el("tbody", {}, rows.map((row) => el("tr", { "data-key": row.code }, el("th", { scope: "row" }, serviceName(row)),
      columns.map(([, figure, written]) => number("td", { "data-figure": figure }, written(row)))))));
}

const OF_PEOPLE = () => [
  [t("Given out"), "issued", ({ issued }) => asCount(issued)],
  [t("Mean wait, min"), "wait", ({ waits }) => asMinutes(waits.mean_s)],
  [t("Called in time"), "within_target", ({ waits }) => asPercent(waits.within_target)],
  [t("Mean handling, min"), "handling", ({ handling }) => asMinutes(handling.mean_s)],
];
const OF_DOSSIERS = () => [
  [t("Dossiers received"), "received", ({ told }) => asCount(told.received)],
  [t("Of them online"), "online", ({ told }) => asPercent(shareOf(told.online, told.received))],
  [t("Results returned"), "returned", ({ told }) => asCount(told.returned)],
  [t("Returned in time"), "in_time", ({ told }) => asPercent(shareOf(told.before + told.on, told.before + told.on + told.after))],
];

function number(tag, attributes, text) {
  return el(tag, { ...attributes, class: "number" }, text);
}

// The dossier system may name services that the centre has not, and may leave the name out.
function rowsOf(services, told) {
  const byCode = new Map(told.map((each) => [each.code, each]));
  const known = services.map((service) => ({ ...service, told: byCode.get(service.code) ?? NOTHING }));
  const codes = new Set(services.map(({ code }) => code));
  const others = told.filter(({ code }) => !codes.has(code))
    .map((each) => ({ ...NOBODY, code: each.code, name: each.code || t("No service told"), told: each }));
  return [...known, ...others].filter((row) => row.issued || row.told.received || row.told.returned)
    .sort((one, other) => other.issued - one.issued || other.told.received - one.told.received);
}

function together(rows) {
  if (rows.length <= MOST_SERVICES) return rows;
  return [...rows.slice(0, MOST_SERVICES - 1), summed(rows.slice(MOST_SERVICES - 1))];
}

function summed(rows) {
  const sum = (figure) => rows.reduce((total, row) => total + figure(row), 0);
  const mean = (stats, figure) => shareOf(sum((row) => row[stats].count * (row[stats][figure] ?? 0)), sum((row) => row[stats].count));
  return {
    name: t("%(n)s other services", { n: rows.length }),
    issued: sum(({ issued }) => issued),
    waits: { mean_s: mean("waits", "mean_s"), within_target: mean("waits", "within_target") },
    handling: { mean_s: mean("handling", "mean_s") },
    told: Object.fromEntries(Object.keys(NOTHING).map((figure) => [figure, sum(({ told }) => told[figure])])),
  };
}
