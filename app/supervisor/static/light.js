// Which board is it? One that is lit shows 8888 for ten seconds.

import { ApiError, command } from "/static/api.js";
import { el, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
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
    tell(nameOf("boards", board), await command("POST", `/agents/${path}/light`));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const why = reasonWords({ code: error.facts.reason, detail: error.message });
    toast(`${nameOf("boards", board)}: ${why}`, "error");
  }
  asking.delete(key);
  for (const drawn of document.querySelectorAll("[data-light]")) drawn.disabled = asking.has(drawn.dataset.light);
}

function tell(board, { state, text, seconds }) {
  if (state === "down") toast(t("%(board)s: it could not be lit; see what is said beside it.", { board }), "error");
  else if (state === "shown") toast(t("%(board)s says that it shows %(text)s, for %(n)s seconds.", { board, text, n: seconds }), "done");
  else toast(t("%(text)s was sent to %(board)s. It cannot answer: look up whether it is lit.", { board, text }));
}
