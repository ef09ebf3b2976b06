// Who asks for a helper, in words: for the consoles and the supervisor's board.

import { hubNow, minutes } from "/static/clock.js";
import { t } from "/static/i18n.js";

const FORGOTTEN_MS = 3 * 60_000;

/** Where a helper is needed: a place of the feed ("counter:20", "kiosk:door") in words. */
export function placeWords(place, counters) {
  const [kind, ...rest] = place.split(":");
  const which = rest.join(":");
  if (kind === "robot") return called(t("The robot"), which);
  if (kind === "kiosk") return called(t("The kiosk"), which);
  const counter = counters.get(Number(which));
  return counter?.kind === "station" && counter.name ? counter.name : t("Counter %(n)s", { n: which });
}

// A kiosk that is named "Kiosk 2" is not told of as the kiosk Kiosk 2.
function called(kind, name) {
  return name.toLowerCase().startsWith(kind.toLowerCase()) ? name : `${kind} “${name}”`;
}

/** Has nobody gone there for so long that somebody must be sent? */
export function isForgotten(at) {
  return hubNow() - Date.parse(at) > FORGOTTEN_MS;
}

/** Since when, in words. */
export function sinceWords(at) {
  const ms = hubNow() - Date.parse(at);
  return ms < 60_000 ? t("just now") : minutes(ms);
}
