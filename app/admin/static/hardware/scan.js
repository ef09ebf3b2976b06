// Asking the addresses of a line, a few at a time so that it can be watched and stopped.

import { ApiError } from "/static/api.js";
import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { lineAt, lineToAsk, speedWords } from "./config.js";
import { SPEEDS_TO_TRY } from "./fields.js";
import { familyWords, kindWords } from "./kinds.js";
import { errorWords } from "./words.js";

const AT_ONCE = 2; // each address is asked in the way of every family, which takes a second or so
const USUAL = 16;
const MOST = 247;

/** `take(kind, address, line)` chooses a board; `tryAt(limits)` goes on to trying the kinds that it may be. */
export function makeScan(latest, draft, { take, tryAt }) {
  const bar = el("progress", { max: 1, value: 0, hidden: true, "aria-label": t("Find boards") });
  const doing = el("p", { class: "quiet", role: "status" });
  const problem = el("p", { class: "problem", role: "alert", hidden: true });
  const found = el("ul", { class: "found" });
  const last = el("input", { type: "number", id: "scan-last", min: 1, max: MOST, value: USUAL, inputmode: "numeric" });
  const speeds = el("select", { id: "scan-speeds" }, el("option", { value: "this" }, t("this speed (%(n)s)", { n: speedWords(draft) })), el("option", { value: "all" }, t("all usual speeds")));
  // a line that is in use keeps its speed
  const speedsNode = lineAt(latest().config, draft.url) ? null : el("span", { class: "scan-speeds" }, el("label", { for: "scan-speeds" }, t("Speed")), speeds);
  const start = el("button", { type: "button", class: "button button-primary", "data-scan": true, onclick: run }, t("Find boards"));
  const halt = el("button", { type: "button", class: "button", hidden: true, onclick: stop }, t("Stop"));
  let turn = 0;

  function stop() {
    turn += 1;
    busy(false);
  }

  function busy(isBusy) {
    start.hidden = isBusy;
    halt.hidden = !isBusy;
    bar.hidden = !isBusy;
    if (!isBusy) doing.textContent = "";
  }

  async function run() {
    const mine = turn += 1;
    const to = Math.min(Math.max(Number(last.value) || USUAL, 1), MOST);
    replace(found);
    problem.hidden = true;
    busy(true);
    const lines = speeds.value === "all" ? [{}, ...SPEEDS_TO_TRY.filter((speed) => speed !== draft.baudrate).map((baudrate) => ({ baudrate }))] : [{}];
    const noises = [];
    for (const [index, line] of lines.entries()) {
      const noise = await askAll(mine, line, to, (done) => { bar.value = (index + done) / lines.length; });
      if (noise === null) return;
      noises.push(noise);
    }
    const noise = noises.find(Boolean);
    busy(false);
    if (!found.children.length) found.append(el("li", { class: "quiet" }, noise ? noiseWords(noise) : NOBODY));
  }

  /** One pass at one speed. Gives what came and was not understood, or null where it was stopped. */
  async function askAll(mine, line, to, progress) {
    let noise = "";
    for (let first = 1; first <= to; first += AT_ONCE) {
      const until = Math.min(first + AT_ONCE - 1, to);
      doing.textContent = [t("Asking addresses %(first)s to %(last)s …", { first, last: until }), line.baudrate && `${line.baudrate} baud`].filter(Boolean).join(" ");
      progress((first - 1) / to);
      const answer = await ask(line, first, until);
      if (mine !== turn || !answer) return null;
      answer.found.forEach((board) => tell(board, line));
      noise ||= answer.garbled ?? "";
    }
    return noise;
  }

  async function ask(line, first, until) {
    const { agent, config } = latest();
    try {
      return await agent.scan({ line: lineToAsk(config, { ...draft, ...line }), driver: "", preset: "", first, last: until });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      busy(false);
      problem.textContent = errorWords(error);
      problem.hidden = false;
      return null;
    }
  }

  // Where one kind alone understood the question, that is it; else somebody has to look.
  function tell({ address, driver, presets = [], reply }, line) {
    const isSure = presets.length === 1;
    const act = isSure ? () => take(`${driver}/${presets[0]}`, address, line) : () => tryAt({ address, family: driver, presets, line });
    found.append(el("li", { "data-address": address },
      el("span", {}, el("b", {}, t("Address %(n)s", { n: address }), line.baudrate && `, ${line.baudrate} baud`), el("small", {}, isSure ? kindWords(driver, presets[0]) : familyWords(driver)),
        el("small", { class: "quiet hex" }, t("its answer: %(hex)s", { hex: reply }))),
      el("button", { type: "button", class: "button button-small", onclick: act }, isSure ? t("This one") : t("See which kind"))));
  }

  return {
    node: el("div", {}, el("div", { class: "row scan-row" }, el("label", { for: "scan-last" }, t("Addresses 1 to")), last, speedsNode, start, halt), bar, doing, problem, found),
    stop: () => { turn += 1; },
  };
}

const NOBODY = t("Nobody answered. Many boards cannot answer at all: try each kind instead. Or the wires A and B are changed over, or the speed is another.");
const noiseWords = (hex) => t("Something answered, but nothing that is understood (%(hex)s). The speed may be another.", { hex });
