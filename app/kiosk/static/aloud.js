// Read aloud: each screen as it comes, each choice when it is reached; a second touch on it then chooses.

import { Speech } from "/static/kiosk/speech.js";

const QUIET_MS = 300; // a screen that is still being laid out is read once
const LONGEST = 500; // characters of one piece
const TEXTS = "h1, h2, h3, p, li";

export class Aloud {
  on = false;
  #speech = new Speech();
  #armed = null;
  #news = new Set();
  #timer = null;

  /** `place`: where the screens come; `t()`: the translator in force; `onPiece`, `onTrouble`: what to do then. */
  constructor({ place, t, onSaid, onTrouble, exempt }) {
    Object.assign(this, { place, t, onSaid, onTrouble, exempt });
    new MutationObserver((changes) => this.#changed(changes)).observe(place, { childList: true, subtree: true });
    addEventListener("click", (event) => this.on && this.#touched(event), { capture: true });
    addEventListener("focusin", ({ target }) => this.on && target.matches("button:focus-visible") && this.say(wordsOf(target)));
  }

  turn(on) {
    this.on = on;
    this.#disarm();
    this.#news.clear();
    if (on) this.say(this.#screen(this.place));
    else this.#speech.stop();
  }

  /** Say pieces [{text, language}] that a citizen has asked for: hearing them is being there. */
  async say(pieces) {
    if (await this.tell(pieces)) this.onSaid();
  }

  /** Say pieces unasked. Answers whether anything was said. */
  async tell(pieces) {
    if (!this.on || !pieces.length) return false;
    try {
      await this.#speech.say(pieces);
      return true;
    } catch (error) {
      this.turn(false);
      this.onTrouble(error);
      return false;
    }
  }

  #changed(changes) {
    if (!this.on) return;
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) this.#news.add(node);
    clearTimeout(this.#timer);
    if (this.#news.size) this.#timer = setTimeout(() => this.#tellNews(), QUIET_MS);
  }

  #tellNews() {
    const fresh = [...this.#news].filter((node) => node.isConnected);
    this.#news.clear();
    this.say(fresh.filter((node) => !fresh.some((other) => other !== node && other.contains(node))).flatMap((node) => this.#screen(node)));
  }

  /** All the texts of `node`, then what there is to choose from. */
  #screen(node) {
    const texts = [...(node.matches(TEXTS) ? [node] : []), ...node.querySelectorAll(TEXTS)];
    const choices = [...node.querySelectorAll(".kiosk-choices button")].filter((each) => each.checkVisibility());
    return [
      ...texts.filter((each) => !each.closest("button") && each.checkVisibility()).flatMap(wordsOf),
      ...choices.flatMap((each) => wordsOf(each.querySelector("strong") ?? each)),
      ...(choices.length ? [this.#piece("Touch a choice to hear it, touch it again to choose it.")] : []),
    ];
  }

  // A press of a key (detail 0) chooses at once: its focus has been read.
  #touched(event) {
    if (event.detail === 0 || this.exempt(event.target)) return;
    const button = event.target.closest("button");
    if (button && button === this.#armed) return this.#disarm();
    this.#disarm();
    if (button) this.#arm(button, event);
    else this.say(wordsOf(event.target.closest(TEXTS)));
  }

  #arm(button, event) {
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#armed = button;
    button.toggleAttribute("data-armed", true);
    this.say([...wordsOf(button), this.#piece("Touch again to choose.")]);
  }

  #disarm() {
    this.#armed?.removeAttribute("data-armed");
    this.#armed = null;
  }

  #piece(msgid) {
    return { text: this.t()(msgid), language: document.documentElement.lang };
  }
}

/** What is read on a node, with the language that it is in; nothing where there are no words. */
function wordsOf(node) {
  const text = (node?.innerText ?? "").replace(/\s*\n\s*/g, ". ").trim().slice(0, LONGEST);
  return text ? [{ text, language: node.closest("[lang]").lang }] : [];
}
