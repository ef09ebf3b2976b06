// The clerk's console: ties the feed, the presses, the keys and the views together.

import { everySecond, hubNow, hubRate } from "/static/clock.js";
import { applySnapshot, emptyState } from "/static/hall-state.js";
import { t } from "/static/i18n.js";
import { follow } from "/static/link.js";
import { data } from "/static/page.js";
import * as actions from "/static/counters/actions.js";
import { noticeWork, prepareBeep } from "/static/counters/beep.js";
import { learn, overlaid } from "/static/counters/ahead.js";
import { listenToButtons } from "/static/counters/buttons.js";
import { showChoices } from "/static/counters/choose-view.js";
import { showDesk } from "/static/counters/desk-view.js";
import { askPause, askTransfer, prepareDialogs } from "/static/counters/dialogs.js";
import { say } from "/static/counters/echo.js";
import { listenToKeys } from "/static/counters/keys.js";
import { showLists } from "/static/counters/lists-view.js";
import { leads, seatOf, undoOf, verbsOf } from "/static/counters/model.js";
import { Presses } from "/static/counters/presses.js";
import { reasonOf, rememberReason } from "/static/counters/reasons.js";
import { hearScan, noticeTicket, prepareScans, refreshScan } from "/static/counters/scan-view.js";
import { outcome, refusal } from "/static/counters/words.js";

const LAST_COUNTER = "toiluot.counter";
const PATIENCE_MS = 2000; // as long as the banner waits

const $ = (id) => document.getElementById(id);
const { person, asked } = data;
const unfolded = new Set();
const presses = new Presses(render, settled);
let state = emptyState();
let link = { online: false, since: hubNow() };
let seated = null; // the counter's number and ticket as last shown, to notice what somebody else did

const lists = {
  call: (ticket) => begin(actions.callTicket(seat(), ticket)),
  returned: (ticket) => begin(actions.ticketReturned(seat(), ticket)),
  unfold: (code) => {
    if (!unfolded.delete(code)) unfolded.add(code);
    render();
  },
};

start();

function start() {
  applySnapshot(state, data);
  prepareDialogs((until) => begin(actions.pauseCounter(seat(), until)));
  prepareBeep($("beep"));
  listenToButtons({
    act,
    pause: () => askPause((until) => begin(actions.pauseCounter(seat(), until))),
    close: () => begin(actions.closeCounter(seat())),
    title: () => `${t("Counter %(n)s", { n: seat().number })} · ${person.full_name}`,
  });
  listenToKeys(act, () => seat() !== null);
  prepareScans({ seat, hall: () => state, call: (ticket) => begin(actions.callTicket(seat(), ticket)) });
  presses.resume();
  follow("staff", {
    onSnapshot: arrived,
    onEvent: happened,
    onLink: lineChanged,
    onScan: hearScan,
    onRefused: ({ detail }) => say(detail, "error"),
  });
  everySecond(render);
}

function arrived(newState) {
  state = newState;
  if (!presses.pending) noticeOthers();
  render();
}

function happened(newState, event) {
  arrived(newState);
  noticeTicket(event);
}

function lineChanged(newLink) {
  link = newLink;
  if (link.online) presses.lineBack();
  render();
}

function seat() {
  return overlaid(seatOf(state, person, asked), link.online);
}

function act(verb) {
  if (presses.pending) return undefined;
  const counter = seat();
  if (verb === "undo" && !undoOf(counter, hubNow())) return say(t("There is nothing to undo."), "warn");
  if (verbsOf(counter)[verb] === false) {
    return say(counter.ticket ? t("This is not possible now.") : t("Nobody at the counter"), "warn");
  }
  if (verb === "transfer") return askTransfer(state, counter, (service) => begin(actions.passOn(seat(), service)));
  return begin(actions.atCounter(verb, counter, person));
}

function begin(press) {
  if (presses.begin(press)) say("");
}

function settled(press, { answer, error }) {
  if (answer?.counter) learn(answer.counter);
  remember(seat());
  if (error) return refused(error, press);
  if (press.verb === "next" || press.verb === "call") rememberReason(answer);
  if (press.verb === "open") localStorage.setItem(LAST_COUNTER, press.counter);
  return say(outcome(press, answer, hubNow()), "done");
}

function refused(error, press) {
  if (error.status === 401) return window.location.assign("/sign-in?next=/console");
  return say(refusal(error, state.counters.get(press.counter)), "error");
}

function noticeOthers() {
  const counter = seat();
  const before = seated;
  remember(counter);
  if (before && !counter) return say(t("Counter %(n)s was closed by somebody else.", { n: before.number }), "warn");
  if (!before || before.number !== counter.number || before.ticket === counter.ticket?.id) return undefined;
  return say(counter.ticket ? t("%(number)s was called from elsewhere", counter.ticket) : t("Pressed from elsewhere: nobody is here now"), "warn");
}

function remember(counter) {
  seated = counter && { number: counter.number, ticket: counter.ticket?.id };
}

function render() {
  const counter = seat();
  $("desk").hidden = !counter;
  $("choose").hidden = Boolean(counter);
  if (counter) renderDesk(counter);
  else showChoices({ state, person, last: Number(localStorage.getItem(LAST_COUNTER)), press: presses.pending }, choose);
}

function renderDesk(counter) {
  const now = hubNow();
  const press = presses.pending;
  const waiting = showLists({ state, counter, now, unfolded }, lists);
  const down = !link.online && now - link.since >= PATIENCE_MS * hubRate();
  showDesk({ state, counter, now, press, waiting, down, stuck: press?.stuck, resting: presses.resting, reason: reasonOf(counter.ticket?.id) });
  noticeWork(counter, waiting);
  refreshScan();
  document.title = [counter.ticket?.number ?? `(${waiting})`, t("Counter %(n)s", { n: counter.number })].join(" · ");
}

function choose(counter) {
  if (leads(person)) return window.location.assign(`/console?counter=${counter.number}`);
  return begin(actions.openCounter(counter, person));
}
