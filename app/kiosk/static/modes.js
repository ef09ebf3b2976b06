// Two ways to use the kiosk for who sees little or nothing: larger type, and everything read aloud. Each citizen's own.

import { el, replace } from "/static/dom.js";
import { Aloud } from "/static/kiosk/aloud.js";
import { sign } from "/static/kiosk/pieces.js";
import { speakerOf } from "/static/citizen-words.js";

const SLOWER = 2; // reading large type, or by ear, takes longer
const SIZES = [1.4, 1.3, 1.2, 1.1, 1]; // times the usual type
const SLACK_PX = 1;

export class Modes {
  large = false;
  #extended = 1;
  #silent = false;

  /** `kiosk` gives t, idle, and the screen to lay out anew. */
  constructor(kiosk, place) {
    this.kiosk = kiosk;
    this.place = place;
    this.aloud = new Aloud({
      place: place.screen,
      t: () => kiosk.t,
      onSaid: () => kiosk.idle.touch(), // whoever listens does not touch
      onTrouble: () => this.#noVoice(),
      exempt: (target) => place.aloud.contains(target) || place.idle.contains(target),
    });
    place.large.addEventListener("click", () => this.setLarge(!this.large));
    place.aloud.addEventListener("click", () => this.setAloud(!this.aloud.on));
  }

  /** As it is for the next citizen. */
  reset() {
    this.#extended = 1;
    this.#silent = false;
    this.setLarge(false);
    this.setAloud(false);
  }

  setLarge(on) {
    const isNews = this.large !== on;
    this.large = on;
    document.body.toggleAttribute("data-large", on);
    if (isNews) this.fit();
    this.#pace();
  }

  /** The largest type with which all of the present screen is seen: called whenever there is another, or more on it. */
  fit() {
    const { screen } = this.kiosk;
    if (!this.large) return size(1, screen);
    for (const times of SIZES) {
      size(times, screen);
      if (screen && hasRoom(screen.node)) return;
    }
  }

  /** Something on the present screen became longer: laid out anew only where it needs to be, or what was touched would go. */
  keepRoom() {
    if (this.large && this.kiosk.screen && !hasRoom(this.kiosk.screen.node)) this.fit();
  }

  setAloud(on) {
    this.#silent = false;
    this.aloud.turn(on);
    this.#pace();
  }

  /** Twice as long from now on, for the citizen who asks for it. */
  extend() {
    this.#extended *= 2;
    this.#pace();
    this.kiosk.idle.touch();
  }

  /** The buttons' words, in `languages`. */
  label(languages) {
    this.languages = languages;
    const { large, aloud } = this.place;
    replace(large, sign("type"), ...words(languages, "Large text"));
    replace(aloud, sign("sound"), ...words(languages, this.#silent ? "No voice now" : "Read aloud"));
    large.setAttribute("aria-pressed", String(this.large));
    aloud.setAttribute("aria-pressed", String(this.aloud.on));
  }

  #pace() {
    this.kiosk.idle.pace = this.#extended * (this.large || this.aloud.on ? SLOWER : 1);
    if (this.languages) this.label(this.languages);
  }

  #noVoice() {
    this.#silent = true;
    this.#pace();
  }
}

function size(times, screen) {
  document.body.style.setProperty("--type", times);
  screen?.refit?.();
}

/** Does `node` hold its parts, each part its own, and each button its words? */
export function hasRoom(node) {
  return [node, ...node.children, ...node.querySelectorAll("button")].every(holdsItsWords);
}

function holdsItsWords({ clientWidth, clientHeight, scrollWidth, scrollHeight }) {
  return clientHeight === 0 || (scrollHeight <= clientHeight + SLACK_PX && scrollWidth <= clientWidth + SLACK_PX);
}

function words(languages, msgid) {
  return [el("span", {}, languages.map((language) => el("span", { lang: language }, speakerOf(language)(msgid))))];
}
