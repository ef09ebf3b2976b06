// The voice of a screen. It may be off, refused by the browser, late or broken; it never holds up the picture.

import { chime, chimeMayPlay, wakeChime } from "/static/displays/chime.js";

const LOAD_LIMIT_MS = 4000; // a sound that has not begun by then is given up
const STALL_LIMIT_MS = 4000; // and so is one that stops on its way

/** `onChange(voice)` runs when `voice.blocked` changed: the browser wants a touch before it plays. */
export class Voice {
  constructor({ on, onChange }) {
    this.on = on;
    this.onChange = onChange;
    this.blocked = on && !chimeMayPlay();
    for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, () => this.unblock());
  }

  unblock() {
    wakeChime();
    this.setBlocked(false);
  }

  setBlocked(blocked) {
    if (this.blocked === blocked) return;
    this.blocked = blocked;
    this.onChange(this);
  }

  /** Load a call's sound early, while others are still being announced. */
  prepare(call) {
    if (!this.on || !call.audio) return SILENCE;
    const audio = new Audio();
    audio.preload = "auto";
    audio.src = call.audio;
    // A sentence that has begun is finished: half a number would only confuse.
    return { play: () => this.speak(audio), drop: () => audio.currentTime > 0 || release(audio) };
  }

  async speak(audio) {
    const outcome = await playedToItsEnd(audio);
    release(audio);
    if (outcome === "blocked") this.setBlocked(true);
    if (outcome === "broken") chime();
  }
}

const SILENCE = { play: async () => {}, drop: () => {} };

const FAILURES = { NotAllowedError: "blocked", AbortError: "dropped" };

/** Resolves with "ended", "dropped", "blocked" or "broken". */
function playedToItsEnd(audio) {
  return new Promise((resolve) => {
    let watchdog = setTimeout(() => resolve("broken"), LOAD_LIMIT_MS);
    const settle = (outcome) => {
      clearTimeout(watchdog);
      resolve(outcome);
    };
    audio.addEventListener("timeupdate", () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => resolve("broken"), STALL_LIMIT_MS);
    });
    audio.addEventListener("ended", () => settle("ended"));
    audio.addEventListener("emptied", () => settle("dropped"));
    audio.addEventListener("error", () => settle("broken"));
    audio.play().catch((error) => settle(FAILURES[error.name] ?? "broken"));
  });
}

// Without this a browser keeps the sound in memory, and a late one might still begin.
function release(audio) {
  audio.pause();
  audio.removeAttribute("src");
  audio.load();
}
