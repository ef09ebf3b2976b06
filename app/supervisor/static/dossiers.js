// Importing dossiers: read a file, show what it would change, and only then do it.

import { everySecond, hhmm, hubNow } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { mistakesOf } from "/static/mistakes.js";
import { data } from "/static/page.js";

import { firstLines, lineOf } from "./dossiers-file.js";
import { asNumber } from "./figures.js";

const SHOWN = 6; // the headings and five dossiers
const preview = document.querySelector("[data-view=preview]");
const drop = document.querySelector("[data-view=drop]");
const chooser = document.querySelector("[data-file]");
let chosen = null;

everySecond(() => setText(document.querySelector("[data-view=clock]"), hhmm(hubNow())));
chooser.addEventListener("change", () => {
  const [file] = chooser.files;
  if (file) look(file);
  chooser.value = ""; // the same file can be chosen again after it was mended
});
for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", over);
    if (name === "drop" && event.dataTransfer.files[0]) look(event.dataTransfer.files[0]);
  });
}

async function look(file) {
  chosen = file;
  if (file.size >= data.largest) return refused(file, { detail: t("It is larger than 5 MB. Export fewer days at a time.") });
  const { ok, body } = await send(file, { dryRun: true });
  if (chosen !== file) return; // another file was chosen while this one was on its way
  if (!ok) return refused(file, body);
  const nothing = !body.new && !body.changed;
  replace(preview,
    el("h2", {}, file.name),
    changes(body),
    nothing ? el("p", {}, t("The reports know all of this already. There is nothing to do."))
      : el("div", { class: "row" },
        el("button", { type: "button", class: "button button-primary", "data-import": true, onclick: () => carryOut(file) }, t("Import")),
        el("button", { type: "button", class: "button", onclick: () => replace(preview) }, t("Cancel"))),
    linesTable(firstLines(await file.text(), SHOWN)));
}

async function carryOut(file) {
  preview.querySelector("[data-import]").disabled = true;
  const { ok, body } = await send(file, { dryRun: false });
  if (!ok) return refused(file, body);
  replace(preview,
    el("p", { class: "imported" }, t("%(file)s is imported.", { file: file.name })),
    changes(body),
    el("p", {}, el("a", { href: "/report" }, t("To the report"))));
}

// A retry is harmless: a dossier is kept by its code, and the second time nothing changes.
async function send(file, { dryRun }) {
  const words = new URLSearchParams({ file: file.name, ...(dryRun && { dry_run: 1 }) });
  try {
    const response = await fetch(`/api/v1/dossiers?${words}`, { method: "POST", body: file, headers: { "Content-Type": "text/csv" } });
    return { ok: response.ok, body: await response.json() };
  } catch (error) {
    return { ok: false, body: { detail: `${t("The server does not answer.")} ${error}` } };
  }
}

function changes({ new: fresh, changed, same }) {
  const rows = [[t("new"), "new", fresh], [t("changed"), "changed", changed], [t("as known already"), "same", same]];
  return el("dl", { class: "changes" }, rows.map(([words, name, count]) =>
    el("div", {}, el("dt", {}, words), el("dd", { "data-count": name }, asNumber(count)))));
}

async function refused(file, problem) {
  const { line } = problem;
  const told = line ? lineOf(await file.text(), line) : "";
  replace(preview, el("div", { class: "refused", role: "alert" },
    mistakesOf({ ...problem, detail: problem.detail ?? file.name }),
    told && el("pre", {}, `${line}  ${told}`)));
}

function linesTable([headings, ...lines]) {
  return headings && el("div", { class: "table-wrap" }, el("table", { class: "first-lines" },
    el("caption", {}, t("The first lines of the file")),
    el("thead", {}, el("tr", {}, headings.map((words) => el("th", { scope: "col" }, words)))),
    el("tbody", {}, lines.map((fields) => el("tr", {}, headings.map((_, index) => el("td", {}, fields[index] ?? "")))))));
}
