// The supervisor's board: the feed on one side, three views and one moving hand on the other.

import { everySecond, hhmm, hubNow } from "/static/clock.js";
import { setText } from "/static/dom.js";
import { applySnapshot } from "/static/hall-state.js";
import { t } from "/static/i18n.js";
import { follow } from "/static/link.js";
import { data } from "/static/page.js";

import { assigned } from "./assign.js";
import { listenForUndoKey, setServices } from "./change.js";
import { counterMenu } from "./counter-menu.js";
import { desksView } from "./desks.js";
import { healthView } from "./health.js";
import { hurtView } from "./hurt.js";
import { Hand } from "./move.js";
import { waitingByService } from "./waits.js";

const board = document.querySelector("main");
const find = (name) => document.querySelector(`[data-view=${name}]`);
const hint = find("hint");

const showHurt = hurtView(board);
const showDesks = desksView(find("desks"), counterMenu());
const showHealth = healthView(find("health"));

let inHand = null;

const { state } = follow("supervisor", {
  onSnapshot: showAll,
  onEvent: show,
  onHealth: () => showHealth(state.devices),
});
applySnapshot(state, data);

const hand = new Hand(board, { picked, dropped, left });
hint.querySelector("button").addEventListener("click", () => hand.putDown());
listenForUndoKey();
showAll();
everySecond(show);

function showAll() {
  showHealth(state.devices);
  show();
}

function show() {
  showHurt(waitingByService(state, hubNow()), state.centre);
  showDesks(state, inHand);
  setText(find("clock"), hhmm(hubNow()));
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
  setServices(counter, assigned(counter, inHand, as), t(DONE_WORDS[as], { n: at, service }));
}
