// Who can do what: clerks by services. A tick is saved at once; what is not written down follows the counter of today.

import { ApiError, command, get } from "/static/api.js";
import { el, replace, setText, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { data } from "/static/page.js";

import { watchUnsaved } from "../guard.js";
import { clerksOfEach, seatsOf, servicesOfSeat } from "./able.js";
import { walkWithArrows } from "./arrows.js";
import { tellWithUndo } from "./undo.js";

const place = document.querySelector("[data-view=table]");
const warnings = document.querySelector("[data-view=warnings]");

const [{ people }, { skills }, { services: all }, { counters }, { shifts }] = await Promise.all(
  ["/people", "/skills", "/services", "/counters", "/rota"].map(get));
const services = all.filter(({ active }) => active).sort((one, other) => one.position - other.position);
const names = new Map(all.map(({ code, name }) => [code, name]));
const known = new Map(skills.map((entry) => [entry.clerk, entry.services]));
const seats = seatsOf(counters, shifts, data.weekday);
const clerks = rowsOf();
const turns = new Map(); // of each clerk, the promise of the last save
let underWay = 0;
const head = el("tr", { class: "counts" });
const rows = new Map(clerks.map((clerk) => [clerk.name, makeRow(clerk)]));

watchUnsaved(() => underWay > 0);
show();

function rowsOf() {
  const listed = people.filter(({ name, active, role }) => known.has(name) || (active && (role === "clerk" || seats.has(name))));
  const gone = skills.filter(({ clerk }) => !people.some(({ name }) => name === clerk));
  return [...listed, ...gone.map(({ clerk, full_name: name }) => ({ name: clerk, full_name: name, active: false }))]
    .sort((one, other) => one.full_name.localeCompare(other.full_name, "vi"));
}

function show() {
  place.setAttribute("aria-busy", "false");
  if (!clerks.length) return replace(place, el("p", { class: "quiet empty" }, t("There is no clerk yet. Add people first.")));
  const table = el("table", { class: "table skills" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("Clerk")), services.map(serviceHead)), head),
    el("tbody", {}, [...rows.values()].map(({ node }) => node)));
  walkWithArrows(table);
  replace(place, el("div", { class: "table-wrap" }, table));
  clerks.forEach(paint);
  paintCounts();
}

function serviceHead({ letter, name }) {
  return el("th", { scope: "col" }, el("span", { class: "letter", "aria-hidden": "true" }, letter), el("span", { class: "skill-head" }, name));
}

function makeRow(clerk) {
  const note = el("small", { class: "quiet" });
  const cells = new Map(services.map(({ code, name }) => {
    const box = el("input", { type: "checkbox", "data-cell": true, "data-service": code, "aria-label": `${clerk.full_name}: ${name}`,
      onchange: ({ target }) => tick(clerk, code, target.checked) });
    const by = el("small", { class: "quiet" });
    const label = el("label", { class: "skill" }, box, el("span", { class: "skill-name" }, name), by);
    return [code, { box, by, td: el("td", {}, label) }];
  }));
  const seat = el("small", { class: "seat" }, seatWords(clerk));
  const node = el("tr", { "data-key": clerk.name }, el("th", { scope: "row" }, el("b", {}, clerk.full_name), seat, note),
    [...cells.values()].map(({ td }) => td));
  return { node, note, cells };
}

function seatWords({ name, active }) {
  if (!active) return t("deactivated");
  const seat = seats.get(name);
  if (!seat) return t("no counter today");
  const where = t("Counter %(n)s", { n: seat.numbers.join(", ") });
  return seat.now ? where : t("%(counter)s by the rota", { counter: where });
}

function paint(clerk) {
  const entry = known.get(clerk.name);
  const { note, cells } = rows.get(clerk.name);
  setText(note, entry ? "" : t("not written down: only the work of the own counter"));
  note.hidden = Boolean(entry);
  for (const [code, { box, by, td }] of cells) {
    const byCounter = !entry && ableTo(clerk).includes(code);
    box.checked = Boolean(entry?.includes(code));
    td.classList.toggle("by-counter", byCounter);
    setText(by, byCounter ? t("by the counter") : "");
  }
}

function ableTo({ name }) {
  return known.get(name) ?? servicesOfSeat(seats.get(name), counters, all);
}

async function tick(clerk, code, ticked) {
  // The first tick writes down the work of the own counter with it: an entry of one service alone would take that away.
  const after = ticked ? [...new Set([...ableTo(clerk), code])] : ableTo(clerk).filter((each) => each !== code);
  const before = known.get(clerk.name) ?? [];
  if (await set(clerk, after)) tellWithUndo(savedWords(clerk, after), () => takeBack(clerk, before));
}

async function takeBack(clerk, before) {
  if (await set(clerk, before)) toast(savedWords(clerk, before), "done");
}

/** Shown at once; answers whether the hub has taken it. One change of a clerk follows the other, so that the last one stands. */
function set(clerk, codes) {
  const stood = known.get(clerk.name) ?? [];
  keep(clerk, codes);
  const turn = (turns.get(clerk.name) ?? Promise.resolve()).then(() => save(clerk, codes, stood));
  turns.set(clerk.name, turn);
  return turn;
}

async function save(clerk, codes, stood) {
  underWay += 1;
  try {
    await command("PUT", `/people/${encodeURIComponent(clerk.name)}/skills`, { services: codes });
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (String(known.get(clerk.name) ?? []) === String(codes)) keep(clerk, stood); // else a later change is on its way
    toast(t("Not saved: %(why)s", { why: error.message }), "error");
    return false;
  } finally {
    underWay -= 1;
  }
}

function keep(clerk, codes) {
  if (codes.length) known.set(clerk.name, codes);
  else known.delete(clerk.name);
  paint(clerk);
  paintCounts();
}

function savedWords({ full_name: name }, codes) {
  if (!codes.length) return t("%(name)s: not written down, only the work of the own counter", { name });
  return t("%(name)s can do: %(services)s", { name, services: codes.map((code) => names.get(code) ?? code).join(", ") });
}

function paintCounts() {
  const each = clerksOfEach(services, clerks, ableTo);
  replace(head, el("th", { scope: "row" }, t("Who can do it")), services.map(({ code, name }) => countCell(name, each.get(code))));
  const having = (many) => services.filter(({ code }) => each.get(code).length === many);
  const lines = [scarceLine("none", t("Nobody is known to be able to do"), having(0).map(({ name }) => name)),
    scarceLine("one", t("Only one person can do"), having(1).map(({ code, name }) => `${name} (${each.get(code)[0].full_name})`))];
  replace(warnings, lines.some(Boolean) && el("ul", { class: "warnings" }, lines));
}

function scarceLine(kind, words, found) {
  return found.length > 0 && el("li", { "data-scarce": kind }, `${words}: ${found.join(", ")}.`);
}

function countCell(name, able) {
  const mark = ["mark mark-late", "mark mark-amber"][able.length] ?? "mark";
  const words = [t("nobody"), t("only 1 person")][able.length] ?? t("%(n)s people", { n: able.length });
  return el("td", { title: able.map((clerk) => clerk.full_name).join(", ") || null },
    el("span", { class: "skill-name" }, name), el("span", { class: mark }, words));
}
