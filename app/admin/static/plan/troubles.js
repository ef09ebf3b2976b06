// Which cells of the rota a trouble is about: seen here while it is made, or told by the hub. Pure.

import { t } from "/static/i18n.js";

const overlap = (one, other) => one.weekday === other.weekday && one.start < other.end && other.start < one.end;

/** Clerks at two counters at once: [{ counter, weekday, words }], one for either cell. `nameOf(clerk)`. */
export function clashes(shifts, nameOf) {
  return shifts.filter(({ clerk }) => clerk).flatMap((shift) => shifts
    .filter((other) => other.clerk === shift.clerk && other.counter !== shift.counter && overlap(shift, other))
    .map(({ counter }) => ({ counter: shift.counter, weekday: shift.weekday,
      words: t("%(name)s is at counter %(n)s at that time", { name: nameOf(shift.clerk), n: counter }) })));
}

/** The shifts that a refusal of the hub is about; none where it names none. `shifts` as they were sent. */
export function concerned(shifts, { code, facts }) {
  const find = FINDERS[code];
  return find ? find(shifts, facts) : [];
}

const FINDERS = {
  clerk_overlap: (shifts, { clerk, start }) => {
    const theirs = shifts.filter((shift) => shift.clerk === clerk);
    return theirs.filter((shift) => theirs.some((other) => other !== shift && overlap(shift, other) && [shift.start, other.start].includes(start)));
  },
  counter_overlap: (shifts, { counter }) => {
    const there = shifts.filter((shift) => shift.counter === counter);
    return there.filter((shift) => there.some((other) => other !== shift && overlap(shift, other)));
  },
  ends_before_start: (shifts, { start, end }) => shifts.filter((shift) => shift.start === start && shift.end === end),
  unknown_counter: (shifts, { counter }) => shifts.filter((shift) => shift.counter === counter),
  unknown_person: (shifts, { name }) => shifts.filter(({ clerk }) => clerk === name),
  // "shifts.0.start": the first as sent.
  invalid_field: (shifts, { field }) => [shifts[String(field).split(".")[1]]].filter(Boolean),
};
