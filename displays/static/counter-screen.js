// The screen over one counter: its number, and a pulse of the whole field while somebody is freshly called.

import { everySecond, hhmm, hubNow } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { follow, isFresh } from "/static/link.js";
import { data } from "/static/page.js";
import { serviceName } from "/static/displays/hall-view.js";
import { applyTheme } from "/static/displays/screen-settings.js";
import { reloadIfOutdated, startAgainIfRemoved, stayAwake } from "/static/displays/upkeep.js";

const PULSE_MS = 10_000;
const WHAT = { called: t("Number called"), serving: t("Being served") };
const BIG = { ready: t("Ready for the next number"), paused: t("On a break"), closed: t("Counter closed") };

const at = (id) => document.getElementById(id);
const number = data.counters[0].number;
const callbacks = { onSnapshot: caughtUp, onEvent: happened, onRefused: startAgainIfRemoved };
const { state } = follow(`counter:${number}`, callbacks, data);
let pulseEnds = null;
let pulsing = ""; // the ticket for which

applyTheme();
void stayAwake();
draw();
everySecond(() => setText(at("clock"), hhmm(hubNow())));

function caughtUp() {
  void reloadIfOutdated(state);
  draw();
}

function happened(_state, { call }) {
  draw();
  if (call?.counter === number && isFresh(call.at)) pulse(call.ticket);
}

function draw() {
  const counter = state.counters.get(number);
  if (!counter) return; // taken away in the administration; the next snapshot is refused and the page says so
  const kind = kindOf(counter);
  const { ticket } = counter;
  at("screen").dataset.kind = kind;
  setText(at("what"), WHAT[kind] ?? "");
  setText(at("big"), ticket ? ticket.number : BIG[kind]);
  setText(at("note"), note(counter));
  at("screen").style.setProperty("--letters", ticket ? Math.max(4, ticket.number.length) : 4);
  drawServices(counter);
  if (kind !== "called" || ticket.id !== pulsing) stopPulse();
}

function kindOf({ ticket, state: mood }) {
  if (ticket) return ticket.state;
  return mood === "open" ? "ready" : mood;
}

function note({ ticket, state: mood, until }) {
  if (ticket?.priority) return t("this counter is serving a person with priority");
  return !ticket && mood === "paused" && until ? t("until %(time)s", { time: until }) : "";
}

function drawServices({ own }) {
  const served = [...state.services.values()].filter((service) => own.includes(service.code));
  replace(at("serves"), served.map((one) => el("span", {}, el("b", {}, one.letter), ` ${serviceName(one)}`)));
}

function pulse(ticket) {
  stopPulse();
  pulsing = ticket;
  at("screen").toggleAttribute("data-fresh", true);
  pulseEnds = setTimeout(stopPulse, PULSE_MS);
}

function stopPulse() {
  clearTimeout(pulseEnds);
  at("screen").toggleAttribute("data-fresh", false);
}
