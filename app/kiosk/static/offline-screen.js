// No line to the hub: say so in every language, and take no presses that cannot be kept.

import { el } from "/static/dom.js";
import { sign } from "/static/kiosk/pieces.js";
import { speakerOf } from "/static/citizen-words.js";

export function offlineScreen(kiosk) {
  const node = el("div", { class: "kiosk-message kiosk-offline", role: "alert" },
    sign("offline"),
    kiosk.hall.centre.languages.map((language) => notice(language, speakerOf(language))));
  return { name: "offline", node, lasting: true };
}

function notice(language, t) {
  return el("div", { lang: language },
    el("h1", {}, t("This machine cannot give out numbers just now")),
    el("p", {}, t("Please ask the staff. Numbers already given stay valid. The machine comes back by itself.")));
}
