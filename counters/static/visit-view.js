// What goes with the visit of whoever is here: a claim of priority to be judged, what comes after; and who needs a helper.

import { placeWords, sinceWords } from "/static/assistance.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { nameOf } from "/static/counters/words.js";

const $ = (id) => document.getElementById(id);
let shownHelp = "";

/** Tie the buttons to act("confirm") and act("refuse"). */
export function prepareVisit(act) {
  $("claim-right").addEventListener("click", () => act("confirm"));
  $("claim-wrong").addEventListener("click", () => act("refuse"));
}

/** Show them; `go(place)` when this clerk goes there. */
export function showVisit({ state, counter, press }, go) {
  showClaim(state, counter, press);
  setText($("onward"), [dossierWords(counter.ticket), onwardWords(state, counter)].filter(Boolean).join(" · "));
  showHelp(state, go);
}

function showClaim(state, { ticket }, press) {
  const isClaimed = Boolean(ticket?.claimed);
  $("claim").hidden = !isClaimed;
  if (!isClaimed) return;
  setText($("claim-words"), t("The citizen says: %(name)s", { name: classWords(state.centre, ticket.priority) }));
  $("claim-wrong").setAttribute("aria-disabled", String(Boolean(press)));
}

/** The name of a class of priority; where the class is not known, that there is one. */
export function classWords(centre, code) {
  return nameOf(centre.priority_classes?.find((each) => each.code === code)) || t("priority");
}

function dossierWords(ticket) {
  return ticket?.dossiers > 1 ? t("%(n)s dossiers", { n: ticket.dossiers }) : "";
}

/** What comes after on the same visit, and where; "" where nothing does. */
export function onwardWords(state, counter) {
  const code = counter.ticket?.then?.[0];
  if (!code) return "";
  const service = nameOf(state.services.get(code)) || code;
  if (servesHere(counter, code)) return t("next: %(service)s (at this counter)", { service });
  const places = openFor(state, code).map(({ number }) => number);
  if (!places.length) return t("next: %(service)s", { service });
  return t("next: %(service)s (counter %(counters)s)", { service, counters: places.join(", ") });
}

/** Does this counter take the service, own or help? */
export function servesHere(counter, code) {
  return counter.own.includes(code) || counter.help.includes(code);
}

function openFor(state, code) {
  return [...state.counters.values()].filter((each) => each.state === "open" && servesHere(each, code)).sort((a, b) => a.number - b.number);
}

function showHelp(state, go) {
  const rows = state.assistance.map(({ place, at }) => [place, placeWords(place, state.counters), sinceWords(at)]);
  const reads = JSON.stringify(rows);
  if (reads === shownHelp) return;
  shownHelp = reads;
  $("help").hidden = !rows.length;
  replace($("help"), rows.map(([place, words, since], index) => el("p", { class: "help-row" },
    el("span", {}, el("strong", {}, t("%(place)s needs a helper", { place: words })), el("span", { class: "quiet" }, ` ${since}`)),
    el("button", { type: "button", class: "button button-small", "data-place": place, onclick: () => go(place) },
      index === 0 && el("kbd", { "aria-hidden": "true" }, "G"), t("I go there")))));
}
