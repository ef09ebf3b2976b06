// The report of a day, a week, a month or free dates, which stand in the address so that it can be sent and printed.

import { ApiError, get } from "/static/api.js";
import { everySecond, hhmm, hubNow, longDate } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { data, language } from "/static/page.js";

import { addressOf, daysUntil, periodWords } from "./report-days.js";
import { choosePeriod } from "./report-period.js";
import { reportView } from "./report-view.js";

const TITLES = { day: "Report of a day", week: "Report of a week", month: "Report of a month", span: "Report" };
const find = (name) => document.querySelector(`[data-view=${name}]`);
const form = document.querySelector(".report-tools");
const report = find("report");
let asked = null;

everySecond(() => setText(find("clock"), hhmm(hubNow())));
choosePeriod(form, { show, tell });

async function show(period) {
  asked = period;
  const days = daysUntil(period, data.today);
  setText(find("title"), t(TITLES[period.kind]));
  setText(find("date"), periodWords(period));
  for (const link of form.querySelectorAll("[data-export]")) {
    link.href = `/api/v1/reports/range.${link.dataset.export}?${days}&lang=${language}`;
  }
  document.querySelector("[data-tab='/briefing']").href = `/briefing${addressOf(period)}`;
  report.setAttribute("aria-busy", "true");
  const made = await fetched(days, period);
  if (asked !== period) return; // other days were chosen while these were on their way
  replace(report, made);
  report.setAttribute("aria-busy", "false");
  setText(find("made"), t("Made at %(time)s on %(date)s.", { time: hhmm(hubNow()), date: longDate(hubNow()) }));
}

function tell(problem) {
  asked = null;
  replace(report, alarm(problem));
  report.setAttribute("aria-busy", "false");
}

async function fetched(days, period) {
  try {
    const [figures, { people }] = await Promise.all([get(`/reports/range?${days}`), get("/people")]);
    return reportView(figures, period, new Map(people.map((person) => [person.name, person.full_name])));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return alarm(error.message);
  }
}

function alarm(words) {
  return el("p", { class: "problem", role: "alert" }, words);
}
