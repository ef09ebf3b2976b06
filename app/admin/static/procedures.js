// The catalogue of procedures: found as citizens find them, edited one by one, or taken over from a file.

import { command, get } from "/static/api.js";
import { el, setText, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { CODE_FIELD, fieldsOf, onlineWords } from "./procedures-facts.js";
import { watchFile } from "./procedures-file.js";
import { openSheet } from "./sheet.js";
import { showTable } from "./table.js";

const QUIET_MS = 200;
const place = document.querySelector("[data-view=table]");
const count = document.querySelector("[data-view=count]");
const words = document.querySelector("#filter-words");
const chosen = document.querySelector("#filter-service");
const NEW = { online: "", verified: true };

let services = [];
let asked = 0;
let pause = 0;

document.querySelector("[data-add]").addEventListener("click", () => edit(null));
document.querySelector("[data-filter]").addEventListener("submit", (event) => event.preventDefault());
words.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(show, QUIET_MS);
});
chosen.addEventListener("change", show);
watchFile(() => services, show);
start();

async function start() {
  ({ services } = await get("/services"));
  services.sort((one, other) => one.position - other.position);
  chosen.append(...services.map(({ code, name }) => el("option", { value: code }, name)));
  await show();
}

async function show() {
  asked += 1;
  const mine = asked;
  const { procedures } = await get(`/procedures?${new URLSearchParams({ q: words.value, ...(chosen.value && { service: chosen.value }) })}`);
  if (mine !== asked) return; // a later question has its own answer
  setText(count, t("%(n)s procedures", { n: procedures.length }));
  showTable(place, {
    rows: procedures, key: (procedure) => procedure.code, open: edit,
    empty: words.value ? t("Nothing is found. Is there an everyday name to add to a procedure?") : t("There is no procedure yet."),
    columns: [
      { title: t("Procedure"), cell: nameCell },
      { title: t("Service"), cell: ({ service, service_name: name }) => el("span", { title: name }, letterOf(service)) },
      { title: t("How long it takes"), class: "wide procedure-time", cell: ({ time_limit: time }) => time || "–" },
      { title: t("Online"), class: "wide", cell: ({ online }) => (online ? onlineWords(online) : "–") },
      { title: t("Fee"), class: "wide procedure-time", cell: ({ fee }) => fee || "–" },
    ],
  });
}

function nameCell({ code, name, keywords, verified }) {
  return el("span", { class: "procedure-name" }, el("b", {}, name),
    el("small", { class: "quiet" }, code, !verified && el("span", { class: "mark" }, t("to be checked"))),
    keywords && el("small", { class: "quiet procedure-also" }, t("Also: %(names)s", { names: keywords })));
}

function letterOf(code) {
  const service = services.find((each) => each.code === code);
  return service ? el("span", { class: "letter", "aria-label": service.name }, service.letter) : code;
}

function edit(procedure) {
  const fields = fieldsOf(services);
  openSheet({
    title: procedure ? procedure.name : t("New procedure"),
    groups: [{ fields: procedure ? fields : [CODE_FIELD, ...fields] }],
    value: procedure ?? NEW,
    save: ({ code = procedure?.code, ...facts }) => command("PUT", `/procedures/${encodeURIComponent(code)}`, facts),
    saved: () => done(t("Saved.")),
    remove: procedure && (() => command("DELETE", `/procedures/${encodeURIComponent(procedure.code)}`)),
    removeWords: t("Remove the procedure"),
  });
}

function done(said) {
  toast(said, "done");
  return show();
}
