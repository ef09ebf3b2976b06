// A voice for read-aloud: the browser's own where it has one for the language on this machine, else the hub's.
// A voice that lives at its maker's (localService false) would need the internet and be told what a citizen reads.

import { command } from "/static/api.js";

export class Speech {
  #said = 0;
  #sound = new Audio();

  /** Say `pieces` [{text, language}] one after another, in the place of what is being said. Throws what keeps it from it. */
  async say(pieces) {
    this.stop();
    const turn = this.#said;
    for (const piece of pieces) {
      if (turn !== this.#said) return;
      await this.#one(piece, () => turn === this.#said);
    }
  }

  stop() {
    this.#said += 1;
    this.#sound.pause();
    globalThis.speechSynthesis?.cancel();
  }

  async #one({ text, language }, isWanted) {
    const voice = ownVoice(language);
    if (voice) return utter(text, voice);
    const { speech } = await command("POST", "/speak", { text, language });
    if (isWanted()) await this.#play(speech, isWanted);
  }

  async #play(address, isWanted) {
    const sound = this.#sound;
    sound.src = address;
    const over = new Promise((done, fail) => {
      for (const end of ["ended", "pause"]) sound.addEventListener(end, done, { once: true });
      sound.addEventListener("error", () => fail(sound.error), { once: true });
    });
    try {
      await sound.play();
      await over;
    } catch (error) {
      if (isWanted()) throw error; // interrupted by the next piece: nothing is wrong
    }
  }
}

function ownVoice(language) {
  return globalThis.speechSynthesis?.getVoices().find((voice) => voice.localService && voice.lang.startsWith(language));
}

function utter(text, voice) {
  return new Promise((done, fail) => {
    const words = Object.assign(new SpeechSynthesisUtterance(text), { voice, lang: voice.lang, rate: 0.9 });
    words.addEventListener("end", done);
    words.addEventListener("error", ({ error }) => (error === "canceled" || error === "interrupted" ? done() : fail(new Error(error))));
    speechSynthesis.speak(words);
  });
}
