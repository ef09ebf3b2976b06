// The sheet of one procedure: what to bring, how long, the fee, where; and one large button that takes a number for it.

import { el, replace, setText } from "/static/dom.js";
import { waitWords } from "/static/wait-words.js";
import { isUsedUp, take, waitingText } from "/static/kiosk/services-screen.js";

const PATIENCE_MS = 90_000; // it is read, and copied by hand
const SIZES = ["roomy", "close", "tight"];
const SLACK_PX = 1;

export function sheetScreen(kiosk, { procedure, back }) {
  const { t } = kiosk;
  const bring = el("ul", { class: "sheet-bring", lang: "vi" });
  const there = whereNow(kiosk, procedure.service);
  const button = takeButton(kiosk, procedure);
  const node = el("div", { class: "sheet" },
    el("div", { class: "sheet-head" },
      el("h1", { lang: kiosk.languageOf(procedure, "name") }, kiosk.text(procedure, "name")),
      procedure.verified ? null : el("p", { class: "sheet-unsure" }, t("Please check at the counter whether this is still right."))),
    el("section", { class: "sheet-papers" }, el("h2", {}, t("What to bring")), bring),
    el("section", { class: "sheet-facts" },
      fact(t("How long it takes"), capital(procedure.time_limit) || t("Not known yet: please ask at the counter."), procedure.time_limit && "vi"),
      fact(t("Fee"), capital(procedure.fee) || t("Not known yet: please ask at the counter."), procedure.fee && "vi"),
      there.node),
    el("div", { class: "sheet-action" }, button.node));
  const papers = papersOf(procedure);
  const fit = () => {
    if (node.clientWidth) layOut(kiosk, node, bring, papers);
  };
  // Words change under the finger and the ear; the button that a first touch has read aloud stays the same.
  const update = () => {
    const service = kiosk.hall.services.get(procedure.service);
    there.tell(service);
    button.tell(service);
  };
  update();
  layPapers(kiosk, bring, papers, papers.length);
  const observer = new ResizeObserver(fit);
  observer.observe(node);
  return { name: "sheet", node, update, refit: fit, back, patienceMs: PATIENCE_MS, close: () => observer.disconnect() };
}

function fact(words, value, language) {
  return el("div", { class: "sheet-fact" }, el("h2", {}, words), el("p", { lang: language || null }, value));
}

function papersOf({ bring }) {
  return bring.map(capital);
}

function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The largest type with which all has room; if none, less of a long name, as many papers as fit, and how many more there are. */
function layOut(kiosk, node, bring, papers) {
  node.removeAttribute("data-short");
  for (const size of SIZES) {
    node.dataset.size = size;
    layPapers(kiosk, bring, papers, papers.length);
    if (hasRoom(node)) return;
  }
  node.toggleAttribute("data-short", true);
  for (let shown = papers.length - 1; shown > 0 && !hasRoom(bring.parentElement); shown -= 1) layPapers(kiosk, bring, papers, shown);
}

function layPapers(kiosk, bring, papers, shown) {
  const { t, language } = kiosk;
  const rest = papers.length - shown;
  replace(bring, papers.slice(0, shown).map((paper) => el("li", {}, paper)),
    papers.length ? null : el("li", { lang: language }, t("Not known yet: please ask at the counter.")),
    rest ? el("li", { lang: language, class: "sheet-rest" }, t("and %(n)s more: please ask the staff", { n: rest })) : null);
}

function hasRoom(node) {
  return [node, ...node.children].every((part) => part.scrollHeight <= part.clientHeight + SLACK_PX);
}

function whereNow(kiosk, code) {
  const { t } = kiosk;
  const closed = el("p", {}, t("The centre does not take this now. Please ask the staff."));
  const [name, waiting, expected, counters] = [el("h2"), el("b"), el("span"), el("p")];
  const wait = el("p", {}, waiting, " · ", expected);
  const tell = (service) => {
    const open = [...kiosk.hall.counters.values()].filter(({ own, state }) => own.includes(code) && state === "open");
    closed.hidden = Boolean(service);
    name.hidden = wait.hidden = !service;
    counters.hidden = !service || !open.length;
    if (!service) return;
    setText(name, kiosk.text(service, "name"));
    setText(waiting, waitingText(t, service));
    setText(expected, waitWords(t, service.forecast, service.waiting));
    setText(counters, t("Counter %(n)s", { n: open.map(({ number }) => number).join(", ") }));
  };
  return { node: el("div", { class: "sheet-there" }, closed, name, wait, counters), tell };
}

function takeButton(kiosk, procedure) {
  const { t } = kiosk;
  const words = el("strong");
  const node = el("button", { type: "button", class: "kiosk-choice kiosk-single sheet-take",
    onclick: () => take(kiosk, procedure.service, procedure.code) }, words);
  const tell = (service) => {
    node.hidden = !service;
    node.disabled = !service || isUsedUp(service);
    setText(words, node.disabled ? t("No more numbers today") : t("Take a number for this"));
  };
  return { node, tell };
}
