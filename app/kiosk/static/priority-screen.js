// By what right does the citizen go first? Only asked of those who press for it.

import { el, replace } from "/static/dom.js";
import { hasRoom } from "/static/kiosk/modes.js";
import { pager, paged } from "/static/kiosk/pieces.js";
import { servicesScreen } from "/static/kiosk/services-screen.js";

const MOST_CLASSES = [7, 5, 4, 2]; // to a page, as many as have room; and "none"
const MOST_LARGE = [4, 2];

export function priorityScreen(kiosk) {
  const { t } = kiosk;
  const classes = kiosk.hall.centre.priority_classes;
  let most = MOST_CLASSES[0];
  const pages = () => paged(classes, most);
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
  const triedIn = ({ large }) => (large ? MOST_LARGE.slice(0, classes.length > 3 ? 2 : 1) : MOST_CLASSES); // three stay together
  const fit = () => triedIn(kiosk.modes).some((tried) => {
    most = tried;
    draw(0);
    return hasRoom(node);
  });
  draw(0);
  new ResizeObserver(fit).observe(node);
  return { name: "priority", node, refit: fit, back: () => kiosk.show(servicesScreen) };
}

function choice(words, onclick, lang = null) {
  return el("button", { type: "button", class: "kiosk-choice kiosk-class", onclick }, el("strong", { lang }, words));
}
