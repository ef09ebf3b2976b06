// A change of a counter: sent, told in a sentence, and for ten seconds taken back with one tap. Each answers null once it is
// done, or the ApiError that says why not, which the reader has been told.

import { ApiError, command } from "/static/api.js";
import { hhmm } from "/static/clock.js";
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
export function setServices(counter, services, sentence) {
  return carryOut(() => putServices(counter, services), sentence, servicesBack(counter));
}

/** `verb`: open, pause or close. Taking it back restores the state, the clerk and the end of the pause. */
export function setState(counter, verb, body, sentence) {
  return carryOut(() => post(counter, verb, body), sentence, stateBack(counter, verb));
}

/** Announce these breaks of today, [{ start, end }] in "11:30", instead of those that stand. */
export function setBreaks(counter, breaks, sentence) {
  return carryOut(() => announce(counter, breaks), sentence, breaksBack(counter));
}

/** Follow an advice: the hub makes the move, and taking it back sets the counter as it was. */
export function accept(advice, counter, sentence) {
  const takeBack = { give: servicesBack, take: servicesBack, open: stateBack, break: breaksBack }[advice.kind];
  return carryOut(() => command("POST", `/advice/${encodeURIComponent(advice.id)}/accept`), sentence, takeBack(counter, "open"));
}

/** Turn an advice down for a reason by its code. */
export function decline(advice, reason) {
  return attempt(() => command("POST", `/advice/${encodeURIComponent(advice.id)}/decline`, { reason }));
}

/** A counter's coming breaks as the hub takes them: [{ start: "11:30", end: "12:15" }]. */
export function breaksOf(counter) {
  return (counter.breaks ?? []).map(({ start, end }) => ({ start: hhmm(start), end: hhmm(end) }));
}

function putServices({ number }, { own, help }) {
  return command("PUT", `/counters/${number}/services`, { own, help });
}

function putBreaks({ number }, breaks) {
  return command("PUT", `/counters/${number}/breaks`, { breaks });
}

// Where none is announced the rota's stand, whoever takes them away.
async function announce(counter, breaks) {
  const answer = await putBreaks(counter, breaks);
  const kept = startsOf(breaks);
  const dropped = startsOf(breaksOf(counter)).filter((start) => !kept.includes(start));
  if (!startsOf(breaksOf(answer.counter)).some((start) => dropped.includes(start))) return;
  throw new ApiError(409, { code: "in_rota", detail: t("This break is in the weekly rota: here it can be moved, not taken away.") });
}

function startsOf(breaks) {
  return breaks.map(({ start }) => start);
}

function post({ number }, verb, facts) {
  return command("POST", `/counters/${number}/${verb}`, facts);
}

function servicesBack(counter) {
  const former = { own: [...counter.own], help: [...counter.help] };
  return () => putServices(counter, former);
}

function breaksBack(counter) {
  const former = breaksOf(counter);
  return () => putBreaks(counter, former);
}

function stateBack(counter, verb) {
  const { state, until } = counter;
  const clerk = counter.clerk ? { clerk: counter.clerk.name } : {};
  return async () => {
    if (state === "closed") return post(counter, "close", {});
    if (state === "open" || verb === "close") await post(counter, "open", clerk);
    if (state === "paused") await post(counter, "pause", until ? { until } : {});
  };
}

async function carryOut(act, sentence, takeBack) {
  withdrawOffer();
  const refusal = await attempt(act);
  if (!refusal) offerUndo(sentence, takeBack);
  return refusal;
}

async function attempt(act) {
  try {
    await act();
    return null;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.message, "error");
    return error;
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
  if (!await attempt(takeBack)) toast(t("The change is undone."), "done");
}

function withdrawOffer() {
  if (!offer) return;
  clearTimeout(offer.timer);
  offer.bar.remove();
  offer = null;
}
