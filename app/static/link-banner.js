// The banner of a page that has lost the hub: since when, and how old that is what it shows.

import { everySecond, hhmm, hubNow, hubRate, minutes } from "/static/clock.js";
import { el, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";

const PATIENCE_MS = 2000; // a restart that nobody notices needs no banner
const A_MINUTE_MS = 60_000;
const FACE = '600 1em "Be Vietnam Pro"'; // as base.css sets the banner

/** Watch `link` ({online, since, refusal}); answers a function that stops the watch and removes the banner. */
export function watchLine(link) {
  const banner = el("div", { class: "link-banner", role: "status" });
  fetchLetters();
  const stop = everySecond(() => show(banner, link));
  return () => {
    stop();
    banner.remove();
  };
}

// When the banner is needed its letters cannot be fetched any more.
function fetchLetters() {
  const said = [0, A_MINUTE_MS].map((down) => words({ since: hubNow() }, down));
  const missing = (error) => console.info("The banner will be in another font.", error.name);
  document.fonts.load(FACE, `${said} 0123456789`).catch(missing);
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
