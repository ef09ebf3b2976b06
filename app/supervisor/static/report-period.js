// The choice of days: kind, dates, one step back and forth. The choice stands in the address, and Back takes it back.

import { t } from "/static/i18n.js";
import { data } from "/static/page.js";

import { addressOf, beside, isDay, periodAround, periodOf } from "./report-days.js";

/** Binds the form; `show(period)` is called at once and on every choice, `tell(words)` where there is nothing to show. */
export function choosePeriod(form, { fallback = "day", show, tell }) {
  const today = data.today;
  const date = (name) => form.elements[name];
  for (const name of ["date", "from", "to"]) date(name).max = today;
  let period = null;

  function read() {
    const found = periodOf(new URLSearchParams(location.search), { today, fallback });
    if (!found.wrong) return set(found);
    set(periodAround(fallback, today), { quietly: true });
    form.date.value = "";
    tell(t("“%(text)s” is not a date. Choose a day above.", { text: found.wrong }));
  }

  function set(wanted, { quietly = false } = {}) {
    period = wanted;
    form.kind.value = wanted.kind;
    date("from").value = wanted.from;
    date("to").value = wanted.to < today ? wanted.to : today;
    form.date.value = wanted.from;
    form.date.hidden = wanted.kind === "span";
    form.querySelector(".span-dates").hidden = wanted.kind !== "span";
    form.querySelector("[data-step='1']").disabled = wanted.to >= today;
    if (!quietly) show(wanted);
  }

  function go(wanted) {
    history.pushState(null, "", addressOf(wanted));
    set(wanted);
  }

  form.addEventListener("change", ({ target }) => {
    if (target.name === "kind") go(ofKind(target.value, period, today));
    else if (target.name === "date") isDay(form.date.value) && go(periodAround(period.kind, form.date.value));
    else if (isDay(date("from").value) && isDay(date("to").value)) go(inOrder(date("from").value, date("to").value));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of form.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => go(beside(period, Number(button.dataset.step))));
  }
  form.querySelector("[data-print]").addEventListener("click", () => print());
  addEventListener("popstate", read);
  read();
}

// From a month to its weeks: the one that holds today if the month does, else the first.
function ofKind(kind, { from, to }, today) {
  if (kind === "span") return { kind, from, to: to < today ? to : today };
  return periodAround(kind, from <= today && today <= to ? today : from);
}

function inOrder(one, other) {
  const [from, to] = [one, other].sort();
  return { kind: "span", from, to };
}
