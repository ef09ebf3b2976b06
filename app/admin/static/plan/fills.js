// Filling many cells at once. Each asks in a sheet and hands the changed rota to `change(shifts, words)`.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { openSheet } from "../sheet.js";
import { period, wrongTimes } from "./clock-fields.js";
import { shifts as shiftsControl } from "./shifts-control.js";
import { DAY_NAMES, SATURDAY, WEEK, dayWords, inTwoGroups, likeMonday, shiftsOf, withHours, withLunch } from "./week.js";

const WORKING_DAYS = ["0", "1", "2", "3", "4"];
const MORNING = { start: "07:30", end: "11:30" };
const AFTERNOON = { start: "13:00", end: "17:00" };
const FIRST_LUNCH = { start: "11:00", end: "11:45" };
const SECOND_LUNCH = { start: "11:45", end: "12:30" };

const DAYS = { name: "days", label: t("Days"), kind: "checks", options: WEEK.map((day) => [String(day), DAY_NAMES[day]]),
  check: ({ days }) => (days.length ? "" : t("Choose at least one day.")) };
const HOURS = { name: "hours", label: t("From – to"), kind: shiftsControl, hint: t("Written 7:30, 7h30 or 730."),
  check: ({ hours }) => wrongTimes(hours) };
const GROUPS = [t("first group"), t("second group")];

/** The same hours for many counters and days. */
export function fillHours({ shifts, counters, change }) {
  askHours({ title: t("Working hours"), hours: [MORNING, AFTERNOON], days: WORKING_DAYS, chosen: counters, shifts, counters, change });
}

export function fillSaturday({ shifts, counters, change }) {
  const weekly = counters.filter(({ number }) => shiftsOf(shifts, number, 0).length);
  const chosen = weekly.length ? weekly : counters;
  askHours({ title: t("Saturday morning"), hours: [MORNING], days: [String(SATURDAY)], chosen, shifts, counters, change });
}

function askHours({ title, hours, days, chosen, shifts, counters, change }) {
  const which = { name: "counters", label: t("Counters"), kind: "checks", hint: t("What stood there on these days is replaced; the clerks stay."),
    options: counters.map(({ number }) => [String(number), t("Counter %(n)s", { n: number })]) };
  openSheet({
    title, saveWords: t("Put into the rota"), groups: [{ fields: [HOURS, DAYS, which] }],
    value: { hours, days, counters: chosen.map(({ number }) => String(number)) },
    save: async (values) => values,
    saved: (values) => change(withHours(shifts, { hours: values.hours, counters: values.counters.map(Number), days: values.days.map(Number) }),
      t("%(title)s: filled in.", { title })),
  });
}

export function fillLikeMonday({ shifts, counters, change, refuse }) {
  if (!shifts.some(({ weekday }) => weekday === 0)) return refuse(t("There is no shift on Monday yet."));
  change(likeMonday(shifts, counters.map(({ number }) => number)), t("%(days)s are like Monday now.", { days: dayWords([1, 2, 3, 4]) }));
}

/** Lunch in shifts: the hall stays open, one half of the counters after the other has its break. */
export function fillLunch({ shifts, counters, change, refuse }) {
  const at = counters.filter(({ number }) => shifts.some(({ counter }) => counter === number));
  if (!at.length) return refuse(t("Nobody is on the rota yet. Begin with “Working hours …”."));
  const pause = (name, label) => ({ name, label, kind: period, check: (values) => wrongTimes([values[name]]) });
  const groups = { name: "groups", label: t("Who goes when"), kind: groupsControl, counters: at,
    hint: t("Parted so that a service has somebody in either group, where it can be.") };
  openSheet({
    title: t("Lunch in two groups"), saveWords: t("Put into the rota"),
    groups: [{ fields: [pause("first", t("The first group is away")), pause("second", t("The second group is away")), groups, DAYS] }],
    value: { first: FIRST_LUNCH, second: SECOND_LUNCH, groups: inTwoGroups(at), days: daysOf(shifts) },
    save: async (values) => values,
    saved: ({ first, second, groups: chosen, days }) => change(
      withLunch(shifts, { pauseOf: [...chosen].map(([number, group]) => [number, [first, second][group]]), days: days.map(Number) }),
      t("Lunch in two groups: %(first)s and %(second)s.", { first: `${first.start}–${first.end}`, second: `${second.start}–${second.end}` })),
  });
}

function daysOf(shifts) {
  return WORKING_DAYS.filter((day) => shifts.some(({ weekday }) => weekday === Number(day)));
}

/** One choice a counter: the first group, the second, or none. Map counter -> 0 or 1. */
function groupsControl({ counters }, id) {
  const radio = (number, value, words, first) => el("label", { class: "way" },
    el("input", { type: "radio", name: `group-${number}`, value, id: first ? id : null }), words);
  const lines = counters.map(({ number, name }, index) => {
    const title = t("Counter %(n)s", { n: number });
    return el("div", { class: "group-line", role: "radiogroup", "aria-label": title, "data-counter": number },
      el("span", {}, el("b", {}, title), name && ` ${name}`),
      el("span", { class: "ways" }, GROUPS.map((words, group) => radio(number, group, words, !index && !group)), radio(number, "", t("no break"), false)));
  });
  const chosen = (line) => line.querySelector("input:checked").value;
  const node = el("div", { class: "served" }, lines);
  return {
    node, input: node.querySelector("input"),
    get: () => new Map(lines.filter((line) => chosen(line) !== "").map((line) => [Number(line.dataset.counter), Number(chosen(line))])),
    set: (groups) => {
      for (const line of lines) line.querySelector(`[value="${groups.get(Number(line.dataset.counter)) ?? ""}"]`).checked = true;
    },
  };
}
