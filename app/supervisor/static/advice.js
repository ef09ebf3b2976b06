// The one thing to do, or the best two: what it changes, how sure that is, what it costs others. One tap answers it.

import { hubNow } from "/static/clock.js";
import { el, replace, setText, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { adviceWords, doneWords } from "./advice-words.js";
import { showBeside } from "./beside.js";
import { accept, decline } from "./change.js";
import { waitingByService } from "./waits.js";

const MOST = 2;
const GONE = new Set([404, 409]); // it was withdrawn, answered by somebody else, or no longer fits

const DECLINE_WORDS = {
  clerk_busy: "The clerk is busy",
  not_able: "The clerk is not able to do that",
  too_soon: "Too soon: wait and see",
  other_plan: "I have another plan",
  other: "Another reason",
};

/** Shows the advice in `node`, and in `line` why there is none. Answers the function that shows a state of the hall. */
export function adviceView(node, line) {
  const answered = new Set(); // until the hub has told that they are gone
  const menu = el("div", { class: "menu", popover: "auto" });
  document.body.append(menu);
  let last = null;
  let shownAs = "";

  function show(state) {
    last = state;
    const now = hubNow();
    const standing = (state.advice?.advice ?? []).filter(({ id, until }) => !answered.has(id) && now < Date.parse(until));
    const told = standing.slice(0, MOST);
    const cards = told.map((advice) => ({ advice, words: adviceWords(advice, state) }));
    setText(line, told.length ? "" : quietWords(state, now));
    const key = JSON.stringify(cards);
    if (key === shownAs) return;
    shownAs = key;
    menu.hidePopover();
    node.hidden = !cards.length;
    replace(node, cards.map((card, place) => makeCard(card, place, { onAccept, onDecline })));
  }

  async function onAccept(advice) {
    const counter = last.counters.get(advice.counter);
    const words = doneWords(advice, last);
    await settle(advice, () => accept(advice, counter, words));
  }

  function onDecline(advice, button) {
    const reasons = Object.entries(DECLINE_WORDS).map(([reason, words]) => el("button", { type: "button", class: "menu-item",
      "data-reason": reason, onclick: () => { menu.hidePopover(); turnDown(advice, reason); } }, t(words)));
    replace(menu, el("h3", {}, t("Why not?")), reasons);
    showBeside(menu, button);
    menu.querySelector("button").focus();
  }

  async function turnDown(advice, reason) {
    if (await settle(advice, () => decline(advice, reason))) toast(t("Noted. Thank you."));
  }

  // The card goes with the tap: nobody should tap twice because a line is slow.
  async function settle(advice, send) {
    answered.add(advice.id);
    show(last);
    const refusal = await send();
    if (refusal && !GONE.has(refusal.status)) answered.delete(advice.id);
    show(last);
    return !refusal;
  }

  return show;
}

const QUIET_WORDS = {
  ready: "Nothing needs to be changed now.",
  thinking: "Working out what would help…",
  off: "Advice is switched off.",
  failed: "No advice can be worked out now; everything else works.",
};

// Beside somebody who waits too long, "nothing needs to be changed" would be untrue.
function quietWords(hall, now) {
  const state = hall.advice?.state;
  if (state === "ready" && waitingByService(hall, now).some(({ late }) => late)) return t("No change that is open now would help more.");
  return QUIET_WORDS[state] ? t(QUIET_WORDS[state]) : "";
}

function makeCard({ advice, words }, place, { onAccept, onDecline }) {
  const part = (tag, name, ...children) => el(tag, { class: `card-${name}` }, ...children);
  const button = (kind, text, act) => el("button", { type: "button", class: `button ${kind}`,
    "aria-label": `${text}: ${words.what}`, onclick: ({ currentTarget }) => act(advice, currentTarget) }, text);
  return el("article", { class: place ? "card card-second" : "card", "data-advice": advice.id },
    part("h3", "what", words.what),
    part("p", "effect", part("b", "saved", words.effect), " ", part("span", "range", words.range)),
    part("p", "facts", sureBar(words.sure), part("span", "costs", words.costs)),
    part("div", "answers", button("button-primary card-accept", t("Do it"), onAccept),
      button("card-decline", t("Not now"), onDecline)));
}

function sureBar({ words, percent, steps, of }) {
  const bar = Array.from({ length: of }, (_, step) => el("i", { class: step < steps ? "full" : "" }));
  return el("span", { class: "sure", title: `${percent}%` },
    el("span", { class: "sure-bar", "aria-hidden": "true" }, bar), words);
}
