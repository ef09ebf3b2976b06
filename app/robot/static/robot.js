// A robot on a screen: asked by voice, by keys or by touch, it answers in words and sound, and does what a kiosk does.
// A panel is a function of the robot that answers {name, node, update?(), close?(), lasting?, intent?}.

import { ApiError, command } from "/static/api.js";
import { languageOf, OWN_NAMES, speakerOf, textOf } from "/static/citizen-words.js";
import { el, replace, setText } from "/static/dom.js";
import { applySnapshot, emptyState } from "/static/hall-state.js";
import { Idle } from "/static/idle.js";
import { settleAbandoned } from "/static/intents.js";
import { follow } from "/static/link.js";
import { data, version } from "/static/page.js";
import { sign } from "/static/sign.js";
import { answerPanel } from "/static/robot/answer-panel.js";
import { awayPanel } from "/static/robot/away-panel.js";
import { canListen, Ear } from "/static/robot/ear.js";
import { Face } from "/static/robot/face.js";
import { homePanel } from "/static/robot/home-panel.js";
import { scanned } from "/static/robot/scanned.js";
import { typePanel } from "/static/robot/type-panel.js";
import { Voice } from "/static/robot/voice.js";
import { listenToScanner } from "/static/wedge.js";

const PATIENCE_MS = 60_000;
const OFFLINE_AFTER_MS = 2000; // a restart of the hub that is quicker needs no words
const RENEWED = "toiluot.robot.loaded-for";

const place = Object.fromEntries(
  ["centre", "languages", "face", "said", "heard", "panel", "home", "idle", "timer", "type", "talk"]
    .map((name) => [name, document.querySelector(`.robot-${name}`)]));

class Robot {
  hall = emptyState();
  online = true;
  panel = null;
  priority = null;
  everyday = data.everyday;

  constructor() {
    applySnapshot(this.hall, data.hall);
    this.face = new Face(place.face);
    this.voice = new Voice((isTalking) => this.#talking(isTalking));
    this.ear = new Ear({
      hearing: (text) => this.#hearing(text),
      heard: (text) => this.ask(text),
      failed: () => this.say(this.t("I did not hear anything. Please say it again, or type it.")),
      onChange: (isListening) => this.#listening(isListening),
    });
    this.idle = new Idle({ warn: (seconds) => this.#warn(seconds), leave: () => this.home() });
    place.home.addEventListener("click", () => this.home(this.language));
    place.type.addEventListener("click", () => this.show(typePanel));
    place.face.addEventListener("click", () => this.#touched());
    place.talk.addEventListener("click", () => this.#touched());
    addEventListener("keydown", ({ key }) => key === "Escape" && this.home(this.language));
    listenToScanner((text) => scanned(this, text));
    this.home();
    follow("hall", {
      onSnapshot: (hall) => this.#hallChanged(hall),
      onEvent: (hall, event) => this.#hallChanged(hall, event),
      onForecast: (hall) => this.#hallChanged(hall),
      onLink: ({ online }) => this.#lineChanged(online),
    });
    settleAbandoned();
  }

  // What it says

  /** Show `text` large and say it; `speech` as voice.js has it. */
  say(text, speech) {
    setText(place.said, text);
    place.said.dataset.long = String(text.length > 120);
    place.said.lang = this.language;
    this.voice.say({ text, speech, language: this.language });
  }

  /** Show `text` without a sound. */
  write(text) {
    this.voice.stop();
    setText(place.said, text);
    place.said.dataset.long = "false";
  }

  text(thing, field) {
    return textOf(thing, field, this.language);
  }

  languageOf(thing, field) {
    return languageOf(thing, field, this.language);
  }

  // Where it is

  home(language = this.hall.centre.languages?.[0] ?? "vi") {
    this.priority = null;
    this.ticket = null;
    this.ear.stop();
    this.speak(language);
    this.show(this.online ? homePanel : awayPanel);
    this.write(this.online ? this.t("Hello. What do you need done?") : this.t("The line is down. Please wait a moment."));
    this.face.mood = this.online ? "calm" : "away";
    if (language === this.hall.centre.languages?.[0]) this.idle.stop(); // else the next citizen finds the usual language
    if (this.online) this.#renew();
  }

  show(panelOf, details = {}) {
    this.panel?.close?.();
    this.panel = panelOf(this, details);
    replace(place.panel, this.panel.node);
    document.body.dataset.panel = this.panel.name;
    place.home.hidden = this.panel.name === "home" || this.panel.name === "away";
    place.heard.hidden = true;
    this.#waysToAsk();
    if (this.panel.lasting) this.idle.stop();
    else this.idle.start(PATIENCE_MS);
  }

  #waysToAsk() {
    place.type.hidden = this.panel.name === "type" || !this.online;
    place.talk.hidden = !canListen || !this.online;
  }

  speak(language) {
    this.language = language;
    this.t = speakerOf(language);
    document.documentElement.lang = language;
    setText(place.centre, this.text(this.hall.centre, "name"));
    place.centre.lang = this.languageOf(this.hall.centre, "name");
    place.face.setAttribute("aria-label", canListen ? this.t("Talk to me") : this.t("Type to me"));
    replace(place.home, sign("back"), this.t("Back to the start"));
    replace(place.type, sign("search"), this.t("Type to me"));
    replace(place.talk, sign("mic"), this.t("Talk to me"));
    this.#languages();
  }

  #languages() {
    const languages = this.hall.centre.languages ?? [];
    replace(place.languages, languages.length < 2 ? null : languages.map((each) =>
      el("button", { type: "button", lang: each, "aria-pressed": String(each === this.language),
        onclick: () => this.home(each) }, OWN_NAMES[each] ?? each)));
  }

  // What is asked

  async ask(text) {
    this.ear.stop();
    this.voice.stop();
    this.face.mood = "thinking";
    setText(place.said, this.t("One moment…"));
    try {
      const body = { text: text.slice(0, 300), language: this.language };
      if (this.ticket) body.ticket = this.ticket;
      const answer = await command("POST", "/ask", body);
      this.show(answerPanel, { answer });
      setText(place.heard, this.t("You: %(text)s", { text }));
      place.heard.hidden = false;
      this.face.mood = "calm";
      this.say(answer.text, answer.speech);
    } catch (error) {
      this.trouble(error);
    }
  }

  /** Something was refused, or the hub is not there. */
  trouble(error) {
    if (!(error instanceof ApiError)) throw error;
    this.face.mood = "calm";
    if (error.status === 0 || error.status >= 500) this.write(this.t("The line is down. Please wait a moment."));
    else this.say(error.detail || this.t("This did not work. Please ask the staff."));
  }

  #touched() {
    if (!this.online) return;
    if (!canListen) this.show(typePanel);
    else if (this.ear.isListening) this.ear.stop();
    else {
      this.voice.stop();
      this.ear.listen(this.language);
    }
  }

  #hearing(text) {
    setText(place.heard, text);
    place.heard.hidden = !text;
    this.idle.touch();
  }

  #listening(isListening) {
    place.talk.setAttribute("aria-pressed", String(isListening));
    if (!isListening && this.face.mood !== "listening") return;
    this.face.mood = isListening ? "listening" : "calm";
    if (isListening) this.write(this.t("I am listening…"));
  }

  #talking(isTalking) {
    if (isTalking) this.face.mood = "speaking";
    else if (this.face?.mood === "speaking") this.face.mood = "calm";
    if (isTalking) this.idle?.touch();
  }

  // What happens around it

  #warn(seconds) {
    place.idle.hidden = seconds === null;
    if (seconds !== null) setText(place.timer, this.t("Back to the start in %(n)s seconds", { n: seconds }));
  }

  #hallChanged(hall, event = null) {
    this.hall = hall;
    this.panel.update?.(event);
  }

  #lineChanged(online) {
    clearTimeout(this.losing);
    if (!online) this.losing = setTimeout(() => this.#lineLost(), OFFLINE_AFTER_MS);
    else if (!this.online) this.#lineBack();
  }

  // Whoever holds a number, reads a sheet or chooses keeps it: what is pressed is done when the hub is back.
  #lineLost() {
    this.online = false;
    this.ear.stop();
    this.face.mood = "away";
    if (this.panel.name === "home") return this.home(this.language);
    this.write(this.t("The line is down. Please wait a moment."));
    this.#waysToAsk();
    this.panel.update?.();
  }

  #lineBack() {
    this.online = true;
    settleAbandoned(this.panel.intent ?? null);
    this.face.mood = "calm";
    if (this.panel.name === "away") return this.home(this.language);
    this.write(this.t("I am back."));
    this.#waysToAsk();
    this.panel.update?.();
  }

  // Once for each version, so that a page kept by a proxy does not load for ever.
  #renew() {
    const { version: current } = this.hall;
    if (!current || !version || current === version || sessionStorage.getItem(RENEWED) === current) return;
    sessionStorage.setItem(RENEWED, current);
    location.reload();
  }
}

addEventListener("contextmenu", (event) => event.preventDefault());
new Robot();
