// The clerk's console: ties the feed, the presses, the keys and the views together.

import { everySecond, hubNow, hubRate } from "/static/clock.js";
import { applySnapshot, emptyState } from "/static/hall-state.js";
import { t } from "/static/i18n.js";
import { follow } from "/static/link.js";
import { data } from "/static/page.js";
import { messageButton } from "/static/screen-message.js";
import * as actions from "/static/counters/actions.js";
import { Alarms } from "/static/counters/alarms.js";
import { beepIfChosen, noticeWork, prepareBeep } from "/static/counters/beep.js";
import { prepareBreaks } from "/static/counters/breaks.js";
import { learn, overlaid } from "/static/counters/ahead.js";
import { listenToButtons } from "/static/counters/buttons.js";
import { showChoices } from "/static/counters/choose-view.js";
import { showDesk } from "/static/counters/desk-view.js";
import { askPause, askTransfer, prepareDialogs } from "/static/counters/dialogs.js";
import { closeDossiers, openDossiers, prepareDossiers, showDossiers } from "/static/counters/dossiers-view.js";
import { say } from "/static/counters/echo.js";
import { listenToKeys } from "/static/counters/keys.js";
import { showLists } from "/static/counters/lists-view.js";
import { leads, queueOf, seatOf, undoOf, verbsOf } from "/static/counters/model.js";
import { showNotes } from "/static/counters/notes-view.js";
import { Outbox } from "/static/counters/outbox.js";
import { focusOverrun, showOverrun } from "/static/counters/overrun-view.js";
import { Presses } from "/static/counters/presses.js";
import { reasonOf, rememberReason } from "/static/counters/reasons.js";
import { hearScan, noticeTicket, prepareScans, refreshScan } from "/static/counters/scan-view.js";
import { noticeServed } from "/static/counters/served.js";
import { askPriority, preparePriority } from "/static/counters/priority-dialog.js";
import * as telling from "/static/counters/told.js";
import { prepareVisit, showVisit } from "/static/counters/visit-view.js";
import { nameOf, outcome, refusal } from "/static/counters/words.js";

const LAST_COUNTER = "toiluot.counter";
const PATIENCE_MS = 2000; // as long as the banner waits

const $ = (id) => document.getElementById(id);
const { person, asked } = data;
const unfolded = new Set();
const presses = new Presses(render, settled);
const outbox = new Outbox(told);
const alarms = new Alarms();
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
  noticeServed(state, seatOf(state, person, asked));
  prepareDialogs((until) => begin(actions.pauseCounter(seat(), until)));
  prepareBeep($("beep"));
  listenToButtons({
    act,
    pause: () => askPause(seat(), (until) => begin(actions.pauseCounter(seat(), until))),
    close: () => begin(actions.closeCounter(seat())),
    title: () => `${t("Counter %(n)s", { n: seat().number })} · ${person.full_name}`,
  });
  listenToKeys(act, () => seat() !== null);
  prepareScans({ seat, hall: () => state, call: (ticket) => begin(actions.callTicket(seat(), ticket)) });
  prepareDossiers({ seat, save: (ticket, counts) => outbox.send(telling.dossiersTold(seat(), ticket, counts)) });
  prepareBreaks(seat, (breaks, news) => outbox.send(telling.breaksPlanned(seat(), breaks, news)));
  prepareVisit(act);
  preparePriority();
  $("screen-message").append(messageButton(() => state.notices));
  presses.resume();
  outbox.work();
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
  noticeServed(state, seatOf(state, person, asked));
  if (!presses.pending) noticeOthers();
  render();
}

function happened(newState, event) {
  arrived(newState);
  noticeTicket(event);
}

function lineChanged(newLink) {
  link = newLink;
  if (link.online) {
    presses.lineBack();
    outbox.lineBack();
  }
  render();
}

function seat() {
  return overlaid(seatOf(state, person, asked), link.online);
}

function act(verb) {
  if (verb === "dossiers") return openDossiers();
  if (verb === "why") return focusOverrun();
  if (verb === "priority") return askPriority(state, (ticket, right) => outbox.send(telling.priorityGiven(ticket, right)));
  if (verb === "help") return state.assistance.length ? go(state.assistance[0].place) : undefined;
  if (presses.pending) return undefined;
  const counter = seat();
  if (verb === "undo" && !undoOf(counter, hubNow())) return say(t("There is nothing to undo."), "warn");
  if (verbsOf(counter)[verb] === false) {
    return say(counter.ticket ? t("This is not possible now.") : t("Nobody at the counter"), "warn");
  }
  if (verb === "confirm") return outbox.send(telling.priorityConfirmed(counter, counter.ticket));
  if (verb === "refuse") return begin(actions.refusePriority(counter));
  if (verb === "transfer") return askTransfer(state, counter, (service, back) => begin(actions.passOn(seat(), service, back)));
  return begin(actions.atCounter(verb, counter, person));
}

function go(place) {
  outbox.send(telling.helperGoes(place));
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
  const onward = nameOf(state.services.get(press.onward)) || press.onward;
  return say(outcome({ ...press, onward }, answer, hubNow()), "done");
}

function refused(error, press) {
  if (error.status === 401) return window.location.assign("/sign-in?next=/console");
  return say(refusal(error, state.counters.get(press.counter)), "error");
}

function told(message, { answer, error }) {
  if (error?.status === 401) return window.location.assign("/sign-in?next=/console");
  say(...telling.toldAfterwards(message, answer, error));
  return render();
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
  if (counter) return renderDesk(counter);
  closeDossiers();
  return showChoices({ state, person, last: Number(localStorage.getItem(LAST_COUNTER)), press: presses.pending }, choose);
}

function renderDesk(counter) {
  const now = hubNow();
  const press = presses.pending;
  const waiting = showLists({ state, counter, now, unfolded }, lists);
  const down = !link.online && now - link.since >= PATIENCE_MS * hubRate();
  showDesk({ state, counter, now, press, waiting, down, stuck: press?.stuck, resting: presses.resting, reason: reasonOf(counter.ticket?.id) });
  showOverrun({ state, counter, now }, (overrun, reason) => outbox.send(telling.overrunExplained(counter, overrun, reason)));
  showDossiers(counter, now);
  showVisit({ state, counter, press }, go);
  noticeWork(counter, waiting);
  noticeAlarms(counter, now);
  refreshScan();
  document.title = [counter.ticket?.number ?? `(${waiting})`, t("Counter %(n)s", { n: counter.number })].join(" · ");
}

function noticeAlarms(counter, now) {
  const { groups } = queueOf(state, counter, now);
  const goesOff = alarms.notice(counter.number, groups, performance.now());
  showNotes({ alarm: alarms.worst(groups, performance.now()), counter, now });
  $("beep-alarms").hidden = !state.centre.alarm_sound;
  if (goesOff && state.centre.alarm_sound && counter.state === "open") beepIfChosen();
}

function choose(counter) {
  if (leads(person)) return window.location.assign(`/console?counter=${counter.number}`);
  return begin(actions.openCounter(counter, person));
}
