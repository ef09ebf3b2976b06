// Spans of days: a day, a week from Monday, a month, or free dates. Dates are "YYYY-MM-DD". Pure: no page, no clock.

import { t } from "/static/i18n.js";
import { language } from "/static/page.js";

const locale = language === "en" ? "en-GB" : "vi-VN";
const face = (options) => new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
const dayFace = face({ weekday: "long", day: "numeric", month: "numeric", year: "numeric" });
const dateFace = face({ day: "numeric", month: "numeric", year: "numeric" });
const shortFace = face({ day: "numeric", month: "numeric" });
const monthFace = face({ month: "long", year: "numeric" });
const shortMonthFace = face({ month: "numeric", year: "numeric" });
const weekdayFace = face({ weekday: "short" });

/** The period of a kind ("day", "week", "month") that holds a date: { kind, from, to }. */
export function periodAround(kind, date) {
  if (kind === "week") {
    const monday = moved(date, -weekdayOf(date));
    return { kind, from: monday, to: moved(monday, 6) };
  }
  if (kind === "month") {
    const [year, month] = date.split("-").map(Number);
    return { kind, from: `${date.slice(0, 7)}-01`, to: written(new Date(Date.UTC(year, month, 0))) };
  }
  return { kind: "day", from: date, to: date };
}

/** The period just before (step -1) or after (step 1); of free dates as many days. */
export function beside({ kind, from, to }, step) {
  if (kind !== "span") return periodAround(kind, step < 0 ? moved(from, -1) : moved(to, 1));
  const days = step * (1 + daysBetween(from, to));
  return { kind, from: moved(from, days), to: moved(to, days) };
}

/** The period that an address tells of, or the problem with it: { kind, from, to } or { wrong: text }. */
export function periodOf(address, { today, fallback }) {
  const [from, to] = [address.get("from"), address.get("to")];
  if (from || to) return isDay(from) && isDay(to) ? { kind: "span", from, to } : { wrong: [from, to].join(" – ") };
  for (const [name, kind] of [["date", "day"], ["week", "week"], ["month", "month"]]) {
    const date = address.get(name);
    if (date) return isDay(date) ? periodAround(kind, date) : { wrong: date };
  }
  return periodAround(fallback, today);
}

/** The days to ask for: a week that goes on is told until today. */
export function daysUntil({ from, to }, today) {
  return `from=${from}&to=${from <= today && today < to ? today : to}`;
}

/** The address of a period, for sending and printing. */
export function addressOf({ kind, from, to }) {
  if (kind === "span") return `?from=${from}&to=${to}`;
  return `?${kind === "day" ? "date" : kind}=${from}`;
}

/** "Thứ Hai, 23/11/2026", "Tuần từ 23/11 đến 29/11/2026", "tháng 11 năm 2026", "Từ 1/7/2025 đến 7/7/2025". */
export function periodWords({ kind, from, to }) {
  if (kind === "month") return monthFace.format(noon(from));
  if (from === to) return dayFace.format(noon(from));
  return t("From %(from)s to %(to)s", { from: dateWords(from), to: dateWords(to) });
}

export function dateWords(date) {
  return dateFace.format(noon(date));
}

/** "23/11": for an axis. */
export function shortDate(date) {
  return shortFace.format(noon(date));
}

/** "T2": for the days of a week. */
export function shortWeekday(date) {
  return weekdayFace.format(noon(date));
}

/** "11/2026" of "2026-11". */
export function shortMonth(month) {
  return shortMonthFace.format(noon(`${month}-01`));
}

/** Monday 0 to Sunday 6. */
export function weekdayOf(date) {
  return (noon(date).getUTCDay() + 6) % 7;
}

/** A Monday, for the name of a weekday: 0 is Monday. */
export function nameOfWeekday(weekday) {
  return weekdayFace.format(noon(moved("2024-01-01", weekday)));
}

export function isDay(text) {
  return /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") && !Number.isNaN(noon(text).getTime()) && written(noon(text)) === text;
}

function moved(date, days) {
  const day = noon(date);
  day.setUTCDate(day.getUTCDate() + days);
  return written(day);
}

function daysBetween(from, to) {
  return Math.round((noon(to) - noon(from)) / 86_400_000);
}

function noon(date) {
  return new Date(`${date}T12:00:00Z`);
}

function written(day) {
  return day.toISOString().slice(0, 10);
}
