// What the scanner at this counter has read, in a strip that goes away by itself. It is kept nowhere.
// The strip lies over the end of the queue and moves nothing; Enter presses its button, the space bar stays "next".

import { ApiError, get } from "/static/api.js";
import { hubNow, longDate, minutes } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { classForAge } from "/static/priority.js";
import { nameOf } from "/static/counters/words.js";

const SHOWN_MS = 20_000;

const strip = document.getElementById("scan");
let desk = null; // {seat(), hall(), call(ticket)}
let shown = null; // the scan, and of a ticket what the hub says of it
let before = null; // what had the focus
let timer = 0;

/** Get ready; `seat()` is this counter, `hall()` the state of the feed, `call(ticket)` presses for it. */
export function prepareScans(around) {
  desk = around;
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    putAway();
  });
}

/** A message `scan` of the feed. */
export async function hearScan(scan) {
  if (scan.counter !== desk.seat()?.number) return;
  const told = { scan, ...(scan.kind === "ticket" && (await lookUp(scan.ticket))) };
  clearTimeout(timer);
  timer = setTimeout(putAway, SHOWN_MS);
  show(told);
  focusButton();
}

/** Something happened in the hall: what the strip says of a ticket may not be so any more. */
export async function noticeTicket(event) {
  if (!shown?.ticket || event.ticket?.id !== shown.ticket.id) return;
  const { scan } = shown;
  const fresh = await lookUp(scan.ticket);
  if (shown?.scan === scan) show({ scan, ...fresh });
}

/** A second has passed. */
export function refreshScan() {
  const status = strip.querySelector(".scan-status");
  if (status && shown?.ticket) setText(status, statusOf(shown.ticket));
}

async function lookUp(id) {
  try {
    return { ticket: await get(`/tickets/${id}`) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { problem: error.status === 404 ? t("This number is not known here.") : error.detail || error.message };
  }
}

function putAway() {
  clearTimeout(timer);
  const hadFocus = strip.contains(document.activeElement);
  shown = null;
  strip.hidden = true;
  replace(strip);
  if (hadFocus) before?.focus();
}

function show(told) {
  const hadFocus = strip.contains(document.activeElement);
  shown = told;
  const close = el("button", { type: "button", class: "scan-close", "aria-label": t("Hide"), onclick: putAway }, el("kbd", {}, "Esc"));
  replace(strip, ...content(told), close);
  strip.hidden = false;
  if (hadFocus) focusButton();
}

function focusButton() {
  if (document.querySelector("dialog[open]") || document.activeElement?.matches("input")) return;
  if (!strip.contains(document.activeElement)) before = document.activeElement;
  (strip.querySelector(".button") ?? before)?.focus({ preventScroll: true });
}

function content({ scan, ticket, problem }) {
  if (scan.kind === "citizen_card") return [ageOf(scan)];
  if (scan.kind === "dossier") return dossier(scan.code);
  return problem ? [words(t("Ticket"), problem)] : aboutTicket(ticket);
}

function words(title, status) {
  return el("p", { class: "scan-words" }, el("strong", {}, title), status && el("span", { class: "scan-status" }, status));
}

function ageOf({ age }) {
  const { centre } = desk.hall();
  const right = classForAge(centre, age);
  return words(t("%(n)s years old", { n: age }), right && t("Priority: %(name)s", { name: nameOf(right) }));
}

function dossier(code) {
  const title = el("strong", { class: "scan-code" }, code);
  const copy = (press) => setText(press.currentTarget, copied(title) ? t("Copied") : t("Press Ctrl+C"));
  return [
    el("p", { class: "scan-words" }, el("span", {}, t("Dossier")), title),
    el("button", { type: "button", class: "button button-small", onclick: copy }, t("Copy")),
  ];
}

// navigator.clipboard is missing on plain http in a local network.
function copied(node) {
  getSelection().selectAllChildren(node);
  return document.execCommand("copy");
}

function aboutTicket(ticket) {
  const service = nameOf(desk.hall().services.get(ticket.service)) || ticket.service_name;
  const label = isToday(ticket) && callLabel(ticket);
  const press = () => {
    putAway();
    desk.call(ticket);
  };
  return [
    el("p", { class: "scan-words" },
      el("span", {}, el("strong", {}, ticket.number), ` · ${service}`),
      el("span", { class: "scan-status" }, statusOf(ticket))),
    label && el("button", { type: "button", class: "button button-small button-primary", onclick: press }, label),
  ];
}

function callLabel({ state, counter }) {
  if (state === "waiting") return t("Call this number");
  if (state === "missed") return t("Call again");
  return state === "parked" && (counter === desk.seat()?.number || !callsPeople(counter)) && t("Call");
}

function callsPeople(counter) {
  return desk.hall().counters.get(counter)?.state === "open";
}

function isToday(ticket) {
  return longDate(ticket.issued_at) === longDate(hubNow());
}

function statusOf(ticket) {
  if (!isToday(ticket)) return t("of another day: %(date)s", { date: longDate(ticket.issued_at) });
  if (ticket.state === "waiting") return t("waiting for %(time)s", { time: minutes(hubNow() - waitingFrom(ticket)) });
  const values = { counter: ticket.counter };
  return {
    called: () => t("called to counter %(counter)s", values),
    serving: () => t("at counter %(counter)s now", values),
    missed: () => t("missed its turn"),
    parked: () => t("kept at counter %(counter)s", values),
    finished: () => t("finished already"),
    cancelled: () => t("given back"),
    closed: () => t("closed without coming"),
  }[ticket.state]();
}

// A ticket that was passed on keeps its age, which only the list of the waiting ones has.
function waitingFrom({ id, issued_at }) {
  return desk.hall().tickets.get(id)?.order?.[0] ?? Date.parse(issued_at);
}
