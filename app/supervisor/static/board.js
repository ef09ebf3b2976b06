// The supervisor's board: the feed on one side, its views and one moving hand on the other.

import { everySecond, hhmm, hubNow } from "/static/clock.js";
import { setText } from "/static/dom.js";
import { applySnapshot } from "/static/hall-state.js";
import { t } from "/static/i18n.js";
import { follow } from "/static/link.js";
import { data } from "/static/page.js";
import { messageButton } from "/static/screen-message.js";

import { adviceView } from "./advice.js";
import { alarmSound } from "./alarm-sound.js";
import { Alarms } from "./alarms.js";
import { assigned } from "./assign.js";
import { assistanceView } from "./assistance.js";
import { listenForUndoKey, setServices } from "./change.js";
import { counterMenu } from "./counter-menu.js";
import { isUnskilled } from "./desk-words.js";
import { desksView } from "./desks.js";
import { gapsView } from "./gaps.js";
import { healthView } from "./health.js";
import { hurtView } from "./hurt.js";
import { Hand } from "./move.js";
import { recentHistory } from "./recent.js";
import { waitingByService, wholeMinutes } from "./waits.js";

const board = document.querySelector("main");
const find = (name) => document.querySelector(`[data-view=${name}]`);
const hint = find("hint");

const showHurt = hurtView(board);
const showDesks = desksView(find("desks"), counterMenu());
const showHealth = healthView(find("health"));
const showAdvice = adviceView(find("advice"), find("advice-line"));
const showGaps = gapsView(find("gaps"));
const showAssistance = assistanceView(find("assistance"));
const alarms = new Alarms();
const sound = alarmSound(find("sound"));
const lately = recentHistory(() => show());

let inHand = null;

const { state } = follow("supervisor", {
  onSnapshot: showAll,
  onEvent: show,
  onAdvice: show,
  onGaps: show,
  onHealth: () => showHealth(state.devices),
});
applySnapshot(state, data);

const hand = new Hand(board, { picked, dropped, left });
hint.querySelector("button").addEventListener("click", () => hand.putDown());
listenForUndoKey();
find("message").append(messageButton(() => state.notices));
showAll();
everySecond(() => {
  lately.refresh();
  show();
});

function showAll() {
  showHealth(state.devices);
  alarms.begin(waitingByService(state, hubNow()));
  sound.show(state.centre);
  show();
}

function show() {
  const now = hubNow();
  const rows = waitingByService(state, now);
  ring(alarms.notice(rows, now));
  showHurt(rows, state.centre, { markOf: (code) => alarms.markOf(code, now), pointsOf: lately.pointsOf });
  showDesks(state, inHand);
  showGaps(state);
  showAssistance(state);
  if (!inHand) showAdvice(state); // what is in the hand must not find its place elsewhere
  setText(find("clock"), hhmm(now));
}

function ring(passed) {
  if (!passed.length) return;
  const words = passed.map(({ service, grade, amberMs, targetMs }) =>
    t("%(service)s: somebody has waited %(time)s", { service: service.name, time: wholeMinutes(grade === "late" ? targetMs : amberMs) }));
  setText(find("alarm"), words.join(". "));
  sound.ring(passed.some(({ grade }) => grade === "late") ? "late" : "amber");
}

function picked(code) {
  inHand = code;
  const service = state.services.get(code);
  setText(hint.querySelector("span"), t("%(service)s: choose a counter.", { service: service?.name ?? code }));
  hint.hidden = false;
  board.classList.add("moving");
  show();
}

function left() {
  inHand = null;
  hint.hidden = true;
  board.classList.remove("moving");
  show();
}

const DONE_WORDS = {
  own: "Counter %(n)s now takes %(service)s.",
  help: "Counter %(n)s now helps with %(service)s.",
  none: "Counter %(n)s no longer takes %(service)s.",
};

function dropped(place) {
  const { as, at } = place.dataset;
  const counter = state.counters.get(Number(at));
  const service = state.services.get(inHand)?.name ?? inHand;
  const done = t(DONE_WORDS[as], { n: at, service });
  const isNew = as !== "none" && isUnskilled(counter, inHand);
  const but = isNew ? ` ${t("%(clerk)s is not set down for it.", { clerk: counter.clerk.full_name })}` : "";
  setServices(counter, assigned(counter, inHand, as), done + but);
}
