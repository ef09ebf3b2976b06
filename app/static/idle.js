// Back to the start for the next citizen when nobody has touched the screen for a while, with a warning before.
// The warning stands for 20 s and any touch takes it back: WCAG 2.2, success criterion 2.2.1 (timing adjustable).

const LIMIT_MS = 30_000;
export const WARNING_MS = 20_000;
const TICK_MS = 250;

/** Calls `warn(secondsLeft)` during the last 20 s, `warn(null)` when they are over or taken back, `leave()` at the end. */
export class Idle {
  /** How many times as long, for whoever is there and needs it. */
  pace = 1;
  #limit = LIMIT_MS;
  #touched = 0;
  #timer = null;
  #shown = null;

  constructor({ warn, leave, spares = null }) {
    this.warn = warn;
    this.leave = leave;
    // A touch on the warning itself is answered by its button, which must still be there when the finger is lifted.
    for (const sign of ["pointerdown", "keydown"]) {
      addEventListener(sign, ({ target }) => spares?.contains(target) || this.touch(), { capture: true });
    }
  }

  /** Somebody is there. */
  touch() {
    this.#touched = performance.now();
    if (this.#timer) this.#look();
  }

  /** Begin anew; `limit` (ms) where a screen takes longer to be done with. */
  start(limit = LIMIT_MS) {
    this.#limit = limit;
    this.touch();
    this.#timer ??= setInterval(() => this.#look(), TICK_MS);
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#show(null);
  }

  #look() {
    const left = this.#touched + this.#limit * this.pace - performance.now();
    if (left <= 0) {
      this.stop();
      this.leave();
    } else this.#show(left <= WARNING_MS ? Math.ceil(left / 1000) : null);
  }

  #show(seconds) {
    if (seconds === this.#shown) return;
    this.#shown = seconds;
    this.warn(seconds);
  }
}
