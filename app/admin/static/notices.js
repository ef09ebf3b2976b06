// The notices: what the TV shows between calls, in which order and when.

import { command, get } from "/static/api.js";
import { hubNow } from "/static/clock.js";
import { el, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { dueNotices } from "/static/notice-due.js";
import { messageButton, newId } from "/static/screen-message.js";

import { NEW, groupsFor, watchKind } from "./notices-form.js";
import { smallScreen } from "./notices-preview.js";
import { KINDS, stateWords, whenWords } from "./notices-words.js";
import { openSheet } from "./sheet.js";
import { showTable } from "./table.js";

const place = document.querySelector("[data-view=table]");
let known = [];

document.querySelector("[data-add]").addEventListener("click", () => edit(null));
await show();
document.querySelector("[data-view=message]").append(messageButton(() => known, show));

async function show() {
  ({ notices: known } = await get("/notices"));
  const turns = known.filter(({ kind }) => kind !== "message");
  const due = new Set(dueNotices(turns, hubNow()).map(({ id }) => id));
  showTable(place, {
    rows: turns, key: ({ id }) => id, open: edit, empty: t("There is no notice yet."),
    columns: [
      { title: t("As on the TV"), cell: nameCell },
      { title: t("When"), cell: (notice) => [whenWords(notice), el("small", { class: "quiet" }, t("%(n)s seconds each time", { n: notice.seconds }))] },
      { title: t("State"), cell: (notice) => stateMark(stateWords(notice, due.has(notice.id), hubNow())) },
      { title: t("Order"), class: "order", cell: (notice) => orderButtons(notice, turns) },
    ],
  });
}

function nameCell(notice) {
  const file = notice.missing ? null : notice.media;
  const [words, kind] = [notice.text.split("\n")[0], KINDS[notice.kind]];
  return el("span", { class: "notice-cell" }, smallScreen(notice, file),
    el("span", {}, el("b", {}, words || kind), words && el("small", { class: "quiet" }, kind)));
}

function stateMark([mark, words]) {
  return el("span", { class: `mark ${mark}` }, words);
}

function edit(notice) {
  const id = notice?.id ?? newId("notice");
  const position = notice?.position ?? 1 + Math.max(-1, ...known.map((each) => each.position));
  const dialog = openSheet({
    title: notice ? t("Notice") : t("New notice"), value: notice ?? NEW, groups: groupsFor(),
    save: (values) => command("PUT", `/notices/${id}`, { position, ...values, media: values.kind === "text" ? "" : values.media }),
    saved: () => done(t("Saved. Every screen knows it now.")),
    remove: notice && (() => command("DELETE", `/notices/${id}`)), removeWords: t("Remove the notice"),
  });
  watchKind(dialog);
}

function done(words) {
  toast(words, "done");
  return show();
}

function orderButtons(notice, turns) {
  const at = turns.indexOf(notice);
  const name = notice.text || KINDS[notice.kind];
  const button = (words, sign, step) => el("button", { type: "button", class: "button button-small button-quiet", "aria-label": words,
    disabled: !turns[at + step], onclick: () => move(turns, at, step) }, sign);
  return el("span", {}, button(t("Move %(name)s up", { name }), "↑", -1), button(t("Move %(name)s down", { name }), "↓", 1));
}

async function move(turns, at, step) {
  const order = [...turns];
  [order[at], order[at + step]] = [order[at + step], order[at]];
  for (const [position, { id, missing: _missing, ...facts }] of order.entries()) {
    if (facts.position !== position) await command("PUT", `/notices/${id}`, { ...facts, position });
  }
  await show();
}
