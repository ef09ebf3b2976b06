// Trying kind after kind: 8888 is sent, and somebody at the wall says whether it is there.

import { ApiError } from "/static/api.js";
import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { lineAt, lineToAsk } from "./config.js";
import { erases, ERASE_WORDS } from "./memory.js";
import { errorWords, verdictWords } from "./words.js";

const SHOWN = "8888";
const ALSO = { alpha: { bytesize: 7, parity: "E" } }; // how its maker sets it up, where that is not 8N1

/** `family` and `presets` limit the kinds, `address` and `line` are where they are tried. */
export function makeTry(latest, draft, { kinds, take, family = "", presets = [], address = draft.address, line = {} }) {
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
  let turn = 0;
  replace(stage, el("button", { type: "button", class: "button button-primary", "data-try": true, onclick: () => next(0) }, t("Begin")));

  function next(index) {
    const mine = turn += 1;
    if (index >= wanted.length) return replace(stage, el("p", {}, t("Those were all the kinds. Look at the wiring, the address and the speed, or ask the maker for the protocol.")), restart());
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
    replace(stage, count(index), el("p", { class: "try-kind" }, kind.words), el("p", { class: told.isBad ? "problem" : "quiet" }, told.words),
      el("p", { class: "try-question" }, t("Do you see %(text)s on the board?", { text: SHOWN })),
      el("div", { class: "row" },
        el("button", { type: "button", class: "button button-primary", "data-answer": "yes", onclick: () => seen(kind) }, t("Yes")),
        el("button", { type: "button", class: "button", "data-answer": "no", onclick: () => next(index + 1) }, t("No, next kind")),
        el("button", { type: "button", class: "button button-quiet", onclick: halt }, t("Stop"))));
    stage.querySelector("[data-answer=no]").focus();
  }

  async function send({ driver, preset, line: its }) {
    const { agent, config } = latest();
    try {
      const { exchanges } = await agent.send({ line: lineToAsk(config, { ...draft, ...its }), driver, address: Number(where.value), options: preset ? { preset } : {}, text: SHOWN, setup: true });
      return { words: verdictWords(exchanges.at(-1) ?? { verdict: "sent" }), isBad: false };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { words: errorWords(error), isBad: true };
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

  const restart = () => el("button", { type: "button", class: "button button-small", onclick: () => next(0) }, t("Begin again"));
  const count = (index) => el("p", { class: "quiet" }, t("Kind %(n)s of %(all)s", { n: index + 1, all: wanted.length }));

  return {
    node: el("div", {}, el("div", { class: "row scan-row" }, el("label", { for: "try-address" }, t("Address on the board")), where), stage),
    stop: () => { turn += 1; },
  };
}
