// A day's report: fetched for the chosen date, which stands in the address so that it can be sent and printed.

import { ApiError, get } from "/static/api.js";
import { everySecond, hhmm, hubNow, longDate } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { data } from "/static/page.js";

import { reportView } from "./report-view.js";

const find = (name) => document.querySelector(`[data-view=${name}]`);
const form = document.querySelector(".report-tools");
const report = find("report");

form.date.max = data.today;
const wish = new URLSearchParams(location.search).get("date") || data.today;
form.date.value = wish; // which the browser leaves empty unless it is a date
form.date.addEventListener("change", () => form.date.value && show(form.date.value));
form.addEventListener("submit", (event) => event.preventDefault());
for (const button of form.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => show(dayBeside(form.date.value || data.today, Number(button.dataset.step))));
}
form.querySelector("[data-print]").addEventListener("click", () => print());
everySecond(() => setText(find("clock"), hhmm(hubNow())));

let asked = null;
if (form.date.value) show(form.date.value);
else tell(t("“%(text)s” is not a date. Choose a day above.", { text: wish }));

async function show(date) {
  asked = date;
  form.date.value = date;
  form.querySelector("[data-step='1']").disabled = date >= data.today;
  history.replaceState(null, "", `?date=${date}`);
  report.setAttribute("aria-busy", "true");
  const made = await fetched(date);
  if (asked !== date) return; // another day was chosen while this one was on its way
  replace(report, made);
  report.setAttribute("aria-busy", "false");
  setText(find("date"), longDate(`${date}T12:00:00Z`));
  setText(find("made"), t("Made at %(time)s on %(date)s.", { time: hhmm(hubNow()), date: longDate(hubNow()) }));
}

function tell(problem) {
  replace(report, el("p", { class: "problem", role: "alert" }, problem));
  report.setAttribute("aria-busy", "false");
}

async function fetched(date) {
  try {
    const [report, { people }] = await Promise.all([get(`/reports/day?date=${encodeURIComponent(date)}`), get("/people")]);
    return reportView(report, new Map(people.map((person) => [person.name, person.full_name])));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return el("p", { class: "problem", role: "alert" }, error.message);
  }
}

function dayBeside(date, step) {
  const day = new Date(`${date}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + step);
  return day.toISOString().slice(0, 10);
}
