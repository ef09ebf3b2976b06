// A self-service station: it calls the next one itself while it is free, and whoever sits here says when they begin and end.

import { ApiError, command, get } from "/static/api.js";
import { everySecond, hhmm, hubNow, hubRate } from "/static/clock.js";
import { setText } from "/static/dom.js";
import { follow } from "/static/link.js";
import { data, version } from "/static/page.js";
import { stationView } from "/static/counters/station-view.js";

const NO_SHOW_MS = 180_000; // then somebody should look
const LEAVES_MS = 8000; // so long the one before reads where to go, and leaves the chair

const $ = (id) => document.getElementById(id);
const number = data.hall.counters[0].number;
const busy = new Set(); // what is under way
let visit = null; // what the hub tells of who is here: {id, then}
let left = null; // who was here just now: {number, next, until}

const { state } = follow(`counter:${number}`, { onSnapshot: caughtUp, onEvent: show, onRefused: joinAgain }, data.hall);

for (const [id, press] of Object.entries({ begin, done, absent, ask, unask })) $(id).addEventListener("click", press);
show();
everySecond(show);

function caughtUp() {
  if (!counter()?.ticket && state.version && version && state.version !== version) location.reload();
  show();
}

function joinAgain({ code }) {
  if (code === "role_forbids" || code === "unknown_counter") setTimeout(() => location.reload(), 3000);
}

function counter() {
  return state.counters.get(number);
}

function show() {
  const here = counter();
  if (!here) return;
  setText($("clock"), hhmm(hubNow()));
  learn(here.ticket);
  if (left && performance.now() > left.until) left = null;
  const isLate = here.ticket?.state === "called" && hubNow() - Date.parse(here.ticket.since) > NO_SHOW_MS * Math.max(1, hubRate());
  stationView({ counter: here, visit, left, isLate, waiting: waiting(here) });
  if (isLate && data.alone && !here.assistance) once(`late ${here.ticket.id}`, ask);
  if (mayCall(here)) callNext();
}

function waiting(here) {
  const served = [...here.own, ...here.help].map((code) => state.services.get(code)?.waiting ?? 0);
  return served.reduce((sum, each) => sum + each, 0);
}

// Only the station's own screen calls: a supervisor may look at this page too.
function mayCall(here) {
  return data.alone && here.state === "open" && !here.ticket && !left && waiting(here) > 0 && !busy.has("next");
}

function callNext() {
  return press("next", "next", "");
}

function begin() {
  return press("arrive", "arrive");
}

async function done() {
  const { ticket } = counter();
  const next = visit?.id === ticket.id ? visit.then[0] : null;
  if (await press("finish", "finish")) left = { number: ticket.number, next, until: performance.now() + LEAVES_MS };
  show();
}

function absent() {
  return press("miss", "miss");
}

function ask() {
  return send("help", "POST", "/assistance", { counter: number });
}

function unask() {
  return send("help", "DELETE", `/assistance/${encodeURIComponent(`counter:${number}`)}`, {});
}

function press(what, verb, seen = counter().ticket?.id ?? "") {
  return send(what, "POST", `/counters/${number}/${verb}`, { seen });
}

/** True if the hub did it. A press that came too late changed nothing: the feed shows what is so. */
async function send(what, method, path, body) {
  if (busy.has(what)) return false;
  busy.add(what);
  try {
    await command(method, path, body);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return false;
  } finally {
    busy.delete(what);
  }
}

function once(what, act) {
  if (sessionStorage.getItem("toiluot.station") === what) return;
  sessionStorage.setItem("toiluot.station", what);
  act();
}

async function learn(ticket) {
  if (!ticket || visit?.id === ticket.id) return;
  visit = { id: ticket.id, then: [] };
  try {
    const { id, then } = await get(`/tickets/${ticket.id}`);
    if (visit.id === id) visit.then = then;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
  }
}
