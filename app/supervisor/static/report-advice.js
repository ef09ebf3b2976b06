// Advice that was answered: what it promised, and how many were late in the hour before and in the hour after.

import { hhmm, hubNow, toMs } from "/static/clock.js";
import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { timezone } from "/static/page.js";

import { asNumber, asPercent, shareOf } from "./figures.js";
import { shortDate } from "./report-days.js";
import { serviceName } from "./report-tables.js";

const MOVES = {
  give: "Counter %(n)s takes on %(services)s",
  take: "Counter %(n)s gives up %(services)s",
  open: "Counter %(n)s opens",
  break: "Counter %(n)s takes its break at another time",
};
const DECLINED = {
  clerk_busy: "The clerk is busy", not_able: "The clerk is not able to", too_soon: "Too soon", other_plan: "Another plan",
  other: "Another reason",
};
const HOUR_MS = 3_600_000;
const ENOUGH = 5; // called in an hour: a share of fewer says nothing
const dayFace = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone }); // which writes YYYY-MM-DD

/** The answered advice of a report, in the order of time. */
export function adviceTable({ advice, services, from, to }) {
  const names = new Map(services.map((service) => [service.code, serviceName(service)]));
  const when = (at) => (from === to ? hhmm(at) : `${shortDate(dayFace.format(toMs(at)))} ${hhmm(at)}`);
  const heads = [[t("Time"), ""], [t("Move"), ""], [t("Answer"), ""], [t("Fewer late, expected"), "number"],
    [t("Late in the hour before"), "number"], [t("Late in the hour after"), "number"]];
  return el("table", { "data-table": "advice" },
    el("thead", {}, el("tr", {}, heads.map(([words, kind]) => el("th", { scope: "col", class: kind }, words)))),
    el("tbody", {}, advice.map((each) => el("tr", { "data-answer": each.answer },
      el("th", { scope: "row" }, when(each.at)),
      el("td", {}, moveWords(each, names)),
      el("td", {}, answerWords(each)),
      el("td", { class: "number" }, `${asNumber(each.saved)} (${asNumber(each.low)}–${asNumber(each.high)})`),
      lateOf(each.before, true), lateOf(each.after, toMs(each.at) + HOUR_MS <= hubNow())))));
}

function moveWords({ kind, counter, services }, names) {
  return t(MOVES[kind], { n: counter, services: services.map((code) => names.get(code) ?? code).join(", ") });
}

function answerWords({ answer, reason }) {
  if (answer === "accepted") return el("span", { class: "answer-yes" }, t("Accepted"));
  return [t("Declined"), reason && el("small", {}, t(DECLINED[reason]))];
}

function lateOf({ late, called }, over) {
  if (!over || called < ENOUGH) {
    const why = over ? t("Fewer than %(n)s were called in this hour.", { n: ENOUGH }) : t("The hour is not over.");
    return el("td", { class: "number", title: why }, el("small", {}, t("not enough")));
  }
  return el("td", { class: "number" }, t("%(late)s of %(called)s", { late, called }),
    el("span", { class: "share" }, asPercent(shareOf(late, called))));
}
