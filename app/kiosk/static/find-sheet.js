// The sheet of one procedure: what to bring, how long, the fee, where; and one large button that takes a number for it.

import { el, replace } from "/static/dom.js";
import { waitWords } from "/static/wait-words.js";
import { isUsedUp, take, waitingText } from "/static/kiosk/services-screen.js";

const PATIENCE_MS = 90_000; // it is read, and copied by hand
const SIZES = ["roomy", "close", "tight"];
const SLACK_PX = 1;

export function sheetScreen(kiosk, { procedure, back }) {
  const { t } = kiosk;
  const bring = el("ul", { class: "sheet-bring", lang: "vi" });
  const there = el("div", { class: "sheet-there" });
  const action = el("div", { class: "sheet-action" });
  const node = el("div", { class: "sheet" },
    el("div", { class: "sheet-head" },
      el("h1", { lang: kiosk.languageOf(procedure, "name") }, kiosk.text(procedure, "name")),
      procedure.verified ? null : el("p", { class: "sheet-unsure" }, t("Please check at the counter whether this is still right."))),
    el("section", { class: "sheet-papers" }, el("h2", {}, t("What to bring")), bring),
    el("section", { class: "sheet-facts" },
      fact(t("How long it takes"), procedure.time_limit || t("Not known yet: please ask at the counter."), procedure.time_limit && "vi"),
      fact(t("Fee"), procedure.fee || t("Not known yet: please ask at the counter."), procedure.fee && "vi"),
      there),
    action);
  const papers = papersOf(procedure);
  const fit = () => {
    if (node.clientWidth) layOut(kiosk, node, bring, papers);
  };
  const update = () => {
    replace(there, whereNow(kiosk, procedure.service));
    replace(action, takeButton(kiosk, procedure));
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
  return bring.map((paper) => paper[0].toUpperCase() + paper.slice(1));
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
  const service = kiosk.hall.services.get(code);
  if (!service) return el("p", {}, t("The centre does not take this now. Please ask the staff."));
  const open = [...kiosk.hall.counters.values()].filter(({ own, state }) => own.includes(code) && state === "open");
  return [
    el("h2", {}, kiosk.text(service, "name")),
    el("p", {}, el("b", {}, waitingText(t, service)), ` · ${waitWords(t, service.forecast)}`),
    open.length ? el("p", {}, t("Counter %(n)s", { n: open.map(({ number }) => number).join(", ") })) : null,
  ];
}

function takeButton(kiosk, procedure) {
  const { t } = kiosk;
  const service = kiosk.hall.services.get(procedure.service);
  if (!service) return null;
  const over = isUsedUp(service);
  return el("button", { type: "button", class: "kiosk-choice kiosk-single sheet-take", disabled: over,
    onclick: () => take(kiosk, procedure.service, procedure.code) },
    el("strong", {}, over ? t("No more numbers today") : t("Take a number for this")));
}
