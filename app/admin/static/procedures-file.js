// A catalogue from a file: what it would change is shown first, and just that is done.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { mistakesOf } from "/static/mistakes.js";

import { labelOf, valueWords } from "./procedures-facts.js";

const preview = document.querySelector("[data-view=preview]");
const chooser = document.querySelector("[data-file]");

/** `services()`: those of the centre; `changed()` runs after the catalogue is another. */
export function watchFile(services, changed) {
  chooser.addEventListener("change", async () => {
    const [file] = chooser.files;
    if (file) await look({ name: file.name, data: await file.arrayBuffer(), services, changed });
    chooser.value = ""; // the same file can be chosen again after it was mended
  });
}

async function look(file) {
  const { ok, body } = await send("POST", "/procedures/preview", file.data);
  if (!ok) return showProblem(body);
  if (!changesOf(body)) return show(el("p", {}, t("%(file)s says just what the catalogue is now. There is nothing to do.", { file: file.name })), closing());
  return show(el("h2", {}, t("%(file)s changes this:", { file: file.name })),
    el("p", {}, t("%(added)s added, %(changed)s changed, %(removed)s removed, %(unchanged)s stay as they are.",
      { added: body.added.length, changed: body.changed.length, removed: body.removed.length, unchanged: body.unchanged })),
    el("div", { class: "table-wrap procedure-changes", tabindex: "0" }, changesTable(body, file.services())),
    el("div", { class: "row" },
      el("button", { type: "button", class: "button button-primary", "data-import": true, onclick: () => carryOut(file, body.digest) }, t("Import")),
      el("button", { type: "button", class: "button", onclick: () => replace(preview) }, t("Cancel"))));
}

async function carryOut(file, digest) {
  const { ok, body } = await send("PUT", "/procedures", file.data, { "X-Digest": digest });
  if (!ok) return showProblem(body);
  show(el("p", { class: "done" }, t("%(file)s is imported.", { file: file.name })));
  return file.changed();
}

async function send(method, path, data, headers = {}) {
  try {
    const response = await fetch(`/api/v1${path}`, { method, body: data, headers: { "Content-Type": "text/csv", ...headers } });
    return { ok: response.ok, body: await response.json() };
  } catch (error) {
    return { ok: false, body: { detail: `${t("The server does not answer.")} ${error}` } };
  }
}

function showProblem(problem) {
  show(el("div", { class: "problem", role: "alert" }, mistakesOf(problem)), closing());
}

function show(...nodes) {
  replace(preview, el("section", { class: "plain-section procedure-preview" }, nodes));
  preview.scrollIntoView({ block: "nearest" });
}

function closing() {
  return el("button", { type: "button", class: "button", onclick: () => replace(preview) }, t("Close"));
}

function changesOf({ added, changed, removed }) {
  return added.length + changed.length + removed.length;
}

function changesTable({ added, changed, removed }, services) {
  return el("table", { class: "table" },
    el("thead", {}, el("tr", {}, [t("Procedure"), t("Detail"), t("Now"), t("After the import")].map((words) => el("th", { scope: "col" }, words)))),
    el("tbody", {},
      removed.map((each) => line(each, el("span", { class: "mark" }, t("Removed")), "", "")),
      added.map((each) => line(each, t("Added"), "", "")),
      changed.flatMap((each) => each.fields.map(({ field, before, after }) =>
        line(each, labelOf(field), valueWords(field, before, services), valueWords(field, after, services))))));
}

function line({ code, name }, what, before, after) {
  return el("tr", { "data-code": code }, el("th", { scope: "row" }, name, el("small", { class: "quiet" }, code)),
    el("td", {}, what), el("td", {}, before), el("td", {}, after));
}
