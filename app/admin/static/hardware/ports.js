// The first step: to which port the board is wired.

import { ApiError } from "/static/api.js";
import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { makeForm } from "../form.js";
import { lineAt, listOf, usersOf } from "./config.js";
import { lineFields } from "./fields.js";
import { errorWords } from "./words.js";

/**
 * Offers what the agent finds on its PC in a form's fields; without an answer they are typed.
 * `offers` are by a field's name the lists of the agent's answer: ports, printers, typists (USB devices that type).
 */
export async function suggestPorts(form, latest, offers) {
  if (!latest().online) return;
  try {
    const there = await latest().agent.ports();
    for (const [field, kinds] of Object.entries(offers)) offer(form.querySelector(`[data-field=${field}] input`), field, kinds.flatMap((kind) => there[kind] ?? []));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}

function offer(input, field, found) {
  if (!input) return;
  const list = el("datalist", { id: `known-${field}` }, found.map((each) =>
    (typeof each === "string" ? el("option", { value: each }) : el("option", { value: each.device }, described(each.description)))));
  input.after(list);
  input.setAttribute("list", list.id);
}

/** Puts `url` and the speed of the line into `draft`; `changed` runs on every choice. */
export function makePorts(latest, draft, changed) {
  const list = el("div", { class: "ports", role: "radiogroup", "aria-label": t("Port") });
  const other = el("input", { type: "text", id: "other-port", autocomplete: "off", spellcheck: "false", placeholder: "socket://192.168.1.60:4001" });
  const otherRadio = el("input", { type: "radio", name: "port", value: "" });
  const otherNode = el("div", { class: "port-choice" }, otherRadio,
    el("label", { for: "other-port" }, el("b", {}, t("Another port")), el("small", { class: "quiet" }, t("A network adapter (socket://…), or a path that is not listed."))), other);
  const again = el("button", { type: "button", class: "button button-small", onclick: load }, t("Look again"));
  const speed = makeForm([{ fields: lineFields() }]);
  const settings = el("details", { class: "line-settings" }, el("summary", {}, t("Speed of the line")),
    el("p", { class: "quiet" }, t("9600 baud without parity is right for most boards.")), speed.node);
  speed.fill(draft);
  speed.node.addEventListener("change", () => Object.assign(draft, speed.values(), { line: {} }));
  other.addEventListener("input", () => {
    otherRadio.checked = true;
    pick(other.value.trim());
  });
  otherRadio.addEventListener("change", () => pick(other.value.trim()));

  function pick(url) {
    Object.assign(draft, { url, line: {} });
    // a line that is in use keeps its speed; it is changed at the line, for all that hangs on it
    settings.hidden = Boolean(lineAt(latest().config, url));
    changed();
  }

  // what is wired already comes first: the next board usually hangs on the same line
  const lines = (ports) => listOf(latest().config, "buses").map((line) =>
    lineChoice(line, ports.find(({ bus }) => bus === line.name)?.description, draft, latest().config, pick));

  async function load() {
    again.disabled = true;
    replace(list, el("p", { class: "quiet", role: "status" }, t("Looking for ports …")));
    try {
      const { ports } = await latest().agent.ports();
      const free = ports.filter(({ bus }) => !bus);
      replace(list, lines(ports), free.length ? free.map((port) => choice(port, draft, pick)) : ports.length === 0
        && el("p", { class: "quiet" }, t("No serial port is there. Plug the USB adapter into the agent's PC and look again.")));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      replace(list, lines([]), el("p", { class: "problem", role: "alert" }, errorWords(error)));
    }
    again.disabled = false;
  }

  load();
  return {
    node: el("div", { class: "step-ports" }, el("div", { class: "spread" }, el("p", {}, t("Into which port is the board's cable plugged?")), again),
      list, otherNode, settings),
    ready: () => Boolean(draft.url),
  };
}

// The agent's own words for a port that says nothing of itself.
const described = (description) => description?.replace(/^serial port/, t("Serial port"));

function lineChoice({ name, url }, description, draft, config, pick) {
  const users = usersOf(config, name).map((user) => user.name);
  const boards = listOf(config, "boards").filter(({ bus }) => bus === name).length;
  return portChoice(url, draft, pick, el("b", {}, t("Line %(name)s, boards: %(n)s", { name, n: boards })),
    el("small", { class: "quiet port" }, [described(description), url].filter(Boolean).join(" · ")),
    users.length > 0 && el("small", {}, t("in use by %(names)s; several boards may share a line", { names: users.join(", ") })));
}

const choice = ({ device, description }, draft, pick) =>
  portChoice(device, draft, pick, el("b", {}, described(description) || device), el("small", { class: "quiet port" }, device));

function portChoice(url, draft, pick, ...words) {
  return el("label", { class: "port-choice" },
    el("input", { type: "radio", name: "port", value: url, checked: draft.url === url, onchange: () => pick(url) }), el("span", {}, words));
}
