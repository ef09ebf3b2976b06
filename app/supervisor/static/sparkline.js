// The small line of the last two hours: which share of a queue had passed the alarm (a line) and the target (a solid field).

import { hhmm } from "/static/clock.js";
import { t } from "/static/i18n.js";

import { asPercent } from "./figures.js";
import { svg } from "./svg.js";
import { wholeMinutes } from "./waits.js";

const WIDTH = 100;
const HEIGHT = 20;

/** `points`: [{ at, amber, late }], the shares (0 to 1) past the two `limits` { amberMs, targetMs }, the oldest first. */
export function sparkline(points, limits) {
  const words = sparkWords(points, limits);
  return svg("svg", { class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": words },
    svg("title", {}, words), svg("path", { class: "spark-ground", d: `M0 ${HEIGHT}H${WIDTH}` }),
    svg("path", { class: "spark-late", d: field(points, "late") }), svg("path", { class: "spark-amber", d: line(points, "amber") }));
}

/** The worst of it in a sentence, for whoever cannot see the line. */
export function sparkWords(points, { amberMs, targetMs }) {
  const worst = points.reduce((one, other) => (badness(other) > badness(one) ? other : one));
  if (!worst.amber) return t("Last two hours: nobody waited long");
  const facts = { time: hhmm(worst.at), amber: wholeMinutes(amberMs), target: wholeMinutes(targetMs),
    long: asPercent(worst.amber), late: asPercent(worst.late) };
  return t("Last two hours: worst at %(time)s, %(long)s past %(amber)s, %(late)s past %(target)s", facts);
}

function badness({ amber, late }) {
  return amber + late;
}

function field(points, share) {
  const edge = points.map((point) => place(point, points, share)).join("L");
  return `M${edge}V${HEIGHT}H0Z`;
}

// Where nobody waited long there is no line: it would only repeat the ground.
function line(points, share) {
  const isFlat = (index) => !points[index - 1]?.[share] && !points[index]?.[share];
  return points.map((point, index) => `${index === 0 || isFlat(index) ? "M" : "L"}${place(point, points, share)}`).join("");
}

function place(point, points, share) {
  const [first, last, at] = [points[0], points.at(-1), point].map((each) => Date.parse(each.at));
  const x = last > first ? ((at - first) / (last - first)) * WIDTH : 0;
  return `${x.toFixed(1)} ${(HEIGHT - Math.min(1, point[share]) * (HEIGHT - 1)).toFixed(1)}`;
}
