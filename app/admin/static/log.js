// The log, newest first: who, when, what, and which facts changed.

import { get } from "/static/api.js";
import { hhmm, longDate } from "/static/clock.js";
import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { changedFacts, isChange, sentence, subject } from "./log-words.js";
import { showTable } from "./table.js";

const place = document.querySelector("[data-view=table]");
const filter = document.querySelector("[data-filter]");
const more = document.querySelector("[data-more]");
const ONE_READ = 500;
const ONE_SHOWING = 50;

const people = new Map((await get("/people")).people.map((person) => [person.name, person.full_name]));
const services = new Map((await get("/services")).services.map((service) => [service.code, service.name]));
const events = [];
let wanted = ONE_SHOWING;
let ended = false;

filter.addEventListener("change", () => {
  wanted = ONE_SHOWING;
  show();
});
more.addEventListener("click", () => {
  wanted += ONE_SHOWING;
  show();
});
show();

async function show() {
  while (!ended && chosen().length < wanted) await readOlder();
  const rows = chosen();
  showTable(place, {
    rows: rows.slice(0, wanted), key: (event) => event.seq, empty: t("Nothing has been changed yet."),
    columns: [
      { title: t("When"), class: "when", cell: ({ at }) => [hhmm(at), el("small", { class: "quiet" }, longDate(at))] },
      { title: t("Who"), cell: ({ actor }) => whoCell(actor) },
      { title: t("What"), cell: whatCell },
    ],
  });
  more.hidden = ended && rows.length <= wanted;
}

function chosen() {
  return filter.value === "all" ? events : events.filter(isChange);
}

async function readOlder() {
  const before = events.at(-1)?.seq;
  const { events: older } = await get(`/log?limit=${ONE_READ}${before ? `&before=${before}` : ""}`);
  events.push(...older);
  ended = older.length < ONE_READ;
}

const ROLE_WORDS = { system: t("the system"), citizen: t("a citizen"), kiosk: t("kiosk"), agent: t("hardware agent"),
  robot: t("robot or program"), display: t("screen") };

function whoCell(actor) {
  const [role, name] = actor.split(":");
  if (role === "system") return ROLE_WORDS.system;
  if (name === "command-line") return t("the command line");
  return people.get(name) ?? `${ROLE_WORDS[role] ?? role} ${name}`.trim();
}

function whatCell(event) {
  const facts = changedFacts(event, earlierThan(event), services);
  return [sentence(event), facts.length ? el("ul", { class: "facts" }, facts.map((fact) => el("li", {}, fact))) : null];
}

function earlierThan(event) {
  const about = subject(event);
  return about && events.find((other) => other.seq < event.seq && subject(other) === about);
}
