// "Ask for help": the machine cannot call anybody, so it says whom to ask, and how it works in three steps.

import { el } from "/static/dom.js";
import { speakerOf } from "/static/kiosk/words.js";

export function helpScreen(kiosk, { languages, back }) {
  const node = el("div", { class: "kiosk-message kiosk-helping" },
    languages.map((language) => explanation(language, speakerOf(language))),
    el("button", { type: "button", class: "kiosk-choice kiosk-single", onclick: back }, el("strong", {}, kiosk.t("Continue"))));
  return { name: "help", node, back };
}

function explanation(language, t) {
  return el("section", { lang: language },
    el("h1", {}, t("Please ask the staff at the help desk")),
    el("p", {}, t("This machine cannot call them. They are glad to press for you.")),
    el("ol", { class: "kiosk-steps" },
      el("li", {}, t("Touch what you come for.")),
      el("li", {}, t("Your number appears. Take the paper or remember it.")),
      el("li", {}, t("Take a seat until your number is called."))));
}
