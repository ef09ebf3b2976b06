// Which board is it? One that is lit shows 8888 for ten seconds.

import { ApiError, command } from "/static/api.js";
import { el, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { lightWords } from "/static/light-words.js";
import { reasonWords } from "/static/reasons.js";

import { nameOf } from "./equipment-words.js";

const asking = new Set(); // the list is drawn anew whenever something changes; who is being asked stays so

/** A button that lights `board` of the device `agent`. */
export function lightButton(agent, board) {
  const key = `${agent}/${board.name}`;
  return el("button", { type: "button", class: "button button-small", "data-light": key, disabled: asking.has(key),
    "aria-label": t("Light: %(board)s", { board: nameOf("boards", board) }),
    onclick: ({ currentTarget }) => light(agent, board, key, currentTarget) }, t("Light it"));
}

async function light(agent, board, key, button) {
  asking.add(key);
  button.disabled = true;
  const path = [agent, "boards", board.name].map(encodeURIComponent).join("/");
  try {
    const answer = await command("POST", `/agents/${path}/light`);
    toast(...lightWords(nameOf("boards", board), answer));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const why = reasonWords({ code: error.facts.reason, detail: error.message });
    toast(`${nameOf("boards", board)}: ${why}`, "error");
  }
  asking.delete(key);
  for (const drawn of document.querySelectorAll("[data-light]")) drawn.disabled = asking.has(drawn.dataset.light);
}
