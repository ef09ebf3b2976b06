// Small charts as SVG: panels of bars or a line above one another, over one row of labels. They print as they stand.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { svg } from "./svg.js";

const WIDTHS = [360, 640, 1040]; // a phone or half a sheet, a sheet or half a screen, a whole one: the words keep their size
const LEFT = 40;
const RIGHT = 10;
const HEAD = 30; // a panel's name
const FOOT = 22; // the row of labels
const LABEL_PX = 44; // the least room for a label below
const LETTER_PX = 7.3; // of a value above its bar or point
let charts = 0;

/**
 * A figure of panels: [{ kind: "bars" | "line", name, values, written, limit? }], one value (or null) for each label.
 * `paper` and `paperHeight`: how wide it is drawn for printing, 360 (half a sheet) or 640, and each panel how tall. `limit`: a line across; what is above it is marked by shape and colour. `desc` says the same in words.
 */
export function chart({ title, desc, labels, heading = t("Time"), panels, height = 92, paper = 640, paperHeight = height }) {
  const box = el("div", { class: "chart-box" });
  const draw = (width, tall = height) => replace(box, drawing({ title, desc, labels, panels, height: tall }, width));
  let printing = false; // what is drawn for the paper changes the box, which is no reason to draw it for the screen again
  const drawAsWide = () => {
    if (printing) return;
    const width = box.clientWidth ? nearest(box.clientWidth) : paper;
    if (box.firstChild?.viewBox.baseVal.width !== width) draw(width);
  };
  new ResizeObserver(drawAsWide).observe(box);
  addEventListener("beforeprint", () => {
    printing = true;
    if (box.isConnected) draw(paper, paperHeight);
  });
  addEventListener("afterprint", () => {
    printing = false;
    if (box.isConnected) drawAsWide();
  });
  draw(paper);
  return el("figure", { class: "chart" }, el("figcaption", {}, title), box, asTable({ title, labels, heading, panels }));
}

function nearest(px) {
  return WIDTHS.reduce((best, width) => (Math.abs(width - px) < Math.abs(best - px) ? width : best));
}

function drawing({ title, desc, labels, panels, height }, width) {
  const id = `chart-${(charts += 1)}`;
  const tall = panels.length * (height + HEAD) + FOOT;
  const x = scale(labels.length, width);
  return svg("svg", { viewBox: `0 0 ${width} ${tall}`, role: "img", "aria-labelledby": `${id} ${id}-desc` },
    svg("title", { id }, title), svg("desc", { id: `${id}-desc` }, desc),
    panels.map((panel, index) => svg("g", { transform: `translate(0 ${index * (height + HEAD) + HEAD})` },
      drawPanel(panel, x, { width, height }))),
    svg("g", { class: "chart-labels", transform: `translate(0 ${tall - 5})` }, labelsBelow(labels, x)));
}

function drawPanel(panel, x, { width, height }) {
  const top = niceTop(Math.max(panel.limit ?? 0, ...panel.values.map((value) => value ?? 0)));
  const y = (value) => height - (value / top) * height;
  const marks = panel.kind === "bars" ? bars(panel, x, y, height) : line(panel, x, y);
  return [
    svg("text", { class: "chart-name", x: LEFT, y: -10 }, panel.name),
    [0, top / 2, top].map((tick) => [
      svg("line", { class: "chart-grid", x1: LEFT, x2: width - RIGHT, y1: y(tick), y2: y(tick) }),
      svg("text", { class: "chart-tick", x: LEFT - 6, y: y(tick) + 4 }, panel.written(tick)),
    ]),
    panel.limit && svg("line", { class: "chart-limit", x1: LEFT, x2: width - RIGHT, y1: y(panel.limit), y2: y(panel.limit) }),
    marks,
  ];
}

function bars({ values, written }, x, y, height) {
  const isTold = tellsOf(values, written, x);
  const thick = Math.min(x.step * 0.7, 46);
  return values.map((value, index) => value && [
    svg("rect", { class: "chart-bar", x: x.at(index) - thick / 2, y: y(value), width: thick, height: height - y(value) }),
    isTold(index) && svg("text", { class: "chart-value", x: x.at(index), y: y(value) - 4 }, written(value)),
  ]);
}

function line({ values, written, limit = Infinity }, x, y) {
  const isTold = tellsOf(values, written, x);
  const points = values.map((value, index) => (value === null ? null : [x.at(index), y(value), value]));
  return [
    svg("path", { class: "chart-line", d: pathOf(points) }),
    points.map((point, index) => point && [
      x.step > 7 && mark(point, point[2] > limit),
      isTold(index) && svg("text", { class: point[2] > limit ? "chart-value chart-over" : "chart-value", x: point[0], y: point[1] - 8 }, written(point[2])),
    ]),
  ];
}

// What is above the limit is a square, so that it is seen without colour too.
function mark([left, top], over) {
  if (over) return svg("rect", { class: "chart-mark chart-over", x: left - 4, y: top - 4, width: 8, height: 8 });
  return svg("circle", { class: "chart-mark", cx: left, cy: top, r: 3.5 });
}

function pathOf(points) {
  return points.map((point, index) => point && `${points[index - 1] ? "L" : "M"}${point[0].toFixed(1)} ${point[1].toFixed(1)}`)
    .filter(Boolean).join("");
}

// Every value where there is room; else the highest only.
function tellsOf(values, written, x) {
  const longest = Math.max(...values.map((value) => (value === null ? 0 : written(value).length)));
  const highest = values.indexOf(Math.max(...values.map((value) => value ?? 0)));
  return (index) => x.step >= longest * LETTER_PX || index === highest;
}

function labelsBelow(labels, x) {
  const every = Math.ceil(LABEL_PX / x.step);
  return labels.map((label, index) => index % every === 0 && svg("text", { x: x.at(index) }, label));
}

function scale(count, width) {
  const step = (width - LEFT - RIGHT) / Math.max(count, 1);
  return { step, at: (index) => LEFT + step * (index + 0.5) };
}

/** The least round number above a value and the words on top of it; its half is as round. */
function niceTop(value) {
  for (let power = 1; ; power *= 10) {
    const found = (power > 1 ? [2, 3, 4, 5, 6, 8, 10, 12, 16] : [2, 4, 6, 8, 10, 12, 16]).map((each) => each * power).find((each) => each >= value * 1.12);
    if (found) return found;
  }
}

function asTable({ title, labels, heading, panels }) {
  return el("details", { class: "chart-table" },
    el("summary", {}, t("As a table")),
    el("div", { class: "table-wrap" }, el("table", { "aria-label": title },
      el("thead", {}, el("tr", {}, [heading, ...panels.map(({ name }) => name)].map((words, index) =>
        el("th", { scope: "col", class: index && "number" }, words)))),
      el("tbody", {}, labels.map((label, index) => el("tr", {}, el("th", { scope: "row" }, label),
        panels.map(({ values, written }) => el("td", { class: "number" }, values[index] === null ? "–" : written(values[index])))))))));
}
