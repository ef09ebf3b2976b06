// A ticket on its holder's phone. The page holds the words for every state; here they are only switched and filled.

import { ApiError, command, get } from "/static/api.js";
import { everySecond, hhmm, hubNow, minutes } from "/static/clock.js";
import { setText, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { follow } from "/static/link.js";
import { data, language } from "/static/page.js";
import { waitWords } from "/static/wait-words.js";

const NEAR_AHEAD = 3;
const NEAR_MIN = 10;
const CALLED_PATTERN_MS = [400, 200, 400, 200, 800];

const main = document.querySelector(".phone-ticket");
const sure = document.querySelector(".phone-sure");
const title = document.title;
let ticket = data.tickets[0];
let link = { online: false, since: hubNow() };

function show(fresh) {
  const before = ticket.state;
  ticket = fresh;
  main.dataset.state = ticket.state;
  main.dataset.ahead = ticket.ahead;
  main.toggleAttribute("data-near", isNear(ticket));
  fill("service", (language === "en" && ticket.service_name_en) || ticket.service_name);
  fill("ahead", ticket.ahead);
  fill("counter", ticket.counter ?? "");
  fill("expected", waitWords(t, ticket.forecast));
  document.title = ticket.state === "called" ? t("Counter %(counter)s: your turn", { counter: ticket.counter }) : title;
  if (ticket.state === "called" && before !== "called") navigator.vibrate?.(CALLED_PATTERN_MS);
}

function showMine(state) {
  if (state.tickets.has(ticket.id)) show(state.tickets.get(ticket.id));
}

function isNear({ ahead, forecast }) {
  return forecast !== null && (ahead <= NEAR_AHEAD || forecast.low_min <= NEAR_MIN); // while no counter is open, no turn is near
}

function fill(name, text) {
  for (const node of document.querySelectorAll(`[data-fill="${name}"]`)) setText(node, text);
}

function tellAge() {
  const text = link.online
    ? t("This page follows the queue by itself.")
    : t("As it was at %(time)s, %(age)s ago", { time: hhmm(link.since), age: minutes(hubNow() - link.since) });
  fill("age", text);
}

// A phone that was in a pocket shows old figures until its line is back; asking once is quicker.
async function lookNow() {
  if (document.hidden) return;
  try {
    show(await get(`/tickets/${ticket.id}`));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error; // no line: the age on the page says so
  }
}

async function cancel(button) {
  button.disabled = true;
  try {
    show(await command("POST", `/tickets/${ticket.id}/cancel`));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.detail || error.title, "error");
  }
  button.disabled = false;
  sure.hidden = true;
}

const presses = {
  ask: () => (sure.hidden = false),
  keep: () => (sure.hidden = true),
  cancel,
};

main.addEventListener("click", ({ target }) => presses[target.dataset.do]?.(target));
document.addEventListener("visibilitychange", lookNow);
everySecond(tellAge);
follow(`ticket:${ticket.id}`, {
  onSnapshot: showMine,
  onForecast: showMine,
  onEvent: (_, event) => event.tickets?.forEach((fresh) => fresh.id === ticket.id && show(fresh)),
  onLink: (now) => {
    link = now;
    tellAge();
  },
  onRefused: () => location.reload(), // a new day began: the page says what that means
});
