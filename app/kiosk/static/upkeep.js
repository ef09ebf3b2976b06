// A kiosk runs for weeks: it loads itself anew when the hub came back with other files.

import { version } from "/static/page.js";

const TRIED = "toiluot.kiosk.loaded-for";

/** Once for each version, so that a page kept by a proxy does not load for ever. */
export function renewIfChanged(current) {
  if (!current || !version || current === version || sessionStorage.getItem(TRIED) === current) return;
  sessionStorage.setItem(TRIED, current);
  location.reload();
}
