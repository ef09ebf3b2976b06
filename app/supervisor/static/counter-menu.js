// Open, pause or close a counter, or announce its break: the state's own button, then the wish.

import { hhmm, hubNow } from "/static/clock.js";
import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { showBeside } from "./beside.js";
import { breaksPanel } from "./breaks.js";
import { setState } from "./change.js";

const QUARTER_MS = 15 * 60_000;
const LUNCH_ENDS = "13:00";

/** The one menu of the page, shown beside the button that asked for it. */
export function counterMenu() {
  const menu = el("div", { class: "menu", popover: "auto" });
  document.body.append(menu);
  menu.addEventListener("click", (event) => event.target.closest("[data-closes]") && menu.hidePopover());
  return function open(counter, button) {
    const close = () => menu.hidePopover();
    fill(t("Counter %(n)s", { n: counter.number }), items(counter, close, () => {
      fill(t("Breaks of counter %(n)s", { n: counter.number }), breaksPanel(counter, close));
    }));

    function fill(title, ...content) {
      replace(menu, el("h3", {}, title), ...content);
      showBeside(menu, button);
      menu.querySelector("button").focus();
    }
  };
}

function items(counter, close, openBreaks) {
  const n = counter.number;
  const open = (words) => item(words, "open", () => setState(counter, "open", {}, t("Counter %(n)s is open.", { n })));
  const shut = () => item(t("Close the counter"), "close", () => setState(counter, "close", {}, t("Counter %(n)s is closed.", { n })));
  if (counter.state === "closed") return [open(t("Open the counter"))];
  const first = counter.state === "paused" ? open(t("Open again")) : item(t("Pause"), "pause", () => pause(counter));
  const breaks = el("button", { type: "button", class: "menu-item", "data-verb": "breaks", onclick: openBreaks }, t("Announce a break…"));
  return [first, ...pauses(counter, close), breaks, shut()];
}

function pauses(counter, close) {
  const time = el("input", { type: "time", "aria-label": t("End of the pause"), required: true });
  const form = el("form", { class: "menu-until" }, time, el("button", { type: "submit" }, t("Until then")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
    pause(counter, time.value);
  });
  const times = ends().map((until) => item(until, "pause", () => pause(counter, until)));
  return [el("p", { class: "menu-label" }, t("Pause until")), el("div", { class: "menu-times" }, times), form];
}

function pause(counter, until) {
  const n = counter.number;
  const sentence = until ? t("Counter %(n)s is paused until %(time)s.", { n, time: until }) : t("Counter %(n)s is paused.", { n });
  return setState(counter, "pause", until ? { until } : {}, sentence);
}

// The next full quarters of an hour that give at least ten minutes, and the end of lunch while it is ahead.
function ends() {
  const first = Math.ceil((hubNow() + 10 * 60_000) / QUARTER_MS) * QUARTER_MS;
  const quarters = [first, first + QUARTER_MS, first + 3 * QUARTER_MS].map(hhmm);
  return hhmm(hubNow()) < LUNCH_ENDS ? [...new Set([...quarters, LUNCH_ENDS])].sort() : quarters;
}

function item(words, verb, act) {
  return el("button", { type: "button", class: "menu-item", "data-verb": verb, "data-closes": true, onclick: act }, words);
}
