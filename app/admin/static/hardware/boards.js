// The boards over the counters: which, where, how they are.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { lineNamed, listOf } from "./config.js";
import { editBoard } from "./edit.js";
import { kindWords } from "./kinds.js";
import { addBoard } from "./steps.js";
import { stateNode } from "./words.js";
import { showTable } from "../table.js";

export function showBoards(place, page) {
  const table = el("div");
  replace(place, sectionHead(t("LED boards"), t("Add a board"), () => addBoard(page.latest), { primary: true, off: !page.online }), table);
  showTable(table, {
    rows: listOf(page.config, "boards").toSorted((a, b) => a.counter - b.counter || a.name.localeCompare(b.name)),
    key: ({ name }) => name, open: (board) => editBoard(page.latest, board),
    empty: t("No board yet. Plug in the USB adapter, switch a board on, and add it: it takes a few minutes."),
    columns: [
      { title: t("Counter"), class: "counter-cell", cell: ({ counter }) => el("b", { class: "big-number" }, counter) },
      { title: t("LED board"), cell: (board) => [el("b", {}, board.name), el("small", { class: "quiet" }, kindWords(board.driver, board.options?.preset))] },
      { title: t("Line"), class: "wide", cell: ({ bus }) => [bus, el("small", { class: "quiet port" }, lineNamed(page.config, bus)?.url)] },
      { title: t("Address"), class: "wide number", cell: ({ address = 1 }) => address },
      { title: t("State"), class: "state-cell", cell: ({ name }) => stateNode(page.healthOf("boards", name), page.online) },
      { title: el("span", { class: "visually-hidden" }, t("Light it")), class: "order", cell: ({ name }) => lightButton(name, page) },
    ],
  });
}

function lightButton(name, { light, online }) {
  return el("button", { type: "button", class: "button button-small", "data-light": name, disabled: !online, onclick: () => light(name),
    "aria-label": t("Light %(name)s", { name }) }, t("Light it"));
}

/** The heading of a section, with the button that adds to it. */
export function sectionHead(title, words, add, { primary = false, off = false, hint = null } = {}) {
  return el("header", { class: "section-head" }, el("div", {}, el("h2", {}, title), hint && el("p", { class: "quiet" }, hint)),
    words && el("button", { type: "button", class: primary ? "button button-primary" : "button", "data-add": true, disabled: off, onclick: add }, words));
}
