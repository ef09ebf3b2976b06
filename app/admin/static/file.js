// Importing a centre file: read it, show what would change, and only then do it.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { labelOf, valueWords } from "./facts.js";

const preview = document.querySelector("[data-view=preview]");
const chooser = document.querySelector("[data-file]");

chooser.addEventListener("change", async () => {
  const [file] = chooser.files;
  if (file) await look(file.name, await file.text());
  chooser.value = ""; // the same file can be chosen again after it was mended
});

async function look(name, text) {
  const { ok, body } = await send("POST", "/admin/file/compare", text);
  if (!ok) return showProblem(name, text, body);
  if (!body.changes.length) return replace(preview, el("p", {}, t("%(file)s says just what the centre is now. There is nothing to do.", { file: name })));
  replace(preview,
    el("h3", {}, t("%(file)s changes this:", { file: name })),
    el("div", { class: "table-wrap" }, changesTable(body.changes)),
    el("div", { class: "row" },
      el("button", { type: "button", class: "button button-primary", "data-import": true, onclick: () => carryOut(name, text) }, t("Import")),
      el("button", { type: "button", class: "button", onclick: () => replace(preview) }, t("Cancel"))));
}

async function carryOut(name, text) {
  const { ok, body } = await send("PUT", "/api/v1/centre.toml", text);
  if (!ok) return showProblem(name, text, body);
  replace(preview, el("p", { class: "done" }, t("%(file)s is imported.", { file: name })));
}

async function send(method, address, text) {
  try {
    const response = await fetch(address, { method, body: text, headers: { "Content-Type": "application/toml" } });
    return { ok: response.ok, body: await response.json() };
  } catch (error) {
    return { ok: false, body: { detail: `${t("The server does not answer.")} ${error}` } };
  }
}

function showProblem(name, text, { detail }) {
  const line = /\bline (\d+)/.exec(detail ?? "")?.[1];
  replace(preview, el("div", { class: "problem", role: "alert" },
    el("p", {}, t("Nothing was changed. The file cannot be taken as it is:")), el("p", {}, detail ?? name),
    line && el("pre", {}, `${line}  ${text.split("\n")[line - 1] ?? ""}`)));
}

function changesTable(changes) {
  return el("table", { class: "table" },
    el("thead", {}, el("tr", {}, [t("Where"), t("Now"), t("After the import")].map((words) => el("th", { scope: "col" }, words)))),
    el("tbody", {}, changes.map(({ where, before, after }) => el("tr", { "data-where": where.join(".") },
      el("th", { scope: "row" }, whereWords(where)), el("td", {}, told(where, before)), el("td", {}, told(where, after))))));
}

const PARTS = { centre: () => t("Settings"), services: (code) => t("Service %(code)s", { code }),
  counters: (n) => t("Counter %(n)s", { n }), priority_classes: (code) => t("Priority %(code)s", { code }),
  skills: (name) => t("What %(name)s can do", { name }), rota: () => t("Rota"),
  slots: () => t("Appointment times"), closed_days: () => t("Closed days") };
const WHOLE = new Set(["centre", "rota", "slots", "closed_days"]); // told as one

function whereWords([part, ...rest]) {
  const [key, fact] = part === "centre" || rest[0] === "order" ? [null, rest[0]] : rest;
  const thing = key || WHOLE.has(part) ? PARTS[part](key) : t("Order");
  return fact && fact !== "order" ? `${thing} · ${labelOf(fact)}` : thing;
}

// A whole service or counter that comes or goes is told by its name.
function told(where, value) {
  if (value === null) return t("is not there");
  if (where[0] === "rota") return t("%(n)s shifts", { n: value.length });
  if (where[0] === "slots" || where[0] === "closed_days") return t("%(n)s lines", { n: value.length });
  if (where[0] === "skills") return valueWords("own", value);
  return typeof value === "object" && !Array.isArray(value) ? value.name || t("is there") : valueWords(where.at(-1), value);
}
