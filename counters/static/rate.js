// The tablet at a counter: after a visit it asks how that was; else it stands by.

import { ApiError, command } from "/static/api.js";
import { setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { follow } from "/static/link.js";
import { data, version } from "/static/page.js";
import { askRating, thanks } from "/static/rating.js";

const ASKS_FOR_MS = 90_000; // the hub counts a touch within three minutes
const THANKS_FOR_MS = 4000;

const $ = (id) => document.getElementById(id);
const number = data.counters[0].number;
let putAway = null; // while faces are shown
let timer = 0;

const { state } = follow(`counter:${number}`, { onSnapshot: caughtUp, onEvent: happened, onRefused: joinAgain }, data);
stand(t("Please tell us here how it was, when you are done."));

function happened(_state, event) {
  if (event.counter !== number) return;
  if (event.type === "TicketFinished" && state.centre.ratings) ask(event.ticket.id);
  if (event.type === "PressUndone" || event.type === "CitizenArrived") end(); // the next one must not answer for the one before
}

function caughtUp() {
  if (!putAway && state.version && version && state.version !== version) location.reload();
}

function joinAgain({ code }) {
  if (code === "role_forbids") setTimeout(() => location.reload(), 3000);
}

function ask(ticket) {
  end();
  $("rate").dataset.mode = "asks";
  putAway = askRating($("faces"), { send: (rating) => send({ ...rating, ticket }), done });
  timer = setTimeout(end, ASKS_FOR_MS);
}

async function send(rating) {
  try {
    await command("POST", `/counters/${number}/rating`, rating);
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return false;
  }
}

function done(counted) {
  clearTimeout(timer);
  putAway = null;
  stand(thanks(counted));
  timer = setTimeout(() => stand(t("Please tell us here how it was, when you are done.")), THANKS_FOR_MS);
}

function end() {
  clearTimeout(timer);
  putAway?.();
  putAway = null;
  stand(t("Please tell us here how it was, when you are done."));
}

function stand(words) {
  $("rate").dataset.mode = "stands";
  setText($("rate-says"), words);
}
