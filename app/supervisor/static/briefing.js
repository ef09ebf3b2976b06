// The one-page briefing for a visiting leader: its sentence from the hub, a few figures, one table, one chart.

import { ApiError, get } from "/static/api.js";
import { everySecond, hhmm, hubNow } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { data, language } from "/static/page.js";

import { figuresOf, waitingSentence } from "./briefing-facts.js";
import { letterhead } from "./briefing-letterhead.js";
import { servicesTable } from "./briefing-services.js";
import { fit } from "./briefing-sheet.js";
import { comers } from "./report-charts.js";
import { addressOf, daysUntil, periodWords } from "./report-days.js";
import { asOfWords, behindWords } from "./report-dossiers.js";
import { choosePeriod } from "./report-period.js";

const find = (name) => document.querySelector(`[data-view=${name}]`);
const sheet = find("sheet");
let asked = null;

everySecond(() => setText(find("clock"), hhmm(hubNow())));
letterhead(document.querySelector("[data-form=letterhead]"), find, { centre: data.centre, today: data.today, changed: () => fit(sheet) });
choosePeriod(document.querySelector(".report-tools"), { fallback: "week", show, tell });

async function show(period) {
  asked = period;
  setText(find("date"), periodWords(period));
  document.querySelector("[data-tab='/report']").href = `/report${addressOf(period)}`;
  sheet.setAttribute("aria-busy", "true");
  try {
    const days = daysUntil(period, data.today);
    const [told, report] = await Promise.all([get(`/reports/briefing?${days}`), get(`/reports/range?${days}`)]);
    if (asked !== period) return; // other days were chosen while these were on their way
    fill(period, told, report);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (asked === period) tell(error.message);
  }
}

function fill(period, told, report) {
  setText(find("period"), `(${inASentence(periodWords(period.kind === "week" ? { ...period, to: told.to } : period))})`);
  setText(find("sentence"), asSentence(withItsDay(language === "en" ? told.sentence_en : told.sentence_vi, told)));
  setText(find("waiting"), waitingSentence(told));
  replace(find("figures"), figuresOf(told));
  replace(find("services"), servicesTable(report));
  replace(find("chart"), report.tickets.issued > 0 && comers(report));
  const behind = behindWords(told, told.to);
  replace(find("problem"), behind && el("p", { class: "problem", role: "alert" }, behind));
  sheet.hidden = false;
  sheet.setAttribute("aria-busy", "false");
  fit(sheet);
}

function tell(problem) {
  asked = null;
  sheet.hidden = true;
  replace(find("problem"), el("p", { class: "problem", role: "alert" }, problem));
}

function inASentence(words) {
  return words.charAt(0).toLocaleLowerCase(language) + words.slice(1);
}

function withItsDay(text, told) {
  const asOf = asOfWords(told);
  return asOf ? `${text} (${asOf})` : text;
}

function asSentence(text) {
  return `${text.charAt(0).toLocaleUpperCase(language)}${text.slice(1)}.`;
}
