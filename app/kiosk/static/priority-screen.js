// By what right does the citizen go first? Only asked of those who press for it.

import { el, replace } from "/static/dom.js";
import { pager, paged } from "/static/kiosk/pieces.js";
import { servicesScreen } from "/static/kiosk/services-screen.js";

const MOST_CLASSES = 7; // and "none" makes eight

export function priorityScreen(kiosk) {
  const { t } = kiosk;
  const pages = paged(kiosk.hall.centre.priority_classes, MOST_CLASSES);
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
      pages[page].map((priority) => choice(kiosk.text(priority, "name"), () => choose(priority))),
      choice(t("No priority"), () => choose(null))),
    pager(t, page, pages.length, draw));
  draw(0);
  return { name: "priority", node, back: () => kiosk.show(servicesScreen) };
}

function choice(words, onclick) {
  return el("button", { type: "button", class: "kiosk-choice kiosk-class", onclick }, el("strong", {}, words));
}
