// Dossiers received by channel, returned before, on and after their date, and still open.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { data } from "/static/page.js";

import { asCount, asPercent, shareOf } from "./figures.js";
import { dateWords } from "./report-days.js";

const DAY = "2026-11-21".length;

/** The groups of `dossiers` of a report until the day `to`. What the source does not know is left out. */
export function dossierFigures(told, to) {
  const behind = behindWords(told, to);
  return el("div", { class: "dossiers-told" },
    el("div", { class: "summary" },
      group("received", t("Received"), told.received, [
        [t("online"), "online", told.online], [t("in person"), "in_person", told.in_person]]),
      group("returned", t("Returned"), told.returned, [
        [t("before the date"), "before", told.before], [t("on the date"), "on", told.on],
        [t("after the date"), "after", told.after, "late"], ...(told.undated ? [[t("no date promised"), "undated", told.undated]] : [])]),
      told.open !== null && group("open", t("Still open"), told.open, [
        [t("in time"), "open_in_time", told.open_in_time], [t("past the date"), "open_late", told.open_late, "late"]])),
    el("p", { class: "quiet", "data-figure": "dossiers.source" },
      told.source === "system" ? t("From the dossier system's file, %(as_of)s.", { as_of: asOfWords(told) }) : t("As the clerks entered them.")),
    behind && el("p", { class: "problem", "data-figure": "dossiers.behind" }, behind),
  );
}

/** "theo dữ liệu nhập ngày 28/11/2026"; empty where no file told it. */
export function asOfWords({ as_of: at }) {
  return at ? t("as imported on %(date)s", { date: dateWords(at.slice(0, DAY)) }) : "";
}

/** That the newest file came before the last of the days `to`, or before today where they go on; otherwise empty. */
export function behindWords({ as_of: at }, to) {
  const until = to < data.today ? to : data.today;
  if (!at || at.slice(0, DAY) >= until) return "";
  return t("The newest dossier file came on %(date)s: dossiers until %(until)s may be missing.",
    { date: dateWords(at.slice(0, DAY)), until: dateWords(until) });
}

function group(name, title, all, parts) {
  return el("div", { class: "figures" },
    el("h3", {}, title),
    el("p", { class: "hero", "data-figure": `dossiers.${name}` }, asCount(all)),
    el("dl", {}, parts.map(([words, figure, count, grade]) => el("div", { "data-grade": count ? grade : null },
      el("dt", {}, words),
      el("dd", {}, el("span", { "data-figure": `dossiers.${figure}` }, asCount(count)),
        el("span", { class: "share" }, asPercent(shareOf(count, all))))))));
}
