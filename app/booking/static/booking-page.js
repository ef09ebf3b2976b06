// A booking on its holder's phone: asked after now and then; the page holds the words for each state.

import { ApiError, command, get } from "/static/api.js";
import { hhmm, hubNow, hubRate, setHubClock } from "/static/clock.js";
import { setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { data } from "/static/page.js";

const LOOK_MS = 20_000;

const mine = document.querySelector(".mine");
const age = document.querySelector("[data-age]");
const sure = document.querySelector("[data-sure]");
const refusal = document.querySelector("[data-refused]");
let heardAt = hubNow();

async function look() {
  if (document.hidden) return;
  try {
    show(await get(`/bookings/${data.id}`));
    setText(age, "");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === "unknown_booking") return location.reload();
    setText(age, t("No connection. As it was at %(time)s.", { time: hhmm(heardAt) }));
  }
}

function show(booking) {
  setHubClock(booking.now, hubRate());
  heardAt = hubNow();
  if (booking.state !== mine.dataset.state || booking.at !== data.at) return location.reload();
  const ahead = document.querySelector("[data-ahead]");
  if (ahead) setText(ahead, booking.ahead);
}

const presses = {
  ask: () => {
    sure.hidden = false;
    sure.querySelector("button").focus();
  },
  keep: () => {
    sure.hidden = true;
  },
  cancel: async (button) => {
    button.disabled = true;
    try {
      show(await command("POST", `/bookings/${data.id}/cancel`));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refusal.hidden = false;
      setText(refusal.firstElementChild, error.detail || error.title);
      button.disabled = false;
    }
  },
};

mine.addEventListener("click", ({ target }) => presses[target.dataset.do]?.(target));
mine.querySelector("[data-do=ask]").disabled = false; // as it comes, nothing hears a press yet
setInterval(look, LOOK_MS);
document.addEventListener("visibilitychange", look);
