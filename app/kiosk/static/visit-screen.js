// For who comes for several things: up to three services on one number, several dossiers, and the form first at a station.
// Whoever comes for one thing never sees this screen.

import { el, replace } from "/static/dom.js";
import { hasRoom } from "/static/kiosk/modes.js";
import { pager, paged, sign } from "/static/kiosk/pieces.js";
import { isUsedUp, servicesScreen, take } from "/static/kiosk/services-screen.js";

const MOST_SERVICES = 3;
const MOST_DOSSIERS = 20;
const A_PAGE = [6, 4, 2]; // matters, rather fewer than over one another
const A_LARGE_PAGE = [4, 2];

export function visitScreen(kiosk) {
  const node = el("div", { class: "kiosk-ask kiosk-visit" });
  const visit = { chosen: [], dossiers: 1, form: false };
  let page = 0;
  let aPage = A_PAGE[0];
  const draw = () => {
    const pages = paged(offered(kiosk), aPage);
    page = Math.min(page, pages.length - 1);
    visit.chosen = visit.chosen.filter((code) => kiosk.hall.services.has(code));
    const turn = (to) => {
      page = to;
      draw();
    };
    replace(node, question(kiosk), choices(kiosk, pages[page], visit, draw), pager(kiosk.t, page, pages.length, turn), foot(kiosk, visit, draw));
  };
  const everyPageFits = (tried) => {
    aPage = tried;
    return paged(offered(kiosk), aPage).every((_, each) => {
      page = each;
      draw();
      return hasRoom(node);
    });
  };
  const fit = () => {
    const first = page * aPage;
    if (node.clientWidth) (kiosk.modes.large ? A_LARGE_PAGE : A_PAGE).find(everyPageFits);
    page = Math.floor(first / aPage);
    draw();
  };
  draw();
  return { name: "visit", node, refit: fit, back: () => kiosk.show(servicesScreen) };
}

/** Which ways lead to it from the first screen. */
export function severalLine(kiosk) {
  return el("button", { type: "button", class: "kiosk-quiet", "data-several": true, onclick: () => kiosk.show(visitScreen) },
    sign("document"), kiosk.t("Several matters"));
}

/** "Hộ tịch → Chứng thực": what a ticket is for, in its order. */
export function routeOf(kiosk, ticket, first) {
  return [first, ...(ticket.then ?? []).map((each) => kiosk.text(each, "name"))].join(" → ");
}

// The form is no matter of its own here: it comes before the others.
function offered(kiosk) {
  const form = formService(kiosk);
  return [...kiosk.hall.services.values()].filter(({ code }) => code !== form?.code);
}

/** The service of filling in a form, where the centre has stations for it; null where not. */
function formService({ hall }) {
  const isAtStations = ({ code }) => {
    const places = [...hall.counters.values()].filter(({ own, help }) => own.includes(code) || help.includes(code));
    return places.some(({ state }) => state === "open") && places.every(({ kind }) => kind === "station");
  };
  return [...hall.services.values()].find(isAtStations) ?? null;
}

function question({ t }) {
  return el("div", { class: "kiosk-question" },
    el("h1", {}, t("What do you come for today?")),
    el("p", {}, t("Choose up to %(n)s, in the order you like. One number serves for all of them.", { n: MOST_SERVICES })));
}

function choices(kiosk, services, visit, draw) {
  const isFull = visit.chosen.length === MOST_SERVICES;
  return el("div", { class: "kiosk-choices kiosk-classes" }, services.map((service) => {
    const place = visit.chosen.indexOf(service.code);
    return el("button", { type: "button", class: "kiosk-choice kiosk-class kiosk-matter", "data-service": service.code,
      "aria-pressed": String(place >= 0), disabled: isUsedUp(service) || (isFull && place < 0), onclick: () => toggle(visit, service.code, draw) },
    el("b", { class: "kiosk-matter-place", "aria-hidden": "true" }, place >= 0 ? place + 1 : ""),
    el("strong", { lang: kiosk.languageOf(service, "name") }, kiosk.text(service, "name")));
  }));
}

function toggle(visit, code, draw) {
  const without = visit.chosen.filter((each) => each !== code);
  visit.chosen = without.length < visit.chosen.length ? without : [...visit.chosen, code];
  draw();
  document.querySelector(`.kiosk-visit [data-service="${CSS.escape(code)}"]`)?.focus({ preventScroll: true });
}

function foot(kiosk, visit, draw) {
  const { t } = kiosk;
  const form = formService(kiosk);
  return el("div", { class: "kiosk-visit-foot" },
    dossiers(kiosk, visit, draw),
    form && el("button", { type: "button", class: "kiosk-quiet", "data-form": true, "aria-pressed": String(visit.form),
      onclick: () => {
        visit.form = !visit.form;
        draw();
      } }, sign(visit.form ? "check" : "document"), t("Fill in the form at a machine first")),
    el("button", { type: "button", class: "kiosk-choice kiosk-single", "data-take": true, disabled: !visit.chosen.length,
      onclick: () => takeAll(kiosk, visit, form) }, el("strong", {}, t("Take a number"))));
}

function dossiers({ t }, visit, draw) {
  const step = (by, words, mark) => el("button", { type: "button", class: "kiosk-step", "data-dossiers": by, "aria-label": words,
    disabled: visit.dossiers + by < 1 || visit.dossiers + by > MOST_DOSSIERS,
    onclick: () => {
      visit.dossiers += by;
      draw();
      document.querySelector(`.kiosk-visit [data-dossiers="${by}"]`)?.focus({ preventScroll: true });
    } }, mark);
  return el("div", { class: "kiosk-dossiers", role: "group", "aria-label": t("How many dossiers?") },
    step(-1, t("One dossier less"), "−"),
    el("output", { "aria-live": "polite" }, visit.dossiers === 1 ? t("I have one dossier") : t("I have %(n)s dossiers", { n: visit.dossiers })),
    step(1, t("One dossier more"), "+"));
}

function takeAll(kiosk, { chosen, dossiers: brought, form }, formFirst) {
  const [service, ...then] = form && formFirst ? [formFirst.code, ...chosen] : chosen;
  take(kiosk, service, null, { then, dossiers: brought });
}
