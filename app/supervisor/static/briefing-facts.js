// What a briefing tells beside its sentence: how people waited, and six large figures.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { asCount, asMinutes, asPercent, shareOf } from "./figures.js";

/** "Đã cấp 512 số, phục vụ xong 498 lượt; ..." */
export function waitingSentence({ tickets, waits, handling }) {
  if (!tickets.issued) return t("No numbers were given out on these days.");
  const given = t("%(issued)s numbers were given out and %(finished)s served to the end.",
    { issued: asCount(tickets.issued), finished: asCount(tickets.finished) });
  if (!waits.count) return given;
  return `${given} ${t("%(share)s were called within %(target)s; the wait was %(wait)s min on average, the handling %(handling)s min.", {
    share: asPercent(waits.within_target), target: targetWords(waits), wait: asMinutes(waits.mean_s), handling: asMinutes(handling.mean_s),
  })}`;
}

/** Six figures: three of dossiers where anything is known of them, and three of the hall. */
export function figuresOf({ tickets, waits, handling, ...dossiers }) {
  const hall = [
    [t("Numbers given out"), asCount(tickets.issued), "issued"],
    [t("Called within %(target)s", { target: targetWords(waits) }), asPercent(waits.within_target), "within_target"],
    [t("Mean wait"), asMinutes(waits.mean_s), "wait", t("min")],
  ];
  const more = [
    [t("Served to the end"), asCount(tickets.finished), "finished"],
    [t("9 in 10 waited at most"), asMinutes(waits.p90_s), "wait_p90", t("min")],
    [t("Mean handling"), asMinutes(handling.mean_s), "handling", t("min")],
  ];
  const figures = dossiers.source === "none" ? [...hall, ...more] : [...ofDossiers(dossiers), ...hall];
  return figures.map(([words, value, name, unit]) => el("div", {},
    el("dd", {}, el("span", { "data-figure": name }, value), unit && el("small", {}, ` ${unit}`)), el("dt", {}, words)));
}

function ofDossiers({ received, online, returned, before, on, after }) {
  const dated = before + on + after;
  return [
    [t("Dossiers received"), asCount(received), "received"],
    [t("received online"), asPercent(shareOf(online, received)), "online"],
    [t("%(n)s returned, by their date", { n: asCount(returned) }), asPercent(shareOf(before + on, dated)), "in_time"],
  ];
}

function targetWords({ target_s: target }) {
  return target ? t("%(n)s min", { n: Math.round(target / 60) }) : t("the target");
}
