// What the keys of a pad do: the standard table of its kind, and lines of "key = action" that go before it.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

const ACTIONS = {
  next: t("call the next number"), recall: t("call again"), arrive: t("has arrived"), finish: t("finished"), miss: t("not there"),
  park: t("waits for papers"), undo: t("take back"), pause: t("short break"), "miss/finish": t("not there, or finished after arriving"),
  "transfer:": t("on to another service, by its code"), none: t("nothing"),
};

export const keyControls = [{
  name: "keys", label: t("Keys"), kind: "area",
  hint: t("One line a key, such as KP_ENTER = next. Leave empty for what is usual."),
}];

/** Below the lines: a key and what it shall do, put in as a line more. */
export function addKeyHelper(form) {
  const lines = form.node.querySelector("[name=keys]");
  const key = el("input", { type: "text", "aria-label": t("Key"), placeholder: "KP_ENTER", autocomplete: "off", spellcheck: "false" });
  const action = el("select", { "aria-label": t("What it does") }, Object.entries(ACTIONS).map(([name, words]) => el("option", { value: name }, `${words} (${name})`)));
  const code = el("input", { type: "text", class: "key-code", "aria-label": t("Code of the service"), placeholder: "HT", autocomplete: "off", hidden: true });
  const button = el("button", { type: "button", class: "button", onclick: put }, t("Put in"));
  action.addEventListener("change", () => { code.hidden = action.value !== "transfer:"; });

  function put() {
    if (!key.value.trim() || (!code.hidden && !code.value.trim())) return (key.value.trim() ? code : key).focus();
    const told = `${action.value}${code.hidden ? "" : code.value.trim()}`;
    lines.value = linesOf({ ...tableOf(lines.value), [key.value.trim()]: told });
    lines.dispatchEvent(new Event("input", { bubbles: true }));
    key.value = "";
    return key.focus();
  }
  lines.after(el("div", { class: "key-helper" }, key, action, code, button));
}

/** A table as lines of "left = right", and back. */
export const linesOf = (table = {}) => Object.entries(table).map((pair) => pair.join(" = ")).join("\n");
export const tableOf = (lines) => Object.fromEntries(lines.split("\n").map((line) => line.split("=").map((part) => part.trim()))
  .filter(([left]) => left).map(([left, right = ""]) => [left, right]));

export const keyValues = (keys) => ({ keys: linesOf(keys) });

/** The pad with its lines as a table again. */
export const keysFrom = (former, values) => ({ ...former, ...values, keys: tableOf(values.keys) });
