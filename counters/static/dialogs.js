// The three small dialogs: pass on, pause, more. The browser keeps the focus in them and gives it back.

import { hhmm, hubNow } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { isAtStations } from "/static/hall-state.js";
import { t } from "/static/i18n.js";
import { showBreaks } from "/static/counters/breaks.js";
import { transfersOf } from "/static/counters/model.js";
import { isSoon, nextBreak } from "/static/counters/notes-view.js";
import { nameOf } from "/static/counters/words.js";

const $ = (id) => document.getElementById(id);
const BREAKS = [10, 15, 30]; // minutes
const LUNCH_ENDS = "13:00";

/** Set up closing, and the forms that stay the same. `pause(until or null)` is called with "HH:MM". */
export function prepareDialogs(pause) {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
    });
    dialog.addEventListener("keydown", (event) => chooseByDigit(dialog, event));
  }
  $("pause-form").addEventListener("submit", (event) => {
    event.preventDefault();
    $("pause-dialog").close();
    pause($("pause-until").value);
  });
}

/** Ask for the service to pass the present ticket on to; from a station (a form to fill in) the citizen comes back here. */
export function askTransfer(state, counter, choose) {
  setText($("transfer-title"), t("Pass %(number)s on to", { number: counter.ticket.number }));
  const options = transfersOf(state, counter).map((service) => {
    const back = isAtStations(state.counters.values(), service.code);
    const label = back ? t("%(service)s, then back here", { service: nameOf(service) }) : nameOf(service);
    return [label, () => choose(service, back), service.waiting];
  });
  fill($("transfer-choices"), $("transfer-dialog"), options);
  $("transfer-dialog").showModal();
}

/** Ask until when the counter rests, now or later today. */
export function askPause(counter, pause) {
  const options = BREAKS.map((n) => {
    const until = hhmm(hubNow() + n * 60_000);
    return [t("%(n)s min", { n }), () => pause(until), until];
  });
  const rest = nextBreak(counter, hubNow());
  const [label, until] = isSoon(rest, hubNow()) ? [t("Planned break"), hhmm(rest.end)] : [t("Lunch"), LUNCH_ENDS];
  if (hhmm(hubNow()) < until) options.push([label, () => pause(until), until]);
  options.push([t("No set time"), () => pause(null)]);
  fill($("pause-choices"), $("pause-dialog"), options);
  $("pause-until").value = "";
  showBreaks(counter);
  $("pause-dialog").showModal();
}

function fill(box, dialog, options) {
  const button = ([label, act, aside], index) => {
    const press = () => {
      dialog.close();
      act();
    };
    const digit = index < 9 && el("kbd", { "aria-hidden": "true" }, index + 1);
    return el("button", { type: "button", class: "option", onclick: press }, digit, el("span", {}, label), aside !== undefined && el("span", { class: "quiet" }, aside));
  };
  replace(box, options.map(button));
}

function chooseByDigit(dialog, event) {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (!digit || event.repeat || event.target.matches("input")) return;
  dialog.querySelectorAll(".option")[digit - 1]?.click();
}
