// Which notices are due, by the hub's clock. Pure. displays/notice_turns.py follows the same rules; a test holds them together.

import { hhmm } from "/static/clock.js";
import { timezone } from "/static/page.js";

const dateFace = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: timezone });
const LAST_MINUTE = "23:59";

/** Those shown in turn between calls at `now` (ms of the hub). */
export function dueNotices(notices, now) {
  return notices.filter((notice) => notice.active && notice.kind !== "message" && isDue(notice, now));
}

/** The staff's messages of now. */
export function dueMessages(notices, now) {
  return notices.filter((notice) => notice.active && notice.kind === "message" && isOpen(notice, now));
}

/** A notice ends with the minute before `end`; one that ends at 23:59, with the day. */
export function isDue({ weekdays, start, end, first, last, until }, now) {
  const [time, date] = [hhmm(now), dateOf(now)];
  return isOpen({ until }, now) && weekdays.includes(weekdayOf(date)) && (!first || first <= date) && (!last || date <= last)
    && start <= time && (time < end || end === LAST_MINUTE);
}

/** The centre's date, "2026-11-23". */
export function dateOf(now) {
  return dateFace.format(now);
}

function isOpen({ until }, now) {
  return !until || now < Date.parse(until);
}

// 0 on Monday.
function weekdayOf(date) {
  return (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7;
}
