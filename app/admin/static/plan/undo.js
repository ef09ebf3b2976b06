// What was done last, and a way back. It stays until the next thing is done: whoever reads slowly is not hurried.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

const bar = el("div", { class: "undo-bar", role: "status", hidden: true });
document.querySelector(".admin-main").append(bar);

/** Say `words` at the foot of the page; `undo` takes it back. Ctrl+Z does too. */
export function tellWithUndo(words, undo) {
  const button = el("button", { type: "button", class: "button button-small", onclick: goBack, "aria-keyshortcuts": "Control+Z" }, t("Undo"));
  bar.hidden = false;
  replace(bar, el("span", {}, words), button);

  function goBack() {
    bar.hidden = true;
    replace(bar);
    undo();
  }
}

addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z" || bar.hidden) return;
  event.preventDefault();
  bar.querySelector("button").click();
});
