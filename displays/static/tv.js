// The lobby TV: follows the hall, announces each fresh call, and keeps the rest up to date around it.

import { everySecond, hhmm, hubNow } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { follow, isFresh } from "/static/link.js";
import { data } from "/static/page.js";
import { Announcer } from "/static/displays/announcer.js";
import * as view from "/static/displays/hall-view.js";
import { Notices } from "/static/displays/notices.js";
import { drawPriorityLine } from "/static/displays/priority-line.js";
import { applyTheme, remember, setting } from "/static/displays/screen-settings.js";
import { reloadIfOutdated, startAgainIfRemoved, stayAwake } from "/static/displays/upkeep.js";
import { Voice } from "/static/displays/voice.js";

const at = (id) => document.getElementById(id);
const hero = at("hero");
const personIcon = at("person-icon").content.firstElementChild;
const voice = new Voice({ on: setting("sound", ["on", "off"], "on") === "on", onChange: drawSound });
const notices = new Notices(at("hero-notice"), () => voice.on && !voice.blocked);
const announcer = new Announcer({
  show: (call) => put(call, "fresh"),
  calm: (call) => announced === call && put(call, "call"),
  done: () => settle(),
  prepare: (call) => voice.prepare(call),
  wanted: (call) => view.isExpected(state, call),
});

const callbacks = { onSnapshot: caughtUp, onEvent: happened, onForecast: drawStrips, onRefused: startAgainIfRemoved };
const { state } = follow("hall", callbacks, data);
let announced = null;

applyTheme();
void stayAwake();
drawSound();
draw();
everySecond(tick);

function caughtUp() {
  void reloadIfOutdated(state);
  draw();
}

function happened(_state, event) {
  if (event.call && isFresh(event.call.at)) announcer.add(event.call);
  if (event.type === "PressUndone") takeBack(event.counter);
  draw();
}

function takeBack(counter) {
  const undone = (call) => call.counter === counter && !view.isExpected(state, call);
  if (announced && undone(announced)) announced = null;
  announcer.withdraw(undone);
}

function put(call, look) {
  announced = call;
  drawHero(call, look);
  drawCalls();
}

function settle() {
  announced = null;
  draw();
}

function tick() {
  setText(at("clock"), hhmm(hubNow()));
  drawStrips();
  drawMessages();
  const before = hero.dataset.state;
  if (!announced) drawHero(view.standingCall(state), "call");
  if (hero.dataset.state !== before) drawCalls(); // a call that is no longer large stands among the others
}

function draw() {
  if (!announced) drawHero(view.standingCall(state), "call");
  drawCalls();
  drawStrips();
  drawMessages();
  drawPriorityLine(state);
}

function drawHero(call, look) {
  if (call) notices.giveWay();
  hero.dataset.state = call ? look : notices.goOn(state.notices) ? "notice" : "idle";
  const [words, advice] = "offline" in document.documentElement.dataset ? view.lostWords() : view.hallWords(state);
  setText(at("hall-state"), words);
  setText(at("hall-advice"), advice);
  if (!call) return;
  setText(at("hero-number"), call.number);
  setText(at("hero-counter"), call.counter);
  hero.style.setProperty("--letters", Math.max(4, call.number.length));
}

function drawCalls() {
  const waiting = new Set(announcer.queue.map(({ call }) => call.ticket));
  const rows = view.otherCalls(state, announced ?? view.standingCall(state));
  const cells = rows.map((call) =>
    el("li", { "data-state": waiting.has(call.ticket) && "next" },
      el("strong", {}, call.number), el("span", {}, t("Counter %(n)s", { n: call.counter }))));
  at("tv").dataset.others = cells.length ? "some" : "none";
  replaceIfNew(at("calls"), cells);
}

function drawStrips() {
  const counters = view.pageOf(view.countersInOrder(state), view.COUNTERS_A_PAGE);
  at("counters").dataset.most = counters.most;
  replaceIfNew(at("counters"), counters.rows.map(counterCell));
  setText(at("counters-page"), view.pageWords(counters));
  const services = view.pageOf([...state.services.values()], view.SERVICES_A_PAGE);
  at("services").dataset.most = services.most;
  replaceIfNew(at("services"), services.rows.map(serviceCell));
  setText(at("services-page"), view.pageWords(services));
}

function drawMessages() {
  const messages = view.pageOf(view.messagesNow(state), view.MESSAGES_A_PAGE);
  replaceIfNew(at("messages"), messages.rows.map((message) =>
    el("li", {}, view.messageTexts(message).map(([words, lang]) => el("span", { lang }, words)))));
}

function counterCell(counter) {
  const { state: mood, number, words } = view.counterCell(counter);
  const inside = number ? el("strong", {}, number) : el("em", {}, words);
  return el("li", { "data-state": mood }, el("span", { class: "desk" }, counter.number), inside);
}

function serviceCell(service) {
  const name = el("span", { class: "service-name" }, el("b", {}, service.letter), ` ${view.serviceName(service)}`);
  const { people, words } = view.serviceWait(service);
  const count = people && [personIcon.cloneNode(true), el("b", {}, people)];
  return el("li", {}, name, el("span", { class: "service-wait" }, count, words));
}

// Drawing the same again would cost work each second for weeks, and tell screen readers of nothing.
function replaceIfNew(list, cells) {
  const wanted = cells.map((cell) => cell.outerHTML).join("");
  if (list.dataset.drawn === wanted) return;
  list.dataset.drawn = wanted;
  replace(list, ...cells);
}

function drawSound() {
  const button = at("sound");
  button.hidden = voice.on && !voice.blocked;
  setText(button, voice.on ? t("Touch to turn the sound on") : t("Sound is off"));
}

at("sound").addEventListener("click", () => {
  voice.on = true;
  remember("sound", "on");
  drawSound();
});
