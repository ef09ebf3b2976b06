// By what right does the citizen go first? Only asked of those who press for it.

import { el, replace } from "/static/dom.js";
import { pager, paged } from "/static/kiosk/pieces.js";
import { servicesScreen } from "/static/kiosk/services-screen.js";

const MOST_CLASSES = 7; // and "none" makes eight
const MOST_LARGE = 3;

export function priorityScreen(kiosk) {
  const { t } = kiosk;
  const pages = () => paged(kiosk.hall.centre.priority_classes, kiosk.modes.large ? MOST_LARGE : MOST_CLASSES);
  const node = el("div", { class: "kiosk-ask" });
  const choose = (priority) => {
    kiosk.priority = priority;
    kiosk.show(servicesScreen);
  };
  const draw = (page) => replace(node,
    el("div", { class: "kiosk-question" },
      el("h1", {}, t("Why do you have priority?")),
      el("p", {}, t("The staff may ask to see a paper that shows it."))),
    el("div", { class: "kiosk-choices kiosk-classes" },
      pages()[page].map((priority) => choice(kiosk.text(priority, "name"), () => choose(priority), kiosk.languageOf(priority, "name"))),
      choice(t("No priority"), () => choose(null))),
    pager(t, page, pages().length, draw));
  draw(0);
  return { name: "priority", node, refit: () => draw(0), back: () => kiosk.show(servicesScreen) };
}

function choice(words, onclick, lang = null) {
  return el("button", { type: "button", class: "kiosk-choice kiosk-class", onclick }, el("strong", { lang }, words));
}
