// Giving priority to somebody who waits: the number, then by what right. For whoever meets the citizens at the door.

import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { nameOf } from "/static/counters/words.js";

const SHOWN = 12;
const $ = (id) => document.getElementById(id);
let hall = null;
let give = null;

/** Tie the field in which a number is typed. */
export function preparePriority() {
  $("priority-number").addEventListener("input", () => offerNumbers());
}

/** Ask; `chosen(ticket, class)` is called with both. */
export function askPriority(state, chosen) {
  hall = state;
  give = chosen;
  $("priority-number").value = "";
  $("priority-who").hidden = false;
  offerNumbers();
  $("priority-dialog").showModal();
  $("priority-number").focus();
}

function offerNumbers() {
  const typed = $("priority-number").value.trim().toUpperCase();
  const waiting = [...hall.tickets.values()].filter(({ state, priority, claimed }) => state === "waiting" && (!priority || claimed));
  const found = waiting.filter(({ number }) => number.includes(typed)).sort((a, b) => a.number.localeCompare(b.number));
  setText($("priority-title"), t("Who goes first?"));
  const option = (ticket) => [ticket.number, () => offerClasses(ticket), nameOf(hall.services.get(ticket.service))];
  fill(found.slice(0, SHOWN).map(option));
  setText($("priority-none"), found.length ? "" : t("No such number is waiting."));
}

function offerClasses(ticket) {
  setText($("priority-title"), t("Why does %(number)s go first?", { number: ticket.number }));
  $("priority-who").hidden = true;
  const option = (each) => [nameOf(each), () => done(ticket, each), ticket.priority === each.code ? t("as the citizen says") : ""];
  fill((hall.centre.priority_classes ?? []).map(option));
  $("priority-choices").querySelector("button")?.focus();
}

function done(ticket, each) {
  $("priority-dialog").close();
  give(ticket, each);
}

function fill(options) {
  const button = ([label, press, aside], index) =>
    el("button", { type: "button", class: "option", onclick: press },
      index < 9 && el("kbd", { "aria-hidden": "true" }, index + 1), el("span", {}, label), el("span", { class: "quiet" }, aside));
  replace($("priority-choices"), options.map(button));
}
