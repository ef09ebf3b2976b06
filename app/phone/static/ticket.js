// A ticket on its holder's phone. The page holds the words for every state; here they are only switched and filled.

import { ApiError, command, get } from "/static/api.js";
import { everySecond, hhmm, hubNow, minutes, setHubClock, toMs } from "/static/clock.js";
import { setText, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { follow } from "/static/link.js";
import { data, language } from "/static/page.js";
import { keep, recall, wish, wishes } from "/static/phone/kept.js";
import { WALK_MIN, isNear } from "/static/phone/near.js";
import { soundCalled, soundIsOn, soundNear, switchSound } from "/static/phone/ring.js";
import { waitWords } from "/static/wait-words.js";

const A_MINUTE_MS = 60_000;
const SETTLE_MS = 700;

const page = document.documentElement;
const main = document.querySelector(".ticket");
const title = document.title;
let ticket = data.tickets[0];
let walk = wishes().walk ?? WALK_MIN;
let online = false;
let heardAt = toMs(data.now);
let passing = 0;
let asking = null;
let said = null;
let settling = 0;
let pushed = wishes().push ?? {};
let pushing = false;

// A page out of a cache tells of the time when it was kept, and not a word of how long ago that was.
function begin() {
  const memory = recall(ticket.id);
  const rate = data.clock_rate ?? 1;
  const keptMs = Number(page.dataset.kept ?? 0) * rate;
  const now = Math.max(heardAt + keptMs, memory ? memory.at + memory.ago * rate : 0);
  setHubClock(now, rate);
  if (memory && memory.at > heardAt) {
    heardAt = memory.at;
    show({ ...ticket, ...memory.ticket });
  } else show(ticket);
}

function show(fresh) {
  const before = ticket.state;
  ticket = { ...ticket, ...fresh };
  main.dataset.state = ticket.state;
  main.dataset.ahead = ticket.ahead;
  main.toggleAttribute("data-unserved", ticket.forecast === null);
  fill("service", (language === "en" && ticket.service_name_en) || ticket.service_name);
  fill("ahead", ticket.ahead);
  fill("counter", ticket.counter ?? "");
  fill("expected", waitWords(t, ticket.forecast, ticket.ahead));
  fill("serving", serving(ticket.serving));
  tellNear();
  if (ticket.state === "called" && before !== "called") soundCalled();
  if (ticket.state === "finished") askHowItWas();
}

function askHowItWas() {
  const node = document.querySelector("[data-rating]:empty");
  if (!node || ticket.rated || asking) return;
  asking = import("/static/phone/rating.js").then(({ ask }) => ask(node, ticket.id), (error) => {
    asking = null;
    console.info("No line to ask how it was.", error.name);
  });
}

function showLive(fresh) {
  heardAt = hubNow();
  keep(fresh, heardAt);
  show(fresh);
}

function tellNear() {
  const wasNear = main.hasAttribute("data-near");
  const near = ticket.state === "waiting" && isNear(ticket, walk, (hubNow() - heardAt) / A_MINUTE_MS);
  main.toggleAttribute("data-near", near);
  main.toggleAttribute("data-here", walk === 0);
  document.title = titleOf(near);
  if (near && !wasNear) soundNear();
}

function titleOf(near) {
  if (ticket.state === "called") return t("Counter %(counter)s: your turn", { counter: ticket.counter });
  if (!near) return title;
  return walk === 0 ? t("Soon: %(number)s", { number: ticket.number }) : t("Come back: %(number)s is soon", { number: ticket.number });
}

function serving({ last, counters } = { last: null, counters: [] }) {
  const open = counters.length > 0 && t("Serving at counter %(numbers)s.", { numbers: counters.join(", ") });
  const called = last && t("Called last: %(number)s to counter %(counter)s.", last);
  return [called, open].filter(Boolean).join(" ");
}

function fill(name, text) {
  for (const node of document.querySelectorAll(`[data-fill="${name}"]`)) setText(node, text);
}

function everySecondNow() {
  if (online) heardAt = hubNow();
  else tellNear();
  fill("age", online ? t("This page follows the queue by itself.") : ageWords());
}

function ageWords() {
  return t("As it was at %(time)s, %(age)s ago", { time: hhmm(heardAt), age: minutes(hubNow() - heardAt) });
}

// A phone that was in a pocket shows old figures until its line is back; asking once is quicker.
async function lookNow() {
  if (!document.hidden) await tellTrouble(async () => showLive(await get(`/tickets/${ticket.id}`)), false);
}

/** What the hub refuses is said; without a line the age on the page says enough. */
async function tellTrouble(act, aloud = true) {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (aloud) say(error.detail || error.title, "error");
    return null;
  }
}

// One at a time: several would lie over the buttons.
function say(text, kind) {
  if (said?.isConnected && said.textContent === text) return;
  said?.remove();
  said = toast(text, kind);
}

async function busy(button, act) {
  button.disabled = true;
  await tellTrouble(act);
  button.disabled = false;
}

function open(panel) {
  for (const each of document.querySelectorAll("[data-panel]")) each.hidden = each.dataset.panel !== panel;
  document.querySelector(`[data-panel="${panel}"] .button`)?.focus();
}

// The second tap of a double tap must not press what came up under the finger.
function close() {
  open("");
  said?.remove();
  main.toggleAttribute("data-settling", true);
  clearTimeout(settling);
  settling = setTimeout(() => main.removeAttribute("data-settling"), SETTLE_MS);
}

const presses = {
  ask: () => open("cancel"),
  close,
  sound: (button) => {
    switchSound(!soundIsOn());
    showSound(button);
  },
  pass: (button) =>
    busy(button, async () => {
      const { askPass } = await import("/static/phone/pass.js");
      const { count, text } = await askPass(ticket.id);
      passing = count;
      if (count === 0) return void say(text);
      fill("pass", text);
      open("pass");
    }),
  passed: (button) =>
    busy(button, async () => {
      const { letPass } = await import("/static/phone/pass.js");
      showLive(await letPass(ticket.id, passing));
      close();
      say(t("Done: they go before you."), "done");
    }),
  cancel: (button) =>
    busy(button, async () => {
      showLive(await command("POST", `/tickets/${ticket.id}/cancel`));
      close();
    }),
  push: (button) =>
    busy(button, async () => {
      if (await push()) say(t("You will get a message on this phone when your turn is near."), "done");
    }),
};

// The hub goes by the walk that it was told: one that is chosen afterwards, or meanwhile, has to reach it too.
async function push() {
  const { subscribe } = await import("/static/phone/push.js");
  let done;
  do {
    const told = walk;
    done = await subscribe(ticket.id, told);
    pushed = done ? { id: ticket.id, walk: told } : {};
    wish({ push: pushed });
  } while (done && pushed.walk !== walk);
  document.querySelector("[data-do=push]").hidden = done;
  if (!done) say(t("This phone does not allow messages from this page. Leave the page open, or switch the sound on."), "error");
  return done;
}

async function pushAgain() {
  const stale = pushed.id === ticket.id && pushed.walk !== walk;
  if (!stale || pushing || !online || ticket.state !== "waiting") return;
  pushing = true;
  try {
    await tellTrouble(push);
  } finally {
    pushing = false;
  }
}

function showSound(button) {
  const on = soundIsOn();
  button.setAttribute("aria-pressed", on);
  setText(button, on ? t("Sound and vibration: on") : t("Sound and vibration: off"));
}

function setWalk(some) {
  walk = some;
  for (const button of document.querySelectorAll("[data-walk]")) button.setAttribute("aria-pressed", Number(button.dataset.walk) === walk);
}

main.addEventListener("click", ({ target }) => {
  presses[target.dataset.do]?.(target);
  if (target.dataset.walk === undefined) return;
  setWalk(Number(target.dataset.walk));
  wish({ walk });
  tellNear();
  pushAgain();
});
document.addEventListener("visibilitychange", lookNow);

begin();
setWalk(walk);
showSound(document.querySelector("[data-do=sound]"));
document.querySelector(".tools").inert = false; // as it comes, nothing hears a press yet
everySecond(everySecondNow);
const ofMine = (state) => state.tickets.has(ticket.id) && showLive(state.tickets.get(ticket.id));
follow(`ticket:${ticket.id}`, {
  onSnapshot: ofMine,
  onForecast: ofMine,
  onEvent: (_, event) => event.tickets?.forEach((fresh) => fresh.id === ticket.id && showLive(fresh)),
  onLink: (now) => {
    online = now.online;
    if (online) {
      delete page.dataset.kept;
      pushAgain();
    } else heardAt = hubNow();
    everySecondNow();
  },
  onRefused: () => location.reload(), // a new day began: the page says what that means
});

if (isSecureContext && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("/t/sw.js").catch((error) => console.info("No page without a line.", error.name));
  document.querySelector("[data-do=push]").hidden = !("PushManager" in window);
}
