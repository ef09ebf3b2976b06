// The kiosk: one decision a screen, and back to the start by itself.
// A screen is a function of the kiosk that answers {node, update?(), refit?(), back?, lasting?, patienceMs?}; `update` runs
// when the hall changed, `refit` when the type became larger or smaller.

import { everySecond, hhmm, hubNow, setHubClock } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { applySnapshot, emptyState } from "/static/hall-state.js";
import { follow } from "/static/link.js";
import { data } from "/static/page.js";
import { Idle, WARNING_MS } from "/static/idle.js";
import { settleAbandoned } from "/static/intents.js";
import { helpScreen } from "/static/kiosk/help-screen.js";
import { byKeys, listenToKeys } from "/static/kiosk/keys.js";
import { languageScreen } from "/static/kiosk/language-screen.js";
import { offlineScreen } from "/static/kiosk/offline-screen.js";
import { Modes } from "/static/kiosk/modes.js";
import { noticeOf, printerOf } from "/static/kiosk/printer.js";
import { sign } from "/static/kiosk/pieces.js";
import { listenToWedge, scanned } from "/static/kiosk/scan.js";
import { servicesScreen } from "/static/kiosk/services-screen.js";
import { renewIfChanged } from "/static/kiosk/upkeep.js";
import { languageOf, speakerOf, textOf } from "/static/citizen-words.js";

// The second tap of a double tap must not choose something on the screen that the first one brought.
const SETTLE_MS = 400;
const CHOOSING = new Set(["language", "services", "priority", "visit"]);
const OFFLINE_AFTER_MS = 2000; // a restart of the hub that is quicker needs no words

const place = {
  centre: document.querySelector(".kiosk-centre"),
  time: document.querySelector(".kiosk-time"),
  screen: document.querySelector(".kiosk-screen"),
  said: document.querySelector(".kiosk-said"),
  back: document.querySelector(".kiosk-back"),
  idle: document.querySelector(".kiosk-idle"),
  timer: document.querySelector(".kiosk-timer"),
  more: document.querySelector(".kiosk-more"),
  modes: document.querySelector(".kiosk-modes"),
  large: document.querySelector(".kiosk-large"),
  aloud: document.querySelector(".kiosk-aloud"),
  notice: document.querySelector(".kiosk-notice"),
  help: document.querySelector(".kiosk-help"),
};

class Kiosk {
  hall = emptyState();
  online = true;
  screen = null;
  printer = printerOf(data.printer);

  constructor() {
    applySnapshot(this.hall, data.hall);
    setHubClock(data.hall.now, data.hall.clock_rate ?? 1); // or the PC's own clock would show until the line is there
    this.idle = new Idle({ warn: (seconds) => this.#warn(seconds), leave: () => this.start(), spares: place.idle });
    this.modes = new Modes(this, place);
    place.more.addEventListener("click", () => this.modes.extend());
    place.back.addEventListener("click", () => this.screen.back?.());
    listenToKeys({ back: () => this.screen.back?.() });
    place.help.addEventListener("click", () => this.#help());
    // Where the services are the first screen, a citizen may have turned its pages and left.
    for (const touch of ["pointerdown", "keydown"]) {
      addEventListener(touch, () => this.atStart && !this.screen.lasting && this.idle.start());
    }
    this.start();
    everySecond(() => setText(place.time, hhmm(hubNow())));
    // A citizen may press before the first snapshot is here; the page brought one with it.
    follow("hall", {
      onSnapshot: (hall) => this.#hallChanged(hall),
      onEvent: (hall, event) => this.#hallChanged(hall, event),
      onForecast: (hall) => this.#hallChanged(hall),
      onLink: (link) => this.#lineChanged(link),
      onScan: (scan) => scanned(this, scan),
      onPrinter: (printer) => this.#printerChanged(printer),
    });
    this.#lineChanged({ online: false });
    listenToWedge(this);
  }

  /** The first screen, for the next citizen; or for the `same` one, who goes on with larger type or by ear. */
  start({ same = false } = {}) {
    const languages = this.hall.centre.languages ?? ["vi"];
    this.speak(languages[0]);
    if (!same) this.modes.reset();
    this.priority = null;
    if (!this.online) this.show(offlineScreen);
    else if (languages.length > 1) this.#welcome(languages);
    else this.show(servicesScreen);
    this.atStart = true;
    if (!same || !this.online) this.idle.stop();
    settleAbandoned();
  }

  #welcome(languages) {
    this.show(languageScreen);
    const each = languages.map((language) => el("span", { lang: language }, speakerOf(language)("Ask for help")));
    replace(place.help, sign("help"), el("span", {}, each));
    this.modes.label(languages);
  }

  speak(language) {
    this.language = language;
    this.t = speakerOf(language);
    document.documentElement.lang = language;
    replace(place.back, sign("back"), this.t("Go back"));
    replace(place.help, sign("help"), this.t("Ask for help"));
    setText(place.more, this.t("I need more time"));
    this.modes.label([language]);
    this.#nameCentre();
  }

  #nameCentre() {
    setText(place.centre, this.text(this.hall.centre, "name"));
    place.centre.lang = this.languageOf(this.hall.centre, "name");
  }

  /** Text of a service, a priority class, … in the citizen's language. */
  text(thing, field) {
    return textOf(thing, field, this.language);
  }

  /** The language that `text` answered in: Vietnamese where there is no other. */
  languageOf(thing, field) {
    return languageOf(thing, field, this.language);
  }

  show(screenOf, details = {}) {
    this.atStart = false;
    this.screen?.close?.();
    this.screen = screenOf(this, details);
    replace(place.screen, this.screen.node);
    place.screen.dataset.screen = this.screen.name;
    place.back.hidden = !this.screen.back;
    this.#tellOfPrinter();
    if (this.modes.large) this.modes.fit();
    place.help.hidden = this.screen.name === "help" || Boolean(this.screen.lasting);
    place.modes.hidden = this.screen.name === "offline";
    setText(place.said, place.screen.querySelector("h1")?.textContent ?? "");
    this.#settle();
    if (this.screen.lasting) this.idle.stop();
    else this.idle.start(this.screen.patienceMs);
  }

  #settle() {
    place.screen.inert = true;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.#settled(), SETTLE_MS);
  }

  /** Who came by keys goes on from the top of the new screen. */
  #settled() {
    place.screen.inert = false;
    if (!byKeys || place.screen.contains(document.activeElement)) return;
    const heading = place.screen.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus();
  }

  /** `screen` has news: give the citizen `ms` from now, if they still look at it. */
  stay(screen, ms) {
    if (screen === this.screen) this.idle.start(ms);
  }

  #help() {
    const { screen: before, atStart } = this;
    const languages = before.name === "language" ? this.hall.centre.languages : [this.language];
    this.show(helpScreen, { languages, back: () => (atStart ? this.start({ same: true }) : this.#showAgain(before)) });
  }

  #showAgain(screen) {
    this.show(() => screen);
    screen.update?.();
  }

  #warn(seconds) {
    const isNews = place.idle.hidden;
    place.idle.hidden = seconds === null;
    if (seconds === null) return;
    const words = this.t("Back to the start in %(n)s seconds", { n: seconds });
    setText(place.timer, words);
    place.idle.style.setProperty("--left", (seconds * 1000) / WARNING_MS);
    if (isNews) this.#tellOfEnd(words);
  }

  // Once: a count that is read every second drowns everything else.
  #tellOfEnd(words) {
    const all = `${words}. ${this.t("Touch the screen to stay")}`;
    setText(place.said, all);
    this.modes.aloud.tell([{ text: all, language: this.language }]);
  }

  #printerChanged(printer) {
    this.printer = printerOf(printer);
    const before = place.notice.hidden;
    this.#tellOfPrinter();
    if (place.notice.hidden !== before) this.#settle(); // the choices have moved under the finger
  }

  /** While something is chosen, before anybody hopes for paper; quietly, for the number comes all the same. */
  #tellOfPrinter() {
    const languages = this.screen.name === "language" ? this.hall.centre.languages : [this.language];
    const notice = CHOOSING.has(this.screen.name) ? noticeOf(this.printer) : null;
    place.notice.hidden = notice === null;
    replace(place.notice, notice && languages.map((language) => el("p", { lang: language }, speakerOf(language)(notice))));
  }

  #hallChanged(hall, event = null) {
    this.hall = hall;
    if (this.atStart) renewIfChanged(hall.version);
    this.screen.update?.(event);
    if (event?.call) this.modes.keepRoom(); // "it is your turn" is longer
    this.#nameCentre();
  }

  #lineChanged({ online }) {
    clearTimeout(this.losing);
    if (!online) this.losing = setTimeout(() => this.#lineLost(), OFFLINE_AFTER_MS);
    else this.#lineBack();
  }

  // A citizen who holds a number, or whose number is being asked for, keeps the screen.
  #lineLost() {
    this.online = false;
    if (!this.screen.keepsWithoutLine) this.start();
  }

  #lineBack() {
    this.online = true;
    settleAbandoned(this.screen.intent ?? null);
    if (this.screen.name === "offline") this.start();
  }
}

addEventListener("contextmenu", (event) => event.preventDefault());
new Kiosk();
