// Bytes by hand, for whoever compares a board with its maker's manual: what was sent, what came back, what it means.

import { ApiError } from "/static/api.js";
import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { lineAt, lineToAsk, LINE_DEFAULTS, listOf } from "./config.js";
import { kindKey } from "./fields.js";
import { kindsOf } from "./kinds.js";
import { errorWords, pieceWords, verdictWords } from "./words.js";

const KEPT = 20;
const RAW = "";
const LIKE_A_NUMBER = /^[a-z]{1,2}\d{1,4}$/i; // A012 is hex too: what a person means by it is the text

export function makeConsole(latest) {
  const line = el("select", { id: "console-line", onchange: takeKind });
  const how = el("select", { id: "console-how", onchange: refresh });
  const address = el("input", { type: "number", id: "console-address", min: 0, value: 1, inputmode: "numeric" });
  const addressField = el("div", { class: "field field-short" }, el("label", { for: "console-address" }, t("Address")), address);
  const text = el("input", { type: "text", id: "console-text", autocomplete: "off", spellcheck: "false" });
  const textLabel = el("label", { for: "console-text" });
  const problem = el("p", { class: "problem", role: "alert", hidden: true });
  const log = el("ol", { class: "exchanges", "aria-live": "polite" });
  const button = el("button", { type: "submit", class: "button" }, t("Send"));
  const form = el("form", { class: "console-form" }, field(t("Line"), line), field(t("As"), how), addressField,
    el("div", { class: "field field-text" }, textLabel, text), button);
  form.addEventListener("submit", send);

  function refresh() {
    const isRaw = how.value === RAW;
    addressField.hidden = isRaw;
    textLabel.textContent = isRaw ? t("Bytes in hex") : t("Text");
    text.placeholder = isRaw ? "24 30 30 31 2C 41 30 31 32 23" : "8888";
  }

  async function send(event) {
    event.preventDefault();
    problem.hidden = true;
    const { agent, config } = latest();
    if (how.value === RAW && LIKE_A_NUMBER.test(text.value.trim())) return tell(t("This field takes bytes in hex. To send the text %(text)s, choose the kind of board under “As”; for bytes, leave spaces between them: A0 12.", { text: text.value.trim() }));
    const what = asked(lineToAsk(config, { ...LINE_DEFAULTS, url: line.value }));
    button.disabled = true;
    try {
      const { exchanges } = await agent.send(what);
      log.prepend(...exchanges.map(exchangeNode));
      while (log.children.length > KEPT) log.lastChild.remove();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      tell(errorWords(error));
    }
    button.disabled = false;
    return undefined;
  }

  function tell(words) {
    problem.textContent = words;
    problem.hidden = false;
  }

  function asked(to) {
    if (how.value === RAW) return { line: to, hex: text.value.trim() };
    const [driver, preset] = how.value.split("/");
    return { line: to, driver, address: Number(address.value), options: preset ? { preset } : {}, text: text.value };
  }

  // Text for the boards of the line is what is usually meant.
  function takeKind() {
    const { config } = latest();
    const bus = lineAt(config, line.value)?.name;
    const board = listOf(config, "boards").find((each) => each.bus === bus && each.options?.preset);
    if (board) {
      how.value = kindKey(board.driver, board.options.preset);
      address.value = board.address ?? 1;
    }
    refresh();
  }

  // What is typed and chosen stays while reports come in.
  function fill({ config, setup }) {
    const lines = listOf(config, "buses").map(({ name, url }) => [url, `${name} · ${url}`]);
    node.hidden = lines.length === 0;
    options(line, lines);
    const isNew = !how.options.length;
    options(how, [...kindsOf(setup.families).map(({ driver, preset, words }) => [kindKey(driver, preset), words]), [RAW, t("bytes in hex")]]);
    if (isNew) takeKind();
    refresh();
  }

  const node = el("details", { class: "console" }, el("summary", {}, t("Send by hand")),
    el("p", { class: "quiet" }, t("For comparing a board with its maker's manual. The boards show the hall again after some seconds.")), form, problem, log);
  return { node, fill };
}

function options(select, wanted) {
  const key = JSON.stringify(wanted);
  if (select.dataset.key === key) return;
  const { value } = select;
  replace(select, wanted.map(([each, words]) => el("option", { value: each }, words)));
  select.dataset.key = key;
  if (wanted.some(([each]) => each === value)) select.value = value;
}

const field = (words, input) => el("div", { class: "field" }, el("label", { for: input.id }, words), input);

function exchangeNode({ sent, pieces = [], reply, verdict, detail }) {
  return el("li", {},
    el("p", { class: "hex" }, el("span", { class: "quiet" }, t("sent")), " ", sent),
    pieces.length > 1 && el("ul", { class: "pieces" }, pieces.map(({ hex, meaning }) => el("li", {}, el("code", {}, hex), " ", pieceWords(meaning)))),
    el("p", { class: "hex" }, el("span", { class: "quiet" }, t("answer")), " ", reply || t("none")),
    // of bytes that were typed nobody knows what they should bring
    (pieces.length > 1 || verdict !== "sent") && el("p", {}, verdictWords({ verdict, detail }), detail && el("small", { class: "quiet" }, " ", detail)));
}
