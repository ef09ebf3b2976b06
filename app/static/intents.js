// Tickets that were asked for and not yet answered. Written down before the first try, so that neither a lost answer
// nor a power cut at the kiosk leaves a number that nobody holds, or gives two for one press.

import { ApiError, command } from "/static/api.js";

const STORE = "toiluot.kiosk.intents";
const AGAIN_AFTER_MS = 1000;
const STALE_MS = 120_000; // longer than any citizen waits: the window that asked is gone

// Two kiosks may be two windows of one browser; each settles its own, and what a closed one left.
const WINDOW = sessionStorage.getItem("toiluot.kiosk.window") ?? newKey();
sessionStorage.setItem("toiluot.kiosk.window", WINDOW);

/** A new intent: one key for one press. `body` is what POST /tickets takes. */
export function intend(body) {
  const intent = { key: newKey(), body, window: WINDOW, at: Date.now() };
  keep([...kept(), intent]);
  return intent;
}

/** Ask for the ticket, as often as need be. Answers it; throws ApiError. */
export async function fulfil(intent) {
  try {
    return await command("POST", "/tickets", intent.body, { key: intent.key });
  } catch (error) {
    if (isRefusal(error)) forget(intent);
    throw error;
  }
}

/** Ask until there is an answer: api.js gives up after some seconds, but the citizen is still here. The key stays the same.
 *  Answers null where `isOver()`: whoever asked has left, and the intent stays written down, to be settled. */
export async function untilFulfilled(intent, isOver) {
  while (!isOver()) {
    try {
      const ticket = await fulfil(intent);
      if (isOver()) break;
      forget(intent);
      return ticket;
    } catch (error) {
      if (isRefusal(error) || !(error instanceof ApiError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
    }
  }
  return null;
}

/** The hub said no: there is certainly no ticket. Anything else may have given one. */
export function isRefusal(error) {
  return error instanceof ApiError && error.status >= 400 && error.status < 500;
}

/** Nobody waits any more for the tickets written down, but for `except`: learn what became of them, and cancel them. */
export async function settleAbandoned(except = null) {
  for (const intent of kept().filter((each) => each.key !== except?.key && isAbandoned(each))) {
    try {
      const ticket = await command("POST", "/tickets", intent.body, { key: intent.key });
      await command("POST", `/tickets/${ticket.id}/cancel`, {}, { key: `${intent.key}-cancel` });
    } catch (error) {
      if (!isRefusal(error)) return; // the line is down again: at the next return
    }
    forget(intent);
  }
}

function isAbandoned({ window, at }) {
  return window === WINDOW || Math.abs(Date.now() - at) > STALE_MS;
}

/** The citizen has the number before their eyes. */
export function forget(intent) {
  keep(kept().filter(({ key }) => key !== intent.key));
}

function kept() {
  return JSON.parse(localStorage.getItem(STORE) ?? "[]");
}

function keep(intents) {
  localStorage.setItem(STORE, JSON.stringify(intents));
}

// Not crypto.randomUUID: a kiosk opened as http://192.168.1.10 does not have it.
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
