// What the days and the hours looked like: numbers given out, and the mean wait against the target.

import { t } from "/static/i18n.js";

import { chart } from "./charts.js";
import { asCount, asMinutes, asNumber } from "./figures.js";
import { dateWords, shortDate, shortMonth, shortWeekday } from "./report-days.js";

const MOST_DAYS = 62; // beyond that a day is too thin to see, and months are shown
const HALF_A_SHEET = { paper: 360 };
const A_DAYS_SHEET = { paper: 720, paperHeight: 42 }; // which the tables of the day share, and no letter is below 9 pt
const OTHERWISE_S = 900; // the line across, where the services have targets of their own

/** Days, or months of a longer span. */
export function overDays(report) {
  return waitChart(report, daysOf(report), HALF_A_SHEET);
}

/** The hours of the clock; those of a single day have the sheet to themselves. */
export function overHours(report) {
  return waitChart(report, hoursOf(report), report.from === report.to ? A_DAYS_SHEET : HALF_A_SHEET);
}

/** Only how many came, for a page with little room: over the days, or over the hours of a single day. */
export function comers(report) {
  const { rows, label, name, numbers } = report.from === report.to ? hoursOf(report) : daysOf(report);
  return chart({ title: numbers, desc: mostWords(rows, name), labels: rows.map(label), panels: [numbersOf(rows)], height: 64 });
}

function daysOf({ by_day: days }) {
  if (days.length > MOST_DAYS) {
    const label = ({ day }) => shortMonth(day);
    return { rows: byMonth(days), title: t("By month"), heading: t("Month"), numbers: t("Numbers given out by month"), label, name: label };
  }
  return {
    rows: days, title: t("By day"), heading: t("Day"), numbers: t("Numbers given out by day"),
    label: ({ day }) => (days.length > 7 ? shortDate(day) : shortWeekday(day)),
    name: ({ day }) => dateWords(day),
  };
}

function hoursOf({ by_hour: hours }) {
  const label = ({ hour }) => `${String(hour).padStart(2, "0")}:00`;
  const rows = withEveryHour(hours);
  return { rows, title: t("By hour"), heading: t("Hour"), numbers: t("Numbers given out by hour"), label, name: label };
}

function waitChart({ waits }, { rows, title, heading, label, name }, paper) {
  const waitName = t("Mean wait, min (dashed: the target)");
  const limit = (waits.target_s ?? OTHERWISE_S) / 60;
  return chart({
    title,
    ...paper,
    heading,
    desc: `${mostWords(rows, name)} ${longestWords(rows, name)}`,
    labels: rows.map(label),
    panels: [numbersOf(rows), { kind: "line", name: waitName, values: rows.map(waitMin), limit, written: asTenths }],
  });
}

function numbersOf(rows) {
  return { kind: "bars", name: t("Numbers given out"), values: rows.map((row) => row.issued), written: (n) => (n ? asCount(n) : "0") };
}

function waitMin({ wait_mean_s: seconds }) {
  return seconds === null ? null : seconds / 60;
}

function asTenths(minutes) {
  return asNumber(Math.round(minutes * 10) / 10);
}

function mostWords(rows, name) {
  const most = rows.reduce((best, row) => (row.issued > (best?.issued ?? 0) ? row : best), null);
  return most ? t("Most came at %(when)s: %(n)s.", { when: name(most), n: asCount(most.issued) }) : "";
}

function longestWords(rows, name) {
  const longest = rows.reduce((worst, row) => ((row.wait_mean_s ?? -1) > (worst?.wait_mean_s ?? -1) ? row : worst), null);
  return longest ? t("The longest mean wait was at %(when)s: %(n)s min.", { when: name(longest), n: asMinutes(longest.wait_mean_s) }) : "";
}

// An hour in which nobody came stands there empty, so that the axis is a clock.
function withEveryHour(rows) {
  if (!rows.length) return rows;
  const known = new Map(rows.map((row) => [row.hour, row]));
  const [first, last] = [Math.min(...known.keys()), Math.max(...known.keys())];
  return Array.from({ length: last - first + 1 }, (_, index) => known.get(first + index) ?? { hour: first + index, issued: 0, wait_mean_s: null });
}

function byMonth(days) {
  const months = new Map();
  for (const { day, issued, waits, wait_mean_s: mean } of days) {
    const month = months.get(day.slice(0, 7)) ?? { issued: 0, waits: 0, total: 0 };
    month.issued += issued;
    month.waits += waits;
    month.total += waits * (mean ?? 0);
    months.set(day.slice(0, 7), month);
  }
  return [...months].map(([day, { issued, waits, total }]) => ({ day, issued, wait_mean_s: waits ? total / waits : null }));
}
