// Who asks for a helper, in words: for the consoles and the supervisor's board.

import { hubNow, minutes } from "/static/clock.js";
import { t } from "/static/i18n.js";

/** Where a helper is needed: a place of the feed ("counter:20", "kiosk:door") in words. */
export function placeWords(place, counters) {
  const [kind, ...rest] = place.split(":");
  const which = rest.join(":");
  if (kind === "robot") return t("The robot %(name)s", { name: which });
  if (kind === "kiosk") return t("The kiosk %(name)s", { name: which });
  const counter = counters.get(Number(which));
  return counter?.kind === "station" && counter.name ? counter.name : t("Counter %(n)s", { n: which });
}

/** Since when, in words. */
export function sinceWords(at) {
  const ms = hubNow() - Date.parse(at);
  return ms < 60_000 ? t("just now") : minutes(ms);
}
