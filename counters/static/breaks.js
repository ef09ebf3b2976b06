// The breaks of today in the pause dialog: those that come, and announcing one ahead.

import { hhmm } from "/static/clock.js";
import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { span } from "/static/counters/notes-view.js";

const $ = (id) => document.getElementById(id);

/** Tie the form; `plan(breaks, news)` is called with all breaks of today and {added} or {dropped}, as {start, end} "HH:MM". */
export function prepareBreaks(seat, plan) {
  $("break-end").addEventListener("input", checkOrder);
  $("break-start").addEventListener("input", checkOrder);
  $("break-form").addEventListener("submit", (event) => {
    event.preventDefault();
    $("pause-dialog").close();
    const added = { start: $("break-start").value, end: $("break-end").value };
    plan([...planned(seat()), added].sort((a, b) => a.start.localeCompare(b.start)), { added });
  });
  $("breaks").addEventListener("click", (event) => {
    const start = event.target.closest("[data-start]")?.dataset.start;
    if (!start) return;
    $("pause-dialog").close();
    const all = planned(seat());
    plan(all.filter((each) => each.start !== start), { dropped: all.find((each) => each.start === start) });
  });
}

/** Fill in the breaks that a counter has today. */
export function showBreaks(counter) {
  replace($("breaks"), (counter.breaks ?? []).map(row));
  $("break-plan").open = false;
  $("break-form").reset();
  checkOrder();
}

function planned(counter) {
  return (counter.breaks ?? []).map(({ start, end }) => ({ start: hhmm(start), end: hhmm(end) }));
}

function row(each) {
  const label = t("Call off the break %(span)s", { span: span(each) });
  return el("li", {}, el("span", { class: "tabular" }, span(each)), el("button", { type: "button", class: "button button-small button-quiet", "data-start": hhmm(each.start), "aria-label": label }, t("Call off")));
}

function checkOrder() {
  const [start, end] = [$("break-start").value, $("break-end").value];
  $("break-end").setCustomValidity(start && end && end <= start ? t("The break must end after it begins.") : "");
}
