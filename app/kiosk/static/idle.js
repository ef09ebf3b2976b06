// Back to the start for the next citizen when nobody has touched the screen for a while, with a warning before.

const LIMIT_MS = 30_000;
const WARNING_MS = 10_000;
const TICK_MS = 250;

/** Calls `warn(secondsLeft)` during the last ten seconds, `warn(null)` when they are over or taken back, `leave()` at the end. */
export class Idle {
  #limit = LIMIT_MS;
  #touched = 0;
  #timer = null;
  #shown = null;

  constructor({ warn, leave }) {
    this.warn = warn;
    this.leave = leave;
    for (const sign of ["pointerdown", "keydown"]) addEventListener(sign, () => this.touch(), { capture: true });
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
    const left = this.#touched + this.#limit - performance.now();
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
