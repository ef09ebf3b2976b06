// An advice in words, made of the facts of docs/feed.md. Pure: no page, no clock.

import { hhmm } from "/static/clock.js";
import { t } from "/static/i18n.js";
import { language } from "/static/page.js";

const MINUTE_S = 60;
const SURE_WORDS = [[0.9, "almost certain"], [0.75, "quite sure"], [0.6, "likely"], [0, "uncertain"]];
const MOST_SURE_OF_MAYBE_NOBODY = 0.6;
const SURE_STEPS = 5;

/** Everything a reader is told: { what, effect, range, sure: { words, percent, steps, of }, costs }. */
export function adviceWords(advice, state) {
  return {
    what: whatWords(advice, state),
    effect: effectWords(advice, state),
    range: rangeWords(advice),
    sure: sureWords(advice),
    costs: costWords(advice.costs, state.services),
  };
}

/** What was done, once it is: for the line that can take it back. */
export function doneWords(advice, state) {
  return DONE_WORDS[advice.kind](advice, namesOf(advice.services, state.services));
}

const DONE_WORDS = {
  give: ({ counter: n }, service) => t("Counter %(n)s now helps with %(service)s.", { n, service }),
  take: ({ counter: n }, service) => t("Counter %(n)s no longer takes %(service)s.", { n, service }),
  open: ({ counter: n }) => t("Counter %(n)s is open.", { n }),
  break: ({ counter: n, start, end }) =>
    t("Counter %(n)s: break %(start)s–%(end)s.", { n, start: hhmm(start), end: hhmm(end) }),
};

function whatWords(advice, state) {
  const counter = state.counters.get(advice.counter);
  const clerk = counter?.clerk?.full_name;
  const who = clerk
    ? t("counter %(n)s (%(clerk)s)", { n: advice.counter, clerk })
    : t("counter %(n)s", { n: advice.counter });
  return WHAT_WORDS[advice.kind](advice, who, namesOf(advice.services, state.services), counter);
}

const WHAT_WORDS = {
  give: (advice, counter, services) => t("Let %(counter)s also take %(services)s", { counter, services }),
  take: (advice, counter, services) => t("Let %(counter)s no longer take %(services)s", { counter, services }),
  open: (advice, counter, services, { state } = {}) =>
    state === "paused" ? t("Open %(counter)s again now", { counter }) : t("Open %(counter)s", { counter }),
  break: ({ start, end, was_start: was }, counter) =>
    t("Move the break of %(counter)s from %(was)s to %(start)s–%(end)s",
      { counter, was: hhmm(was), start: hhmm(start), end: hhmm(end) }),
};

// A target of its own that one service has would make "15 minutes" untrue.
function effectWords({ saved }, { services, centre }) {
  const n = Math.round(saved);
  const uniform = [...services.values()].every((service) => service.target_s === centre.target_s);
  if (saved < 1) return aboutOneWords(uniform, centre);
  return uniform
    ? t("%(n)s people will not have to wait more than %(minutes)s min", { n, minutes: Math.round(centre.target_s / MINUTE_S) })
    : t("%(n)s people will not have to wait beyond the target", { n });
}

function aboutOneWords(uniform, centre) {
  return uniform
    ? t("About 1 person will not have to wait more than %(minutes)s min", { minutes: Math.round(centre.target_s / MINUTE_S) })
    : t("About 1 person will not have to wait beyond the target");
}

function rangeWords({ low, high, horizon_min: within }) {
  const [least, most] = [low, high].map((value) => Math.max(0, Math.round(value)));
  const range = least === most ? String(most) : `${least}–${most}`;
  return t("probably %(range)s, within %(within)s min", { range, within });
}

// A range that is told from 0 must not stand beside "almost certain".
function sureWords({ sure, low }) {
  const told = Math.round(low) > 0 ? sure : Math.min(sure, MOST_SURE_OF_MAYBE_NOBODY);
  const [, words] = SURE_WORDS.find(([least]) => told >= least);
  return { words: t(words), percent: Math.round(sure * 100), steps: Math.round(told * SURE_STEPS), of: SURE_STEPS };
}

function costWords(costs, services) {
  const felt = costs.filter(({ minutes }) => Math.round(minutes) >= 1);
  if (!felt.length) return t("Nobody else has to wait noticeably longer");
  const each = felt.map(({ service, minutes }) =>
    t("%(service)s waits about %(n)s min longer", { service: nameOf(service, services), n: Math.round(minutes) }));
  return each.join("; ");
}

function namesOf(codes, services) {
  return new Intl.ListFormat(language).format(codes.map((code) => nameOf(code, services)));
}

function nameOf(code, services) {
  return services.get(code)?.name ?? code;
}
