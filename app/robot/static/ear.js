// Listening, where the browser can. Some browsers send what they hear to their maker: docs/robots.md says so to the centre.

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
export const canListen = Boolean(Recognition);

export class Ear {
  #listening = null;

  /** `heard(text)` once at the end, `hearing(text)` meanwhile, `failed()` when nothing came, `onChange(isListening)`. */
  constructor(callbacks) {
    this.callbacks = callbacks;
  }

  get isListening() {
    return this.#listening !== null;
  }

  listen(language) {
    this.stop();
    const ear = new Recognition();
    let said = "";
    let final = false;
    Object.assign(ear, {
      lang: language === "en" ? "en-US" : "vi-VN",
      interimResults: true,
      onresult: ({ results }) => {
        said = [...results].map(([best]) => best.transcript).join(" ").trim();
        this.callbacks.hearing(said);
      },
      onerror: () => (said = ""),
      onend: () => {
        if (final) return;
        final = true;
        this.#listening = null;
        this.callbacks.onChange(false);
        if (said) this.callbacks.heard(said);
        else this.callbacks.failed();
      },
    });
    this.#listening = ear;
    this.callbacks.onChange(true);
    ear.start();
  }

  stop() {
    this.#listening?.stop();
  }
}
