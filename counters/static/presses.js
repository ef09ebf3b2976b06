// One press at a time, delivered exactly once: kept over a broken line and over a reload, always under its first key.

import { ApiError, command } from "/static/api.js";

const STORED = "toiluot.press";
// Nobody has read the new number within a second: a second press on "next" so soon is the same press, made twice.
const DOUBLE_PRESS_MS = 1000;
const ANOTHER_TRY_MS = 3000;
const CALLS = new Set(["next", "call"]);

/**
 * `changed()` after each change of `pending`; `settled(press, {answer} or {error})` once for each press.
 * A press is {verb, path, body, number, at} and, while the hub is out of reach for long, `stuck`.
 */
export class Presses {
  constructor(changed, settled) {
    this.changed = changed;
    this.settled = settled;
    this.pending = null;
    this.resting = false;
    this.returns = new EventTarget();
  }

  /** Take a press; false while another one is under way or has only just called somebody. */
  begin(press) {
    if (this.pending || (this.resting && CALLS.has(press.verb))) return false;
    this.take({ ...press, key: freshKey() });
    return true;
  }

  /** A press that the page had under way when it was closed or loaded again. */
  resume() {
    const stored = sessionStorage.getItem(STORED);
    if (stored) this.take(JSON.parse(stored));
  }

  /** The line is back: do not wait for the next regular try. */
  lineBack() {
    this.returns.dispatchEvent(new Event("back"));
  }

  take(press) {
    this.pending = press;
    sessionStorage.setItem(STORED, JSON.stringify(press));
    this.changed();
    this.deliver(press);
  }

  async deliver(press) {
    for (;;) {
      try {
        const answer = await Promise.race([send(press), this.lineReturns().then(() => send(press))]);
        return this.settle(press, { answer });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!undelivered(error)) return this.settle(press, { error });
      }
      press.stuck = true;
      this.changed();
      await Promise.race([this.lineReturns(), pause(ANOTHER_TRY_MS)]);
    }
  }

  settle(press, outcome) {
    if (outcome.answer?.ticket && CALLS.has(press.verb)) this.rest();
    this.settled(press, outcome);
    this.pending = null;
    sessionStorage.removeItem(STORED);
    this.changed();
  }

  rest() {
    this.resting = true;
    setTimeout(() => {
      this.resting = false;
      this.changed();
    }, DOUBLE_PRESS_MS);
  }

  lineReturns() {
    return new Promise((resolve) => this.returns.addEventListener("back", resolve, { once: true }));
  }
}

function send({ path, body, key }) {
  return command("POST", path, body, { key });
}

/** The hub was not there (or a proxy said so): the press may or may not have arrived, so the same key goes again. */
export function undelivered(error) {
  return error.status === 0 || error.status === 502 || error.status === 504;
}

/** Resolves after `ms`. */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A key for one press; crypto.randomUUID is missing on plain http in a local network. */
export function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
