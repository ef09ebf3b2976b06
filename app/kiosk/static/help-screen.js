// "Ask for help": whom to ask, how it works in three steps, and a button that calls somebody here.

import { el } from "/static/dom.js";
import { speakerOf } from "/static/citizen-words.js";
import { callHelper } from "/static/kiosk/help-call.js";

export function helpScreen(kiosk, { languages, back }) {
  const node = el("div", { class: "kiosk-message kiosk-helping" },
    languages.map((language) => explanation(language, speakerOf(language))),
    el("div", { class: "kiosk-visit-foot" }, callHelper(kiosk.t),
      el("button", { type: "button", class: "kiosk-choice kiosk-single", onclick: back }, el("strong", {}, kiosk.t("Continue")))));
  return { name: "help", node, back };
}

function explanation(language, t) {
  return el("section", { lang: language },
    el("h1", {}, t("Please ask the staff at the help desk")),
    el("p", {}, t("They are glad to press for you.")),
    el("ol", { class: "kiosk-steps" },
      el("li", {}, t("Touch what you come for.")),
      el("li", {}, t("Your number appears. Take the paper or remember it.")),
      el("li", {}, t("Take a seat until your number is called."))));
}
