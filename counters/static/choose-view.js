// Choosing a counter: the free ones first, one press opens it.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { choicesOf } from "/static/counters/model.js";
import { nameOf } from "/static/counters/words.js";

let shown = "";

/** Show the counters to choose from; `pick(counter)` is called with the chosen one. */
export function showChoices({ state, person, last, press }, pick) {
  const choices = choicesOf(state, person, last);
  const reads = JSON.stringify([press?.path, choices.map(({ counter: c, last: l }) => [c.number, c.name, c.state, c.clerk, about(state, c, l)])]);
  if (reads === shown) return;
  shown = reads;
  const focused = document.activeElement?.dataset?.counter;
  replace(document.getElementById("choices"), choices.map((choice) => button(state, choice, press, pick)));
  document.querySelector(focused ? `[data-counter="${focused}"]` : ".choice:not([disabled])")?.focus({ preventScroll: true });
}

function button(state, { counter, free, last }, press, pick) {
  const busy = press?.path.startsWith(`/counters/${counter.number}/`);
  return el(
    "button",
    { type: "button", class: "choice", "data-counter": counter.number, disabled: !free, "aria-busy": busy ? "true" : null, onclick: () => pick(counter) },
    el("span", { class: "choice-number" }, counter.number),
    el("span", { class: "choice-what" }, el("strong", {}, services(state, counter)), el("span", { class: "quiet" }, about(state, counter, last))),
  );
}

function services(state, counter) {
  const names = counter.own.map((code) => nameOf(state.services.get(code)) || code);
  return names.join(", ") || counter.name || t("Counter %(n)s", { n: counter.number });
}

function about(state, counter, last) {
  if (counter.clerk) return t("%(clerk)s sits here", { clerk: counter.clerk.full_name });
  const n = counter.own.reduce((sum, code) => sum + (state.services.get(code)?.waiting ?? 0), 0);
  return [last && t("your last counter"), n ? t("%(n)s people waiting", { n }) : t("Nobody is waiting.")].filter(Boolean).join(" · ");
}
