// The counters: number, name, own services and those they help with.

import { command, get } from "/static/api.js";
import { el, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { COUNTER_KIND, COUNTER_NAME, COUNTER_NUMBER } from "./facts.js";
import { openSheet } from "./sheet.js";
import { showTable } from "./table.js";

const place = document.querySelector("[data-view=table]");
const STATES = { open: [t("Open"), "mark mark-done"], paused: [t("Paused"), "mark mark-amber"], closed: [t("Closed"), "mark"] };

document.querySelector("[data-add]").addEventListener("click", async () => edit(null, await load()));
show();

async function load() {
  const [{ counters }, { services }] = await Promise.all([get("/counters"), get("/services")]);
  counters.sort((one, other) => one.number - other.number);
  services.sort((one, other) => one.position - other.position);
  return { counters, services };
}

async function show() {
  const centre = await load();
  const names = new Map(centre.services.map((service) => [service.code, service.name]));
  const list = (codes) => codes.map((code) => names.get(code) ?? code).join(", ") || "–";
  showTable(place, {
    rows: centre.counters, key: (counter) => counter.number, open: (counter) => edit(counter, centre),
    empty: t("There is no counter yet."),
    columns: [
      { title: t("Counter"), cell: ({ number, name, kind }) => el("span", {}, el("b", { class: "big-number" }, number), name && ` ${name}`,
        kind === "station" && el("span", { class: "mark" }, t("station"))) },
      { title: t("Own services"), cell: ({ own }) => list(own) },
      { title: t("Helps with"), cell: ({ help }) => list(help) },
      { title: t("Now"), cell: stateCell },
    ],
  });
}

function stateCell({ state, clerk }) {
  const [words, mark] = STATES[state];
  return el("span", {}, el("span", { class: mark }, words), clerk && ` ${clerk.full_name}`);
}

function edit(counter, { counters, services }) {
  const served = { name: "own", label: t("Services"), kind: "served", spread: true, services,
    hint: t("A counter takes its own services first and helps with others when they wait longer.") };
  const next = Math.max(0, ...counters.map(({ number }) => number)) + 1;
  openSheet({
    title: counter ? t("Counter %(n)s", { n: counter.number }) : t("New counter"),
    groups: [{ fields: [...(counter ? [] : [COUNTER_NUMBER]), COUNTER_NAME, COUNTER_KIND, served] }],
    value: counter ?? { number: next, name: "", kind: "desk", own: [], help: [] },
    save: ({ number = counter?.number, ...facts }) => command("PUT", `/counters/${number}`, facts),
    saved: done,
    remove: counter && (() => command("DELETE", `/counters/${counter.number}`)),
    removeWords: t("Remove the counter"),
  });
}

function done() {
  toast(t("Saved."), "done");
  return show();
}
