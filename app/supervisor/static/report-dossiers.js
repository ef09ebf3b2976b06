// Dossiers received by channel, returned before, on and after their date, and still open.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { asCount, asPercent, shareOf } from "./figures.js";

/** The groups of `dossiers` of a report. What the source does not know is left out. */
export function dossierFigures(told) {
  return el("div", { class: "dossiers-told" },
    el("div", { class: "summary" },
      group("received", t("Received"), told.received, [
        [t("online"), "online", told.online], [t("in person"), "in_person", told.in_person]]),
      group("returned", t("Returned"), told.returned, [
        [t("before the date"), "before", told.before], [t("on the date"), "on", told.on],
        [t("after the date"), "after", told.after, "late"], ...(told.undated ? [[t("no date promised"), "undated", told.undated]] : [])]),
      told.open !== null && group("open", t("Still open"), told.open, [
        [t("in time"), "open_in_time", told.open_in_time], [t("past the date"), "open_late", told.open_late, "late"]])),
    el("p", { class: "quiet" }, told.source === "system" ? t("From the dossier system's file.") : t("As the clerks entered them.")),
  );
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
