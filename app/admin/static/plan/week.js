// A rota as a list of shifts { weekday 0 Monday to 6, counter, clerk, start, end } ("07:30"): looking and changing. Pure.

import { t } from "/static/i18n.js";

export const WEEK = [0, 1, 2, 3, 4, 5, 6];
export const SATURDAY = 5;
export const DAY_NAMES = [t("Monday"), t("Tuesday"), t("Wednesday"), t("Thursday"), t("Friday"), t("Saturday"), t("Sunday")];
export const DAY_SHORT = [t("Mon"), t("Tue"), t("Wed"), t("Thu"), t("Fri"), t("Sat"), t("Sun")];

const byStart = (one, other) => one.start.localeCompare(other.start);

/** The shifts of a counter on a day, the earliest first. */
export function shiftsOf(shifts, counter, weekday) {
  return shifts.filter((shift) => shift.counter === counter && shift.weekday === weekday).sort(byStart);
}

/** The rota with `lines` ({ start, end, clerk }) for a counter on `days`. */
export function withLines(shifts, counter, days, lines) {
  const others = shifts.filter((shift) => shift.counter !== counter || !days.includes(shift.weekday));
  return [...others, ...days.flatMap((weekday) => lines.map(({ start, end, clerk }) => ({ weekday, counter, clerk, start, end })))];
}

/** The other working days become as Monday is. */
export function likeMonday(shifts, counters) {
  return counters.reduce((rota, counter) => withLines(rota, counter, [1, 2, 3, 4], shiftsOf(shifts, counter, 0)), shifts);
}

/** The same hours ({ start, end }) for several counters and days. A clerk stays where the rota has one at the counter. */
export function withHours(shifts, { hours, counters, days }) {
  let rota = shifts;
  for (const counter of counters) {
    for (const day of days) {
      const lines = hours.map((line) => ({ ...line, clerk: usualClerk(shifts, counter, day) }));
      rota = withLines(rota, counter, [day], lines);
    }
  }
  return rota;
}

function usualClerk(shifts, counter, day) {
  const there = [...shiftsOf(shifts, counter, day), ...WEEK.flatMap((other) => shiftsOf(shifts, counter, other))];
  return there.find(({ clerk }) => clerk)?.clerk ?? "";
}

/** Each counter pauses in the `pause` ({ start, end }) of its group and works up to it and on from it. */
export function withLunch(shifts, { pauseOf, days }) {
  let rota = shifts;
  for (const [counter, pause] of pauseOf) {
    for (const day of days) rota = withLines(rota, counter, [day], withPause(shiftsOf(shifts, counter, day), pause));
  }
  return rota;
}

function withPause(lines, { start, end }) {
  const [before, after] = [lines.filter((line) => line.start < start), lines.filter((line) => line.end > end)];
  // Whoever works only in the morning or only in the afternoon needs no pause at noon.
  if (!before.length || !after.length) return lines;
  return [...before.slice(0, -1), { ...before.at(-1), end: start }, { ...after[0], start: end }, ...after.slice(1)];
}

/** Two groups (0 and 1) so that a service has somebody in either, where it can be: Map counter -> group. */
export function inTwoGroups(counters) {
  const groups = [[], []];
  const served = ({ own, help }) => [...own, ...help];
  const shared = (counter, group) => group.flatMap(served).filter((code) => served(counter).includes(code)).length;
  for (const counter of counters) {
    const [first, second] = groups.map((group) => ({ shared: shared(counter, group), size: group.length }));
    groups[(second.shared - first.shared || second.size - first.size) < 0 ? 1 : 0].push(counter);
  }
  return new Map(groups.flatMap((group, index) => group.map(({ number }) => [number, index])));
}

/** "Thứ Hai – Thứ Sáu" or "Thứ Ba, Thứ Năm". */
export function dayWords(days) {
  const sorted = [...days].sort();
  const inRow = sorted.length > 2 && sorted.at(-1) - sorted[0] === sorted.length - 1;
  return inRow ? `${DAY_NAMES[sorted[0]]} – ${DAY_NAMES[sorted.at(-1)]}` : sorted.map((day) => DAY_NAMES[day]).join(", ");
}
