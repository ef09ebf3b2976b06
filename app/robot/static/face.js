// The face: it looks where somebody touches, blinks, and moves its mouth while it speaks. Calm when less motion is wished.

const BLINK_MS = [3200, 6800];
const CLOSED_MS = 130;
const FARTHEST = 9; // of the drawing's own units
const GAZE_RESTS_MS = 2500;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Face {
  #resting = null;

  constructor(node) {
    this.node = node;
    this.eyes = node.querySelector(".face-eyes");
    addEventListener("pointerdown", (event) => this.#lookAt(event));
    addEventListener("pointermove", (event) => event.pointerType === "mouse" && this.#lookAt(event));
    this.#blink();
  }

  /** "calm", "listening", "thinking", "speaking", "happy" or "away". */
  set mood(mood) {
    this.node.dataset.mood = mood;
  }

  get mood() {
    return this.node.dataset.mood;
  }

  #lookAt({ clientX, clientY }) {
    if (still.matches) return;
    const { left, top, width, height } = this.node.getBoundingClientRect();
    const x = clientX - (left + width / 2);
    const y = clientY - (top + height / 2);
    const far = Math.hypot(x, y) || 1;
    const reach = Math.min(1, far / Math.max(width, 1)) * FARTHEST;
    this.#gaze((x / far) * reach, (y / far) * reach);
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#gaze(0, 0), GAZE_RESTS_MS);
  }

  #gaze(x, y) {
    this.eyes.style.setProperty("--x", `${x.toFixed(1)}px`);
    this.eyes.style.setProperty("--y", `${y.toFixed(1)}px`);
  }

  #blink() {
    const [least, most] = BLINK_MS;
    setTimeout(() => {
      if (!still.matches && this.mood !== "away") {
        this.eyes.classList.add("face-closed");
        setTimeout(() => this.eyes.classList.remove("face-closed"), CLOSED_MS);
      }
      this.#blink();
    }, least + Math.random() * (most - least));
  }
}
