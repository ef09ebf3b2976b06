// What does the citizen come for? Each service says in plain words what belongs to it, who waits and about how long.

import { el, replace, setText } from "/static/dom.js";
import { waitWords } from "/static/wait-words.js";
import { ROOMIEST, hasRoom, roomiest } from "/static/kiosk/fit.js";
import { checkinLine } from "/static/kiosk/checkin-screen.js";
import { findScreen } from "/static/kiosk/find-screen.js";
import { pager, paged, sign } from "/static/kiosk/pieces.js";
import { priorityScreen } from "/static/kiosk/priority-screen.js";
import { takingScreen } from "/static/kiosk/taking-screen.js";
import { severalLine } from "/static/kiosk/visit-screen.js";

export function servicesScreen(kiosk) {
  const node = el("div", { class: "kiosk-ask kiosk-services" });
  let layout = ROOMIEST;
  let page = 0;
  let shown = "";
  const pages = () => paged(inOrder(kiosk.hall.services), layout.most);
  const draw = () => {
    page = Math.min(page, pages().length - 1);
    shown = [...kiosk.hall.services.keys()].join();
    say(layout.words);
    replace(node, ...servicesPage(kiosk, pages(), page, turn));
  };
  const say = (words) => {
    node.dataset.words = words;
  };
  const turn = (to) => {
    page = to;
    draw();
  };
  const everyPageFits = (tried) => {
    layout = tried;
    return pages().every((_, each) => {
      turn(each);
      return hasRoom(node);
    });
  };
  const fit = () => {
    if (!node.clientWidth) return; // not on the screen
    const here = page;
    layout = roomiest(everyPageFits, kiosk.modes.large);
    turn(here);
  };
  // The figures change under the finger; the buttons do not, or a press would get lost.
  const update = () => {
    if (shown !== [...kiosk.hall.services.keys()].join()) {
      draw();
      return fit();
    }
    for (const button of node.querySelectorAll("[data-service]")) tell(kiosk, button);
    if (node.clientWidth && !hasRoom(node)) say("brief"); // the figures became longer: the hint gives way to them
  };
  draw();
  new ResizeObserver(fit).observe(node);
  document.fonts.ready.then(fit);
  return { name: "services", node, update, refit: fit, back: hasLanguages(kiosk) ? () => kiosk.start({ same: true }) : null };
}

function hasLanguages(kiosk) {
  return (kiosk.hall.centre.languages ?? []).length > 1;
}

function servicesPage(kiosk, pages, page, turn) {
  const { t } = kiosk;
  const choices = pages[page];
  return [
    el("div", { class: "kiosk-question" }, el("h1", {}, t("What do you come for?")),
      el("div", { class: "kiosk-ways" }, findLine(kiosk), checkinLine(kiosk), priorityLine(kiosk), severalLine(kiosk))),
    el("div", { class: `kiosk-choices${choices.length > 4 ? " kiosk-choices-many" : ""}` },
      choices.map((service) => serviceButton(kiosk, service))),
    pager(t, page, pages.length, turn),
    choices.length ? null : el("p", { class: "kiosk-note" }, t("No service gives out numbers now. Please ask the staff.")),
  ];
}

// Whoever comes to collect a result needs nothing explained, and shall not look for it behind everything else.
function inOrder(services) {
  return [...services.values()].sort((a, b) => isCollecting(b) - isCollecting(a));
}

function isCollecting({ icon }) {
  return icon === "box";
}

function serviceButton(kiosk, service) {
  const button = el("button", { type: "button", class: `kiosk-choice kiosk-service${isCollecting(service) ? " kiosk-collect" : ""}`, "data-service": service.code,
    onclick: () => take(kiosk, service.code) },
    sign(service.icon),
    el("span", { class: "kiosk-service-words" },
      el("strong", { lang: kiosk.languageOf(service, "name") }, kiosk.text(service, "name")),
      el("span", { class: "kiosk-hint", lang: kiosk.languageOf(service, "hint") }, kiosk.text(service, "hint"))),
    el("span", { class: "kiosk-service-wait" }, el("b"), el("span")));
  tell(kiosk, button);
  return button;
}

function tell(kiosk, button) {
  const service = kiosk.hall.services.get(button.dataset.service);
  const [waiting, expected] = button.querySelectorAll(".kiosk-service-wait > *");
  button.disabled = isUsedUp(service);
  setText(waiting, isUsedUp(service) ? kiosk.t("No more numbers today") : waitingText(kiosk.t, service));
  setText(expected, isUsedUp(service) ? kiosk.t("Please come back tomorrow or ask the staff") : waitWords(kiosk.t, service.forecast, service.waiting));
}

export function isUsedUp(service) {
  return service.daily_limit !== null && service.issued >= service.daily_limit;
}

export function waitingText(t, { waiting }) {
  return waiting === 0 ? t("Nobody is waiting") : t("%(n)s waiting", { n: waiting });
}

/** Ask for a number of this service; `procedure` is the code of what it is for, where the citizen has said so; `visit`: more of it. */
export function take(kiosk, service, procedure = null, visit = {}) {
  const body = { service, language: kiosk.language, channel: "kiosk", ...visit };
  if (procedure) body.procedure = procedure;
  if (kiosk.priority) Object.assign(body, { priority: kiosk.priority.code, claimed: true }); // the clerk looks at the paper
  kiosk.show(takingScreen, { body });
}

function findLine(kiosk) {
  return el("button", { type: "button", class: "kiosk-quiet kiosk-find", onclick: () => kiosk.show(findScreen) },
    sign("search"), kiosk.t("Look up a procedure"));
}

function priorityLine(kiosk) {
  const classes = kiosk.hall.centre.priority_classes ?? [];
  if (!classes.length) return null;
  const words = kiosk.priority
    ? kiosk.t("Priority: %(name)s. Change", { name: kiosk.text(kiosk.priority, "name") })
    : kiosk.t("I have a right to priority");
  return el("button", { type: "button", class: "kiosk-quiet", "aria-pressed": String(Boolean(kiosk.priority)),
    onclick: () => kiosk.show(priorityScreen) }, sign(kiosk.priority ? "check" : "star"), words);
}
