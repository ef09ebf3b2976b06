// What a station's screen shows, filled into what stands on the page.

import { hhmm } from "/static/clock.js";
import { setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { nameOf } from "/static/counters/words.js";

const $ = (id) => document.getElementById(id);

/** `visit`: {then} of who is here; `left`: who has just ended, or null; `isLate`: called long ago and not come. */
export function stationView({ counter, visit, left, isLate, waiting }) {
  const { ticket, assistance } = counter;
  const mode = ticket ? ticket.state : left ? "left" : counter.state === "open" ? "free" : "closed";
  $("station").dataset.mode = mode;
  setText($("says"), says(mode, counter));
  setText($("number"), ticket?.number ?? left?.number ?? "");
  $("number").style.setProperty("--letters", Math.max(4, (ticket?.number ?? left?.number ?? "").length));
  setText($("note"), note({ mode, visit, left, isLate, waiting, counter }));
  $("begin").hidden = mode !== "called";
  $("done").hidden = mode !== "serving";
  $("absent").hidden = !isLate;
  $("ask").hidden = Boolean(assistance);
  $("asked").hidden = !assistance;
  if (assistance) setText($("asked-words"), t("A helper has been called, %(time)s", { time: hhmm(assistance) }));
}

function says(mode, counter) {
  const place = counter.name || t("Counter %(n)s", { n: counter.number });
  if (mode === "called") return t("Please come to %(place)s", { place });
  if (mode === "serving") return t("This place is yours now");
  if (mode === "left") return t("Done. Thank you.");
  if (mode === "free") return t("%(place)s is free", { place });
  return t("%(place)s is not in use now", { place });
}

function note({ mode, visit, left, isLate, waiting, counter }) {
  if (mode === "called") return isLate ? t("Nobody has come yet. The staff have been told.") : t("Press the button when you sit here.");
  if (mode === "serving") return afterwards(visit?.then?.[0]) || t("Press the button when you are done.");
  if (mode === "left") return left.next ? t("Now: %(service)s. Please wait for your number on the screen; your wait so far counts.", { service: nameOf(left.next) }) : "";
  if (mode === "closed") return counter.until ? t("until %(time)s", { time: counter.until }) : t("Please ask the staff.");
  return waiting ? t("The next number is being called…") : t("Take a number at the kiosk; this screen calls it.");
}

function afterwards(service) {
  return service ? t("When you are done, press the button. Then: %(service)s, where your wait so far counts.", { service: nameOf(service) }) : "";
}
