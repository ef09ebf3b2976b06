// The one line that says what the last press did, or why it did not.

import { setText } from "/static/dom.js";

const OLD_NEWS_MS = 15_000;
let timer = 0;

/** Say `text`; `kind` is "done" (goes by itself), "warn", "error" (both stay until the next press) or "". */
export function say(text, kind = "") {
  clearTimeout(timer);
  for (const place of [document.getElementById("echo"), document.getElementById("choose-echo")]) {
    setText(place, text ?? "");
    place.dataset.kind = kind;
  }
  if (kind === "done") timer = setTimeout(() => say(""), OLD_NEWS_MS);
}
