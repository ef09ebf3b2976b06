// How the figures of a report are written: minutes with one decimal, shares in percent, a dash where there is none.

import { language } from "/static/page.js";

const oneDecimal = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat(language);
const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });

export const NONE = "–";

/** Seconds as minutes: 444 is "7,4". */
export function asMinutes(seconds) {
  return seconds === null || seconds === undefined ? NONE : oneDecimal.format(seconds / 60);
}

/** A share of 0 to 1: "92%". Never rounded up to a full 100%. */
export function asPercent(share) {
  if (share === null || share === undefined) return NONE;
  return percent.format(share < 1 ? Math.min(share, 0.99) : 1);
}

export function asCount(number) {
  return number ? whole.format(number) : NONE;
}
