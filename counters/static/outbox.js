// What a clerk tells besides the presses (dossiers, a reason, a break). It waits for no press and no press waits for it:
// one message after the other, each delivered exactly once, kept over a broken line and over a reload.

import { ApiError, command } from "/static/api.js";
import { freshKey, pause, undelivered } from "/static/counters/presses.js";

const STORED = "toiluot.outbox";
const ANOTHER_TRY_MS = 3000;

/** `settled(message, {answer} or {error})` once for each; a message is {method, path, body} and what `settled` wants to know. */
export class Outbox {
  constructor(settled) {
    this.settled = settled;
    this.messages = JSON.parse(sessionStorage.getItem(STORED) ?? "[]");
    this.working = false;
    this.returns = new EventTarget();
  }

  send(message) {
    this.messages.push({ ...message, key: freshKey() });
    this.keep();
    this.work();
  }

  /** The line is back: do not wait for the next regular try. */
  lineBack() {
    this.returns.dispatchEvent(new Event("back"));
    this.work();
  }

  async work() {
    if (this.working) return;
    this.working = true;
    while (this.messages.length) {
      const outcome = await this.deliver(this.messages[0]);
      const message = this.messages.shift();
      this.keep();
      this.settled(message, outcome);
    }
    this.working = false;
  }

  async deliver({ method, path, body, key }) {
    for (;;) {
      try {
        return { answer: await command(method, path, body, { key }) };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (!undelivered(error)) return { error };
      }
      await Promise.race([pause(ANOTHER_TRY_MS), this.lineReturns()]);
    }
  }

  lineReturns() {
    return new Promise((resolve) => this.returns.addEventListener("back", resolve, { once: true }));
  }

  keep() {
    sessionStorage.setItem(STORED, JSON.stringify(this.messages));
  }
}
