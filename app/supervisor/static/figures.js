// How the figures of a report are written: minutes with one decimal, shares in percent, a dash where there is none.

import { language } from "/static/page.js";

const oneDecimal = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const atMostOne = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const SIGN = language === "en" ? "%" : "\u00a0%"; // the way of Vietnamese office papers: 99,3 %

export const NONE = "–";

/** Seconds as minutes: 444 is "7,4". */
export function asMinutes(seconds) {
  return isNone(seconds) ? NONE : oneDecimal.format(seconds / 60);
}

/** Seconds as hours: 8000 is "2,2". */
export function asHours(seconds) {
  return isNone(seconds) ? NONE : oneDecimal.format(seconds / 3600);
}

export function asSeconds(seconds) {
  return isNone(seconds) ? NONE : whole.format(seconds);
}

/** A share of 0 to 1: "99,3 %", "92 %". Never 100 for less than all, nor 0 for more than none. */
export function asPercent(share) {
  if (isNone(share)) return NONE;
  const tenths = Math.round(share * 1000);
  return atMostOne.format((share > 0 && share < 1 ? Math.min(999, Math.max(1, tenths)) : tenths) / 10) + SIGN;
}

/** Part of a whole as a share of 0 to 1, or null of nothing. */
export function shareOf(part, all) {
  return all ? part / all : null;
}

/** A count; nothing is a dash. */
export function asCount(number) {
  return number ? whole.format(number) : NONE;
}

/** A number with a decimal where it has one: 2,5. */
export function asNumber(number) {
  return isNone(number) ? NONE : atMostOne.format(number);
}

function isNone(value) {
  return value === null || value === undefined;
}
