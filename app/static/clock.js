// The hub's clock. A screen's own wall clock may be wrong by hours; only the time since a message is trusted.

import { t } from "/static/i18n.js";
import { data, language, timezone } from "/static/page.js";

let hubAt = Date.now();
let localAt = performance.now();
let rate = 1;

/** Set the clock: `now` (RFC 3339 text or ms) is the hub's time at this moment, `clockRate` its speed. */
export function setHubClock(now, clockRate = 1) {
  hubAt = toMs(now);
  localAt = performance.now();
  rate = clockRate;
}

/** The hub's time now, ms since the epoch. */
export function hubNow() {
  return hubAt + (performance.now() - localAt) * rate;
}

/** How many hub milliseconds pass in one real millisecond. */
export function hubRate() {
  return rate;
}

/** RFC 3339 text or ms since the epoch, as ms. */
export function toMs(time) {
  return typeof time === "number" ? time : Date.parse(time);
}

const clockFace = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: timezone });
const dateFace = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "vi-VN", {
  weekday: "long", day: "numeric", month: "numeric", year: "numeric", timeZone: timezone,
});

/** "14:05" in the centre's time zone, from RFC 3339 text or ms. */
export function hhmm(time) {
  return clockFace.format(toMs(time));
}

/** "Thứ Bảy, 21/11/2026" in the centre's time zone. */
export function longDate(time) {
  return dateFace.format(toMs(time));
}

/** A wait of `ms` milliseconds: "12 phút", or "chưa tới 1 phút". */
export function minutes(ms) {
  const whole = Math.floor(ms / 60_000);
  return whole < 1 ? t("under 1 min") : t("%(n)s min", { n: whole });
}

const listeners = new Set();
let timer = null;

/** Call `fn` now and every second; the answer stops it. All share one timer. */
export function everySecond(fn) {
  listeners.add(fn);
  timer ??= setInterval(() => listeners.forEach((listener) => listener()), 1000);
  fn();
  return () => listeners.delete(fn);
}

if (data.now) setHubClock(data.now, data.clock_rate ?? 1);
