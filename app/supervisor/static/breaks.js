// A counter's coming breaks: what stands, and one more with a few taps. The board then warns of services left without anybody.

import { hhmm, hubNow } from "/static/clock.js";
import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { breaksOf, setBreaks } from "./change.js";

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const LUNCH_BEGINS = "11:30";
const LENGTHS_MIN = [15, 30, 45, 90];
const LUNCH_MIN = 45;
const SHORT_MIN = 15;

/** What the menu shows for it; `close` puts the menu away. */
export function breaksPanel(counter, close) {
  const breaks = breaksOf(counter);
  return [breaks.length ? el("ul", { class: "menu-breaks" }, breaks.map((each) => standing(counter, each, close))) : null,
    form(counter, close)];
}

function standing(counter, { start, end }, close) {
  const drop = () => {
    close();
    takeAway(counter, start);
  };
  return el("li", {}, el("b", {}, `${start}–${end}`), el("button", { type: "button", class: "button button-small",
    "aria-label": t("Take away the break at %(start)s", { start }), onclick: drop }, t("Take away")));
}

function form(counter, close) {
  const isBeforeLunch = hhmm(hubNow()) < LUNCH_BEGINS;
  const starts = nextStarts(isBeforeLunch);
  const usual = isBeforeLunch ? [LUNCH_BEGINS, later(LUNCH_BEGINS, LUNCH_MIN)] : [starts[0], later(starts[0], SHORT_MIN)];
  const [next] = breaksOf(counter); // most often it is that one which is to be moved
  const from = time(t("The break begins"), next?.start ?? usual[0]);
  const to = time(t("The break ends"), next?.end ?? usual[1]);
  const length = () => (inMinutes(to.value) - inMinutes(from.value) + 1440) % 1440;
  const startAt = (value) => {
    const lasts = length();
    from.value = value;
    to.value = later(value, lasts);
  };
  const lastFor = (minutes) => { to.value = later(from.value, minutes); };
  const made = el("form", { class: "menu-break" },
    row(t("Begins"), from, starts.map((value) => choice(value, () => startAt(value)))),
    row(t("Ends"), to, LENGTHS_MIN.map((n) => choice(t("%(n)s min", { n }), () => lastFor(n)))),
    el("button", { type: "submit", class: "button button-primary" }, t("Announce the break")));
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    close();
    announce(counter, { start: from.value, end: to.value });
  });
  return made;
}

// The next full quarters of an hour, and lunch while it is ahead.
function nextStarts(isBeforeLunch) {
  const first = Math.ceil((hubNow() + 5 * MINUTE_MS) / QUARTER_MS) * QUARTER_MS;
  const quarters = [first, first + QUARTER_MS, first + 2 * QUARTER_MS].map(hhmm);
  return isBeforeLunch ? [...new Set([...quarters, LUNCH_BEGINS])].sort() : quarters;
}

// A break that stands and would overlap the new one is that same break at another time.
function announce(counter, { start, end }) {
  const others = breaksOf(counter).filter((each) => each.end <= start || each.start >= end);
  const breaks = [...others, { start, end }].sort((one, other) => (one.start < other.start ? -1 : 1));
  return setBreaks(counter, breaks, t("Counter %(n)s: break %(start)s–%(end)s.", { n: counter.number, start, end }));
}

function takeAway(counter, start) {
  const others = breaksOf(counter).filter((each) => each.start !== start);
  return setBreaks(counter, others, t("Counter %(n)s: the break at %(start)s is taken away.", { n: counter.number, start }));
}

function row(label, input, choices) {
  return el("div", { class: "menu-break-row" }, el("span", { "aria-hidden": "true" }, label), input,
    el("div", { class: "menu-times" }, choices));
}

function time(label, value) {
  const input = el("input", { type: "time", "aria-label": label, required: true });
  input.value = value;
  return input;
}

function choice(words, act) {
  return el("button", { type: "button", class: "menu-item", onclick: act }, words);
}

function later(clock, minutes) {
  const total = (inMinutes(clock) + minutes) % 1440;
  return [Math.floor(total / 60), total % 60].map((part) => String(part).padStart(2, "0")).join(":");
}

function inMinutes(clock) {
  const [hours, minutes] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}
