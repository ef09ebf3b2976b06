// When a notice is shown, in plain words.

import { dateOf } from "/static/notice-due.js";
import { t } from "/static/i18n.js";

import { DAY_NAMES, WEEK } from "./plan/week.js";

export const KINDS = { text: t("Text"), picture: t("Picture"), video: t("Video") };

/** "Thứ Hai–Thứ Sáu, 7:30–11:30, đến 31/12/2026". */
export function whenWords({ weekdays, start, end, first, last }) {
  return [daysWords(weekdays), timeWords(start, end), ...dateWords(first, last)].join(", ");
}

/** [mark's class, words]: is it on the TV now, and if not, why. */
export function stateWords({ active, missing, first, last }, isDue, now) {
  if (missing) return ["mark-late", t("the file is gone: upload it again")];
  if (!active) return ["", t("switched off")];
  if (isDue) return ["mark-done", t("on the TV now")];
  if (last && last < dateOf(now)) return ["", t("over")];
  return ["", first > dateOf(now) ? t("not yet") : t("waits for its time")];
}

function daysWords(weekdays) {
  const days = WEEK.filter((day) => weekdays.includes(day));
  if (days.length === WEEK.length) return t("Every day");
  const runs = days.length > 2 && days.at(-1) - days[0] === days.length - 1;
  return runs ? `${DAY_NAMES[days[0]]}–${DAY_NAMES[days.at(-1)]}` : days.map((day) => DAY_NAMES[day]).join(", ");
}

function timeWords(start, end) {
  if (start === "00:00" && end === "23:59") return t("all day");
  return `${start.replace(/^0/, "")}–${end.replace(/^0/, "")}`;
}

function dateWords(first, last) {
  if (first && first === last) return [t("only on %(date)s", { date: written(first) })];
  return [first && t("from %(date)s on", { date: written(first) }), last && t("until %(date)s", { date: written(last) })].filter(Boolean);
}

function written(date) {
  const [year, month, day] = date.split("-").map(Number);
  return `${day}/${month}/${year}`;
}
