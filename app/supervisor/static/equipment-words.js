// What hangs on an agent, and how it is, in a supervisor's words. `kind` is boards, printers, keypads or scanners.

import { hhmm } from "/static/clock.js";
import { t } from "/static/i18n.js";
import { reasonWords } from "/static/reasons.js";

export const KINDS = ["boards", "printers", "keypads", "scanners"];

const NAMES = {
  boards: { counter: "Board of counter %(n)s", name: "Board %(name)s" },
  printers: { kiosk: "Printer in %(kiosk)s", name: "Printer %(name)s" },
  keypads: { counter: "Keypad of counter %(n)s", name: "Keypad %(name)s" },
  scanners: { counter: "Scanner of counter %(n)s", kiosk: "Scanner in %(kiosk)s", name: "Scanner %(name)s" },
};

/** "Board of counter 3", "Printer in kiosk-1": by where it stands, as nobody in the hall knows its name. */
export function nameOf(kind, { name, counter, kiosk }) {
  const names = NAMES[kind];
  if (counter && names.counter) return t(names.counter, { n: counter });
  if (kiosk && names.kiosk) return t(names.kiosk, { kiosk });
  return t(names.name, { name });
}

const WELL = { shown: "shows", sent: "sent", ready: "ready", heard: "heard", silent: "nothing heard yet" };

const BLANK = { shown: "is blank", sent: "was told to be blank" };

/** Whether somebody should go and look. Paper near its end is: a roll takes a minute, a queue without paper does not. */
export function isInTrouble({ state, code }) {
  return !(state in WELL) && code !== "not_asked";
}

const TROUBLES = {
  paper_low: "paper is near its end", paper_out: "paper is out", cover_open: "the cover is open", error: "reports a fault",
};
const ADVICE = {
  paper_low: "put a new roll beside it", paper_out: "put in a new roll", cover_open: "close it", error: "switch it off and on",
};

/** How it is: "shows A021", "paper is out". */
export function conditionWords(kind, { state, code, detail, shown }) {
  if (kind === "printers" && state === "sent") return t("prints; it cannot say how it is");
  if (kind === "boards" && state in BLANK && !shown?.trim()) return t(BLANK[state]);
  if (state in WELL) return [t(WELL[state]), shown].filter(Boolean).join(" ");
  return state in TROUBLES ? t(TROUBLES[state]) : reasonWords({ code, detail }) || t("does not answer");
}

/** What to do about it: "put in a new roll"; "" where its condition says it. */
export function adviceWords({ state }) {
  return state in ADVICE ? t(ADVICE[state]) : "";
}

/** "tries again at 10:42"; "" where nobody tries. */
export function againWords({ next_attempt: next }) {
  return next ? t("tries again at %(time)s", { time: hhmm(next) }) : "";
}
