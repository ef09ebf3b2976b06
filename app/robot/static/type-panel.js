// Typing instead of talking: procedures are found while somebody types; or the whole sentence is asked.

import { el, replace } from "/static/dom.js";
import { catchKeys, keyboard } from "/static/glass-keys.js";
import { choice } from "/static/robot/pieces.js";
import { sheetPanel } from "/static/robot/sheet-panel.js";

const PAUSE_MS = 250;
const SHOWN = 3;
const LONGEST = 200;

export function typePanel(robot) {
  const { t } = robot;
  const ask = () => field.value.trim() && robot.ask(field.value.trim());
  const field = el("input", { class: "robot-field", type: "search", maxlength: LONGEST, inputmode: "none", autocomplete: "off",
    spellcheck: "false", "aria-label": t("What do you need done?"), placeholder: t("birth, certified copy…"),
    oninput: () => changed(), onkeydown: ({ key }) => key === "Enter" && ask() });
  const list = el("div", { class: "robot-list robot-found" });
  const go = el("button", { type: "button", class: "robot-go", onclick: ask }, t("Ask"));
  let soon = 0;
  let asking = new AbortController();
  const changed = () => {
    robot.idle.touch();
    clearTimeout(soon);
    soon = setTimeout(look, PAUSE_MS);
  };
  const look = async () => {
    asking.abort();
    asking = new AbortController();
    const text = field.value.trim();
    const found = text ? await search(text, asking.signal) : robot.everyday;
    if (found) replace(list, found.slice(0, SHOWN).map((procedure) => choice({ icon: "document",
      words: robot.text(procedure, "name"), language: robot.languageOf(procedure, "name"), "data-procedure": procedure.code,
      onclick: () => robot.show(sheetPanel, { procedure }) })));
  };
  const node = el("div", { class: "robot-typing" }, el("div", { class: "robot-ask" }, field, go), list,
    keyboard({ t, field, changed, mic: null }));
  const letGo = catchKeys(field);
  look();
  robot.write(t("What do you need done?"));
  return { name: "type", node, close: () => {
    letGo();
    clearTimeout(soon);
    asking.abort();
  } };
}

/** Null where there is no answer now: what is shown stays. */
async function search(text, signal) {
  try {
    const answer = await fetch(`/api/v1/procedures?${new URLSearchParams({ q: text, limit: SHOWN })}`, { signal });
    return answer.ok ? (await answer.json()).procedures : null;
  } catch (error) {
    if (error.name === "AbortError" || error instanceof TypeError) return null;
    throw error;
  }
}
