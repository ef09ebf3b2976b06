// A change of a counter: sent, told in a sentence, and for ten seconds taken back with one tap.

import { ApiError, command } from "/static/api.js";
import { el, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

const UNDO_MS = 10_000;

let offer = null; // { bar, timer, takeBack } of the last change while it can be undone

export function listenForUndoKey() {
  document.addEventListener("keydown", (event) => {
    if (!offer || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    undo();
  });
}

/** Give the counter these services; `sentence` tells what was done. */
export function setServices(counter, { own, help }, sentence) {
  const former = { own: [...counter.own], help: [...counter.help] };
  const put = (services) => command("PUT", `/counters/${counter.number}/services`, services);
  return carryOut(() => put({ own, help }), sentence, () => put(former));
}

/** `verb`: open, pause or close. Taking it back restores the state, the clerk and the end of the pause. */
export function setState(counter, verb, body, sentence) {
  const former = { state: counter.state, until: counter.until, clerk: counter.clerk?.name ?? null };
  const post = (word, facts) => command("POST", `/counters/${counter.number}/${word}`, facts);
  return carryOut(() => post(verb, body), sentence, () => putBack(post, former, verb));
}

async function putBack(post, { state, until, clerk }, verb) {
  if (state === "closed") return post("close", {});
  if (state === "open" || verb === "close") await post("open", clerk ? { clerk } : {});
  if (state === "paused") await post("pause", until ? { until } : {});
}

async function carryOut(act, sentence, takeBack) {
  withdrawOffer();
  if (await attempt(act)) offerUndo(sentence, takeBack);
}

async function attempt(act) {
  try {
    await act();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.message, "error");
    return false;
  }
}

function offerUndo(sentence, takeBack) {
  const button = el("button", { type: "button", class: "undo-button", onclick: undo }, t("Undo"));
  const bar = el("div", { class: "undo-bar", role: "status" }, el("span", {}, sentence), button);
  document.body.append(bar);
  offer = { bar, takeBack, timer: setTimeout(withdrawOffer, UNDO_MS) };
}

async function undo() {
  const { takeBack } = offer;
  withdrawOffer();
  if (await attempt(takeBack)) toast(t("The change is undone."), "done");
}

function withdrawOffer() {
  if (!offer) return;
  clearTimeout(offer.timer);
  offer.bar.remove();
  offer = null;
}
