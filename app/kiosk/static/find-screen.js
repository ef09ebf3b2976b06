// "Look up a procedure": type or say what is needed, choose among a few large results, see its sheet.

import { el, replace, setText } from "/static/dom.js";
import { data } from "/static/page.js";
import { catchKeys, keyboard, microphone } from "/static/glass-keys.js";
import { sheetScreen } from "/static/kiosk/find-sheet.js";
import { pager } from "/static/kiosk/pieces.js";
import { servicesScreen } from "/static/kiosk/services-screen.js";

const A_PAGE = [5, 4, 3, 2, 1]; // results, rather fewer than with their words cut
const MOST = 20;
const SLACK_PX = 1;
const PAUSE_MS = 200;
const LONGEST = 100;

/** `text` and `page`: where the citizen was before they looked at a sheet. */
export function findScreen(kiosk, { text = "", page = 0 } = {}) {
  const { t } = kiosk;
  const field = el("input", { class: "find-text", type: "search", value: text, maxlength: LONGEST, inputmode: "none",
    autocomplete: "off", spellcheck: "false", "aria-label": t("What do you need done?"), placeholder: t("birth, certified copy…"),
    oninput: () => changed() });
  const list = el("div", { class: "find-found" });
  let asking = new AbortController();
  let soon = 0;
  let found = text ? [] : data.everyday;

  const choose = (procedure) => kiosk.show(sheetScreen, { procedure, back: () => kiosk.show(findScreen, { text: field.value, page }) });
  let aPage = A_PAGE[0];
  const draw = (to = 0) => {
    page = Math.min(to, Math.max(0, Math.ceil(found.length / aPage) - 1));
    replace(list, results(kiosk, { found, page, aPage, text: field.value.trim(), choose, turn: draw }));
  };
  const everyPageFits = (tried) => {
    aPage = tried;
    return Array.from({ length: Math.ceil(found.length / aPage) }, (_, each) => each).every((each) => {
      draw(each);
      return hasRoom(list);
    });
  };
  const fit = (to = page) => {
    const first = to * aPage;
    if (node.clientWidth) A_PAGE.find(everyPageFits);
    draw(Math.floor(first / aPage));
  };
  const search = async (to = 0) => {
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      found = await (field.value.trim() ? ask(field.value, signal) : data.everyday); // always later: fitted once it is on the screen
      fit(to);
    } catch (error) {
      if (error.name !== "AbortError") replace(list, el("h2", {}, t("The server does not answer yet")));
    }
  };
  const changed = () => {
    kiosk.idle.touch();
    clearTimeout(soon);
    soon = setTimeout(search, PAUSE_MS);
  };
  const note = el("p", { class: "find-note", role: "status" });
  const mic = microphone({ t, language: kiosk.language,
    heard: (said) => {
      field.value = said;
      setText(note, "");
      changed();
    },
    failed: () => setText(note, t("Nothing was heard. Please type it.")) });
  const node = el("div", { class: "find" },
    el("div", { class: "find-ask" }, el("h1", {}, t("What do you need done?")), field, note),
    list,
    keyboard({ t, field, changed, mic }));
  const letGo = catchKeys(field);
  search(page);
  return { name: "find", node, refit: () => fit(), back: () => kiosk.show(servicesScreen), close: () => {
    letGo();
    asking.abort();
    clearTimeout(soon);
  } };
}

function hasRoom(list) {
  return [list, ...list.querySelectorAll(".find-results, .find-result")].every((part) => part.scrollHeight <= part.clientHeight + SLACK_PX);
}

async function ask(text, signal) {
  const answer = await fetch(`/api/v1/procedures?${new URLSearchParams({ q: text, limit: MOST })}`, { signal });
  if (!answer.ok) throw new TypeError(answer.statusText);
  const { procedures } = await answer.json();
  return procedures.slice(0, MOST);
}

function results(kiosk, { found, page, aPage, text, choose, turn }) {
  const { t } = kiosk;
  if (!found.length) {
    return [el("h2", {}, t("Nothing found for “%(text)s”", { text })), el("p", {}, t("Try fewer or other words, or ask the staff."))];
  }
  const shown = found.slice(page * aPage, (page + 1) * aPage);
  return [
    el("h2", { class: text ? "visually-hidden" : null }, text ? t("Found: %(n)s", { n: found.length }) : t("What people often come for")),
    el("div", { class: "kiosk-choices find-results" }, shown.map((each) => result(kiosk, each, () => choose(each)))),
    pager(t, page, Math.ceil(found.length / aPage), turn, t("More results")),
  ];
}

function result(kiosk, procedure, onclick) {
  const service = kiosk.hall.services.get(procedure.service);
  return el("button", { type: "button", class: "kiosk-choice find-result", "data-procedure": procedure.code, onclick },
    el("strong", { lang: kiosk.languageOf(procedure, "name") }, kiosk.text(procedure, "name")),
    service && el("span", {}, kiosk.text(service, "name")));
}
