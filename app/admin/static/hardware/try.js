// Trying kind after kind: 8888 is sent, and somebody at the wall says whether it is there.

import { ApiError } from "/static/api.js";
import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { lineAt, lineToAsk } from "./config.js";
import { erases, ERASE_WORDS } from "./memory.js";
import { errorWords, verdictWords } from "./words.js";

const SHOWN = "8888";
// what speaks of one kind alone; the next may do. Anything else is the line's or the agent's trouble
const OF_THE_KIND = new Set(["cannot_show", "bad_config", "bad_question", "unknown_driver"]);
const ALSO = { alpha: { bytesize: 7, parity: "E" } }; // how its maker sets it up, where that is not 8N1

/** `family` and `presets` limit the kinds, `address` and `line` are where they are tried. */
export function makeTry(latest, draft, { kinds, take, typed = () => {}, family = "", presets = [], address = draft.address, line = {} }) {
  const { setup, config: present } = latest();
  // a line that is in use keeps its settings
  const isFixed = Boolean(lineAt(present, draft.url));
  const withOtherLine = (kind) => {
    const also = { ...line, ...ALSO[kind.driver] };
    const isOther = !isFixed && Object.keys(also).some((name) => also[name] !== { ...draft, ...line }[name]);
    return isOther ? [{ ...kind, line }, { ...kind, line: also, words: `${kind.words}, ${also.bytesize}${also.parity}${draft.stopbits}` }] : [{ ...kind, line }];
  };
  const isErasing = ({ driver, preset }) => erases(`${driver}/${preset}`, setup.families);
  const wanted = kinds.filter(({ driver, preset }) => (!family || driver === family) && (!presets.length || presets.includes(preset)))
    .flatMap(withOtherLine).toSorted((a, b) => isErasing(a) - isErasing(b));
  const where = el("input", { type: "number", id: "try-address", min: 0, max: 65535, value: address, inputmode: "numeric" });
  const stage = el("div", { class: "try-stage", "aria-live": "polite" });
  where.addEventListener("input", () => typed(Number(where.value)));
  let turn = 0;
  let leftOut = [];
  replace(stage, el("button", { type: "button", class: "button button-primary", "data-try": true, onclick: begin }, t("Begin")));

  function begin() {
    leftOut = [];
    next(0);
  }

  function next(index) {
    const mine = turn += 1;
    if (index >= wanted.length) return replace(stage, el("p", {}, t("Those were all the kinds. Look at the wiring, the address and the speed, or ask the maker for the protocol.")), leftOutNode(), restart());
    const kind = wanted[index];
    if (isErasing(kind)) return askFirst(kind, index);
    return put(kind, index, mine);
  }

  function askFirst(kind, index) {
    return replace(stage, count(index), el("p", { class: "try-kind" }, kind.words), el("p", { class: "warning" }, ERASE_WORDS),
      el("div", { class: "row" },
        el("button", { type: "button", class: "button", onclick: () => next(index + 1) }, t("Leave it out")),
        el("button", { type: "button", class: "button button-danger", onclick: () => put(kind, index, turn += 1) }, t("Try it all the same"))));
  }

  async function put(kind, index, mine) {
    replace(stage, count(index), el("p", { class: "try-kind" }, kind.words), el("p", { class: "quiet" }, t("Sending %(text)s …", { text: SHOWN })));
    const told = await send(kind);
    if (mine !== turn) return;
    if (told.isOfKind) {
      leftOut.push(`${kind.words}: ${told.words}`);
      next(index + 1);
      return;
    }
    if (told.isBad) {
      tellTrouble(kind, index, told.words);
      return;
    }
    replace(stage, count(index), el("p", { class: "try-kind" }, kind.words), el("p", { class: "quiet" }, told.words),
      el("p", { class: "try-question" }, t("Do you see %(text)s on the board?", { text: SHOWN })),
      el("div", { class: "row" },
        el("button", { type: "button", class: "button button-primary", "data-answer": "yes", onclick: () => seen(kind) }, t("Yes")),
        el("button", { type: "button", class: "button", "data-answer": "no", onclick: () => next(index + 1) }, t("No, next kind")),
        el("button", { type: "button", class: "button button-quiet", onclick: halt }, t("Stop"))));
    stage.querySelector("[data-answer=no]").focus();
  }

  // Nothing was sent, so there is nothing to be seen.
  function tellTrouble(kind, index, words) {
    const again = el("button", { type: "button", class: "button button-primary", "data-again": true, onclick: () => put(kind, index, turn += 1) }, t("Try again"));
    replace(stage, count(index), el("p", { class: "problem", role: "alert" }, t("Nothing could be sent: %(why)s", { why: words })),
      el("div", { class: "row" }, again, el("button", { type: "button", class: "button button-quiet", onclick: halt }, t("Stop"))));
    again.focus();
  }

  const leftOutNode = () => leftOut.length > 0 && el("details", { class: "left-out" },
    el("summary", {}, t("Kinds left out: %(n)s", { n: leftOut.length })), el("ul", {}, leftOut.map((words) => el("li", {}, words))));

  async function send({ driver, preset, line: its }) {
    const { agent, config } = latest();
    try {
      const { exchanges } = await agent.send({ line: lineToAsk(config, { ...draft, ...its }), driver, address: Number(where.value), options: preset ? { preset } : {}, text: SHOWN, setup: true });
      return { words: verdictWords(exchanges.at(-1) ?? { verdict: "sent" }), isBad: false };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const reason = error.facts?.reason ?? error.code;
      const isOfKind = OF_THE_KIND.has(reason) || (reason === "port_unsuitable" && Object.keys(its).length > 0);
      return { words: errorWords(error), isBad: true, isOfKind };
    }
  }

  function seen({ driver, preset, words, line: its }) {
    turn += 1;
    take(`${driver}/${preset}`, Number(where.value), its);
    replace(stage, el("p", { class: "try-kind" }, words), restart());
  }

  function halt() {
    turn += 1;
    replace(stage, restart());
  }

  const restart = () => el("button", { type: "button", class: "button button-small", onclick: begin }, t("Begin again"));
  const count = (index) => el("p", { class: "quiet" }, t("Kind %(n)s of %(all)s", { n: index + 1, all: wanted.length }));

  return {
    node: el("div", {}, el("div", { class: "row scan-row" }, el("label", { for: "try-address" }, t("Address on the board")), where), stage),
    stop: () => { turn += 1; },
  };
}
