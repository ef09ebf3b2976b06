// What is said aloud: the hub's own sound; the browser's voice only where there is none, and only one of this machine:
// a voice that lives at its maker's would need the internet, and be told what citizens ask.

import { command } from "/static/api.js";

export class Voice {
  #turn = 0;
  #sound = new Audio();

  /** `onTalk(true)` while something is heard, `onTalk(false)` after it. */
  constructor(onTalk) {
    this.onTalk = onTalk;
    this.#sound.addEventListener("playing", () => onTalk(true));
    for (const end of ["ended", "pause", "error"]) this.#sound.addEventListener(end, () => onTalk(false));
  }

  /** `speech`: the address of the sound; undefined asks the hub for one, null says that there is none. */
  async say({ text, speech, language }) {
    this.stop();
    const turn = this.#turn;
    const address = speech === undefined ? await made(text, language) : speech;
    if (turn !== this.#turn) return;
    if (!address) return this.#bySelf(text, language);
    this.#sound.src = address;
    try {
      await this.#sound.play();
    } catch {
      // Not allowed before the first touch, or the line is down: what is said stands on the screen in any case.
      this.onTalk(false);
    }
  }

  stop() {
    this.#turn += 1;
    this.#sound.pause();
    globalThis.speechSynthesis?.cancel();
    this.onTalk(false);
  }

  #bySelf(text, language) {
    const voice = globalThis.speechSynthesis?.getVoices().find((each) => each.localService && each.lang.startsWith(language));
    if (!voice) return;
    const words = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang, rate: 0.9 });
    words.addEventListener("start", () => this.onTalk(true));
    for (const end of ["end", "error"]) words.addEventListener(end, () => this.onTalk(false));
    speechSynthesis.speak(words);
  }
}

async function made(text, language) {
  try {
    return (await command("POST", "/speak", { text, language })).speech;
  } catch {
    return null; // no voice for this language, or no line: the caption says it
  }
}
