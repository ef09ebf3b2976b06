// The banner of a page that has lost the hub: since when, and how old that is what it shows.

import { everySecond, hhmm, hubNow, hubRate, minutes } from "/static/clock.js";
import { el, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";

const PATIENCE_MS = 2000; // a restart that nobody notices needs no banner
const A_MINUTE_MS = 60_000;

/** Watch `link` ({online, since, refusal}); answers a function that stops the watch and removes the banner. */
export function watchLine(link) {
  const banner = el("div", { class: "link-banner", role: "status" });
  const stop = everySecond(() => show(banner, link));
  return () => {
    stop();
    banner.remove();
  };
}

function show(banner, link) {
  const down = hubNow() - link.since;
  if (link.online) banner.remove();
  else if (down >= PATIENCE_MS * hubRate()) {
    setText(banner, words(link, down));
    if (!banner.isConnected) document.body.prepend(banner);
  }
  document.documentElement.toggleAttribute("data-offline", banner.isConnected);
}

function words({ since, refusal }, down) {
  if (refusal) return refusal;
  const values = { time: hhmm(since), age: minutes(down) };
  if (down < A_MINUTE_MS) return t("No connection to the server since %(time)s. Reconnecting…", values);
  return t("No connection to the server since %(time)s. What you see is %(age)s old. Reconnecting…", values);
}
