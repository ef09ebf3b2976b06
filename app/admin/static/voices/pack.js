// The desk where the clip pack of one language is recorded, phrase by phrase, and heard back.

import { ApiError, command, get } from "/static/api.js";
import { el, replace, setText, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { openSheet } from "../sheet.js";
import { showTable } from "../table.js";
import { NEW_LANGUAGE, bodyOf } from "./description.js";
import { fromFile, record, whyNoMicrophone } from "./microphone.js";

const LONGEST_MS = 8_000;
const KINDS = {
  opening: t("begins every call"), again: t("begins a second call"), counter: t("before the counter"),
  digit: t("digit"), number: t("number"), letter: t("letter"),
};

/** Show the recordings of a language in `place`; `changed()` runs after each change. */
export async function openPack(place, code, { changed }) {
  const desk = new Desk(place, code, changed);
  await desk.load();
  place.hidden = false;
  place.scrollIntoView({ block: "start" });
}

class Desk {
  #place; #code; #changed; #facts = null; #phrase = null; #recording = null; #nodes = {}; #audio = new Audio(); #sounds = 0;

  constructor(place, code, changed) {
    [this.#place, this.#code, this.#changed] = [place, code, changed];
  }

  async load() {
    this.#facts = await get(this.#path());
    const { phrases } = this.#facts;
    const stillThere = phrases.find(({ phrase }) => phrase === this.#phrase?.phrase);
    this.#phrase = stillThere ?? phrases.find(({ recorded }) => !recorded) ?? phrases[0] ?? null;
    this.#draw();
  }

  #path(rest = "") {
    return `/voices/${encodeURIComponent(this.#code)}${rest}`;
  }

  #clip(phrase = this.#phrase.phrase) {
    return this.#path(`/clips?phrase=${encodeURIComponent(phrase)}`);
  }

  #draw() {
    const { name, own, needed, recorded } = this.#facts;
    replace(this.#place, el("div", { class: "pack", lang: null },
      el("div", { class: "pack-head" }, el("h2", {}, t("Recordings: %(name)s", { name })),
        el("span", { class: "pack-progress", role: "status", "data-progress": true },
          el("progress", { max: needed || 1, value: recorded, "aria-label": t("Recorded") }), t("%(recorded)s of %(needed)s phrases", { recorded, needed })),
        el("span", { class: "desk-row" },
          el("button", { type: "button", class: "button", onclick: () => this.#describe() }, own ? t("Change its texts") : t("Begin recordings")),
          own && el("button", { type: "button", class: "button button-danger", onclick: () => this.#removePack() }, t("Remove the recordings")))),
      own && this.#phrase && [this.#deskNode(), this.#tryNode(), this.#tableNode()]));
  }

  #deskNode() {
    const why = whyNoMicrophone();
    const { phrase, meaning, kind, recorded } = this.#phrase;
    const bar = el("div", { class: "level-bar" });
    const button = el("button", { type: "button", class: "button button-primary", "data-record": true, disabled: Boolean(why), "aria-pressed": "false",
      onclick: () => this.#press() }, recorded ? t("Record again") : t("Record"));
    const note = el("p", { role: "status", "data-note": true });
    this.#nodes = { bar, button, note };
    return el("div", { class: "desk" },
      el("p", { class: "quiet" }, `${KINDS[kind]}: ${meaning}`),
      el("p", { class: "desk-phrase", "data-phrase": phrase }, phrase),
      why && el("p", { class: "voices-problem", "data-no-microphone": why }, why === "insecure"
        ? t("This browser gives a page no microphone over plain http. Open this page on the hub's own computer at %(address)s, or set up HTTPS, or choose files that were recorded elsewhere.", { address: `http://localhost:${location.port || 80}/admin/voices` })
        : t("This browser has no microphone to give. Choose files that were recorded elsewhere.")),
      el("div", { class: "desk-row" }, button, el("div", { class: "level", "aria-hidden": "true" }, bar),
        this.#fileNode(),
        el("button", { type: "button", class: "button", "data-hear": true, disabled: !recorded, onclick: () => this.#hear() }, t("Hear it")),
        el("button", { type: "button", class: "button", disabled: !recorded, onclick: () => this.#forget() }, t("Delete")),
        el("button", { type: "button", class: "button", "data-next": true, onclick: () => this.#next() }, t("Next phrase"))),
      note);
  }

  #fileNode() {
    const input = el("input", { type: "file", accept: "audio/*,.wav", class: "visually-hidden", "data-upload": true });
    input.addEventListener("change", async () => {
      const [file] = input.files;
      if (file) await this.#take(() => fromFile(file));
    });
    return el("label", { class: "button file-button" }, t("Choose a file"), input);
  }

  #tryNode() {
    const number = el("input", { value: "A023", maxlength: 8, "aria-label": t("Number") });
    const counter = el("input", { value: "3", inputmode: "numeric", maxlength: 2, "aria-label": t("Counter") });
    return el("form", { class: "try-call", onsubmit: (event) => {
      event.preventDefault();
      this.#play(this.#path(`/try.wav?number=${encodeURIComponent(number.value.trim())}&counter=${encodeURIComponent(counter.value.trim())}`));
    } }, number, counter, el("button", { class: "button", "data-try": true }, t("Try a call")));
  }

  #tableNode() {
    const place = el("div", { class: "phrases" });
    showTable(place, {
      rows: this.#facts.phrases, key: ({ phrase }) => phrase, open: (row) => this.#choose(row), empty: t("Nothing is to be recorded."),
      columns: [
        { title: t("Phrase"), cell: ({ phrase }) => phrase },
        { title: t("In Vietnamese"), cell: ({ meaning, kind }) => `${meaning} (${KINDS[kind]})` },
        { title: t("Recording"), cell: ({ recorded }) => (recorded ? el("span", { class: "mark mark-done" }, t("recorded")) : el("span", { class: "mark" }, t("missing"))) },
      ],
    });
    for (const row of place.querySelectorAll("tr[data-key]")) row.toggleAttribute("aria-current", row.dataset.key === this.#phrase.phrase);
    return place;
  }

  #choose(row) {
    if (this.#recording) return;
    this.#phrase = row;
    this.#draw();
    this.#nodes.button.focus();
  }

  #next() {
    const { phrases } = this.#facts;
    const at = phrases.findIndex(({ phrase }) => phrase === this.#phrase.phrase);
    const after = [...phrases.slice(at + 1), ...phrases.slice(0, at)];
    this.#choose(after.find(({ recorded }) => !recorded) ?? after[0] ?? this.#phrase);
  }

  async #press() {
    if (this.#recording) return this.#stop();
    const { bar, button, note } = this.#nodes;
    setText(note, t("The browser asks for the microphone …"));
    try {
      this.#recording = await record((peak) => {
        bar.style.setProperty("--level", Math.min(1, peak));
        bar.classList.toggle("too-loud", peak > 0.98);
      });
    } catch (error) {
      setText(note, t("There is no microphone: %(why)s", { why: error.message }));
      return null;
    }
    button.setAttribute("aria-pressed", "true");
    setText(button, t("Stop"));
    setText(note, t("Speak now, then press “Stop”."));
    setTimeout(() => button.isConnected && this.#recording && this.#stop(), LONGEST_MS - 500);
    return null;
  }

  async #stop() {
    const recording = this.#recording;
    this.#recording = null;
    await this.#take(() => recording.stop());
  }

  async #take(make) {
    const { note } = this.#nodes;
    const before = this.#sounds;
    try {
      const wav = await make();
      await upload(this.#clip(), wav);
    } catch (error) {
      setText(note, error instanceof ApiError ? error.message : t("This file is not understood: %(why)s", { why: error.message }));
      const { button } = this.#nodes;
      button.setAttribute("aria-pressed", "false");
      setText(button, t("Record again"));
      return;
    }
    await this.#reload();
    setText(this.#nodes.note, t("Kept. Listen: is it clear and whole?"));
    if (before === this.#sounds) await this.#hear(); // else something else was asked for meanwhile
  }

  async #reload() {
    await this.load();
    await this.#changed();
  }

  #hear() {
    return this.#play(this.#clip());
  }

  // A sound that the browser will not play is told of, and not thrown: the recording is kept all the same.
  async #play(path) {
    this.#sounds += 1;
    const turn = this.#sounds;
    this.#audio.src = `/api/v1${path}${path.includes("?") ? "&" : "?"}at=${Date.now()}`;
    try {
      await this.#audio.play();
      this.#place.dataset.played = path;
    } catch (error) {
      if (turn !== this.#sounds) return; // the next sound took its place
      const answer = await fetch(this.#audio.src);
      const words = answer.ok ? error.message : (await answer.json()).detail;
      setText(this.#nodes.note, words);
    }
  }

  async #forget() {
    await command("DELETE", this.#clip());
    await this.#reload();
  }

  async #removePack() {
    if (!confirm(t("Remove all recordings of %(name)s? This cannot be taken back.", { name: this.#facts.name }))) return;
    await command("DELETE", this.#path());
    this.#place.hidden = true;
    toast(t("The recordings are removed."), "done");
    await this.#changed();
  }

  #describe() {
    const { description, name } = this.#facts;
    const { opening, to_counter: toCounter, region } = description;
    openSheet({
      title: name, value: { name, region, opening: [opening].flat().join(" "), to_counter: toCounter },
      groups: [{ fields: NEW_LANGUAGE.filter((field) => field.name !== "code") }],
      save: (facts) => command("PUT", this.#path(), { ...kept(description), ...bodyOf(facts) }),
      saved: () => this.#reload(),
    });
  }
}

// What this form does not show stays as it was.
function kept({ letters, digits, numbers, espeak }) {
  return bodyOf({ letters: letters ?? {}, digits: digits ?? null, numbers: numbers ?? {}, espeak: espeak ?? null });
}

async function upload(path, wav) {
  const answer = await fetch(`/api/v1${path}`, { method: "PUT", body: wav, headers: { "Content-Type": "audio/wav" } });
  if (!answer.ok) throw new ApiError(answer.status, await answer.json());
}
