// The equipment of the hall: an agent, what hangs on it, how it is. Every change is saved to the agent's own file.

import { get } from "/static/api.js";
import { el, replace, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { lightWords } from "/static/light-words.js";
import { follow } from "/static/link.js";

import { agentNamed, listAgents } from "./agent.js";
import { showBoards } from "./boards.js";
import { makeConsole } from "./console.js";
import { noAgentNode, ownAgentNode } from "./first.js";
import { showLines } from "./lines.js";
import { OTHERS, showOthers } from "./others.js";
import { errorWords } from "./words.js";

const view = document.querySelector("[data-view=hardware]");
const places = new Map();
const drawn = new Map();
const page = { agents: [], own: "none", name: null, agent: null, setup: null, problem: "", online: false, counters: [] };

follow("supervisor", { onSnapshot: ({ devices }) => hear(devices), onHealth: ({ devices }) => hear(devices) });
addEventListener("focus", loadCounters); // they are made on another page
reload();

async function reload() {
  const { agents, own } = await listAgents();
  page.own = own;
  hear(agents);
}

function hear(devices) {
  page.agents = devices.filter(({ kind }) => kind === "agent");
  if (!page.agents.some(({ name }) => name === page.name)) choose((page.agents.find(({ online }) => online) ?? page.agents[0])?.name ?? null);
  const wasOnline = page.online;
  page.online = Boolean(present()?.online);
  if (page.online && (!wasOnline || !page.setup)) loadSetup();
  draw();
}

function choose(name) {
  Object.assign(page, { name, agent: name && agentNamed(name), setup: null, problem: "", online: false });
  drawn.clear();
  places.clear();
}

async function loadSetup() {
  const { name } = page;
  try {
    const [setup] = await Promise.all([page.agent.setup(), loadCounters()]);
    if (name === page.name) Object.assign(page, { setup, problem: "" });
  } catch (error) {
    if (name === page.name) page.problem = errorWords(error);
  }
  draw();
}

async function loadCounters() {
  const { counters } = await get("/counters");
  page.counters = counters.toSorted((a, b) => a.number - b.number);
}

const present = () => page.agents.find(({ name }) => name === page.name);

/** What the sections are given: the state now, and the ways to change it. */
function handle() {
  const health = present() ?? {};
  return {
    ...page, config: page.setup?.config ?? {}, health,
    healthOf: (kind, name) => (health[kind] ?? []).find((thing) => thing.name === name),
    latest: handle, save, light,
  };
}

/** `change` makes the new configuration of the one that is in the agent's file now: somebody else may have saved, too. */
async function save(change) {
  const setup = await page.agent.setup();
  const config = change(setup.config);
  await page.agent.save(config);
  page.setup = { ...setup, config, problems: [] };
  draw();
}

async function light(board) {
  try {
    toast(...lightWords(board, await page.agent.light(board)));
  } catch (error) {
    toast(errorWords(error), "error");
  }
}

function draw() {
  view.setAttribute("aria-busy", "false");
  if (!page.name) return drawOnce(view, "none", page.own, () => noAgentNode(page.own, reload));
  if (!places.size) layOut();
  const given = handle();
  drawOnce(places.get("agent"), "agent", [page.agents.map(({ name, online }) => [name, online]), page.name, page.own, page.problem, page.setup?.file, page.setup?.problems],
    () => agentNode(given));
  const isKnown = Boolean(page.setup);
  places.get("rest").hidden = !isKnown;
  if (!isKnown) return undefined;
  redraw("boards", given, () => showBoards(places.get("boards"), given));
  for (const kind of Object.keys(OTHERS)) redraw(kind, given, () => showOthers(places.get(kind), kind, given));
  redraw("lines", given, () => showLines(places.get("lines"), given));
  places.get("console").fill(given);
  return undefined;
}

// A table is drawn anew only when something in it differs: a report every 15 s must not take the focus away.
function redraw(kind, { config, health, online }, act) {
  const key = JSON.stringify([config, health[kind], kind === "lines" && health.boards, online]);
  if (drawn.get(kind) === key) return;
  drawn.set(kind, key);
  act();
}

function drawOnce(place, kind, facts, make) {
  const key = JSON.stringify(facts);
  if (drawn.get(kind) === key) return;
  drawn.set(kind, key);
  replace(place, make());
}

function layOut() {
  const section = (kind) => {
    places.set(kind, el("section", { class: "equipment", "data-kind": kind }));
    return places.get(kind);
  };
  const tools = makeConsole(handle);
  places.set("console", tools);
  const rest = el("div", {}, section("boards"), Object.keys(OTHERS).map(section), section("lines"), tools.node);
  places.set("rest", rest);
  replace(view, section("agent"), rest);
}

function agentNode({ agents, name, online, own, problem, setup }) {
  const pick = el("select", { id: "agent", onchange: (event) => { choose(event.target.value); hear(page.agents); } },
    agents.map((each) => el("option", { value: each.name, selected: each.name === name }, each.name)));
  return el("div", { class: "agent-line" },
    agents.length > 1 ? el("label", { class: "agent-pick", for: "agent" }, t("Hardware agent"), pick) : el("b", {}, t("Hardware agent %(name)s", { name })),
    online ? el("span", { class: "mark mark-done" }, t("connected")) : el("span", { class: "mark mark-late" }, t("not connected")),
    setup && el("span", { class: "quiet agent-file" }, t("Settings are kept in %(file)s", { file: setup.file })),
    !online && el("p", { class: "quiet" }, t("See that its PC is on and in the network. What it last said stands below.")),
    [problem, ...setup?.problems ?? []].filter(Boolean).map((words) => el("p", { class: "problem" }, words)),
    own === "can_start" && ownAgentNode(reload));
}
