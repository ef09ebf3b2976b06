// The week as a table: counters by days, each cell a button with its shifts. A phone shows one day at a time.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { walkWithArrows } from "./arrows.js";
import { DAY_NAMES, DAY_SHORT, WEEK, shiftsOf } from "./week.js";

/** { node, days, paint(shifts, troubles), showDay(weekday), focus({ counter, weekday }) }; `edit(counter, weekday)` when a cell is pressed. */
export function makeGrid({ counters, services, nameOf, edit }) {
  const cells = counters.map((counter) => WEEK.map((weekday) => makeCell(counter, weekday)));
  const table = el("table", { class: "rota" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("Counter")),
      WEEK.map((day) => el("th", { scope: "col", "data-weekday": day }, DAY_NAMES[day])))),
    el("tbody", {}, counters.map((counter, index) => el("tr", { "data-key": counter.number },
      rowHead(counter, services), cells[index].map(({ td }) => td)))));
  walkWithArrows(table);

  function makeCell(counter, weekday) {
    const trouble = el("small", { class: "problem", hidden: true, id: `trouble-${counter.number}-${weekday}` });
    const button = el("button", { type: "button", class: "shift-cell", "data-cell": true, "aria-describedby": trouble.id,
      onclick: () => edit(counter, weekday) });
    return { button, trouble, td: el("td", { "data-weekday": weekday }, button, trouble) };
  }

  function paint(shifts, troubles) {
    counters.forEach(({ number }, index) => WEEK.forEach((weekday) => {
      const found = troubles.filter((each) => each.counter === number && each.weekday === weekday).map(({ words }) => words);
      paintCell(cells[index][weekday], shiftsOf(shifts, number, weekday), { number, weekday, found, nameOf });
    }));
  }

  const cellOf = ({ counter, weekday }) => cells[counters.findIndex(({ number }) => number === counter)]?.[weekday];
  return {
    node: el("div", { class: "table-wrap" }, table), days: dayChoice(), paint, showDay,
    focus: (place) => {
      showDay(place.weekday);
      cellOf(place)?.button.focus();
    },
  };
}

function rowHead({ number, name, own }, services) {
  const letters = services.filter(({ code }) => own.includes(code));
  return el("th", { scope: "row" }, el("b", { class: "big-number" }, number), name && ` ${name}`,
    el("small", { class: "quiet" }, letters.map((service) => service.name).join(", ")));
}

function paintCell({ button, trouble, td }, lines, { number, weekday, found, nameOf }) {
  const clerks = [...new Set(lines.map(({ clerk }) => clerk))];
  const place = `${t("Counter %(n)s", { n: number })}, ${DAY_NAMES[weekday]}: `;
  const each = lines.map(({ start, end, clerk }) => el("span", { class: "shift" }, `${start}–${end}`,
    clerks.length > 1 && clerk && el("small", {}, nameOf(clerk))));
  const all = clerks.length === 1 && clerks[0] ? el("small", {}, nameOf(clerks[0])) : null;
  replace(button, el("span", { class: "visually-hidden" }, place), lines.length ? each : emptyCell(), all);
  td.classList.toggle("wrong", found.length > 0);
  trouble.hidden = !found.length;
  trouble.textContent = [...new Set(found)].join(" ");
}

function emptyCell() {
  return [el("span", { class: "empty-cell", "aria-hidden": "true" }, "+"), el("span", { class: "visually-hidden" }, t("no shift"))];
}

/** For a narrow screen: the day that is shown. */
function dayChoice() {
  return WEEK.map((day) => el("label", { class: "way" },
    el("input", { type: "radio", name: "day", value: day, onchange: () => showDay(day) }),
    el("span", { "aria-hidden": "true" }, DAY_SHORT[day]), el("span", { class: "visually-hidden" }, DAY_NAMES[day])));
}

function showDay(day) {
  document.body.dataset.day = day;
  document.querySelector(`[name=day][value="${day}"]`).checked = true;
}
