// The times of one service on one day, a line each: from, to, every so many minutes, how many people at one time.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { clockInput, clockTime } from "./clock-fields.js";

const MORNING = { start: "08:00", end: "11:00", every_min: 15, capacity: 1 };
const AFTERNOON = { start: "13:30", end: "16:30" };

export function slotLines(_field, id) {
  const list = el("div", { class: "shift-lines" });
  const readers = new Map(); // of a line's node, what it says
  const add = el("button", { type: "button", class: "button button-small", id, onclick: () => addLine(nextLine()).focus() }, t("Add times"));

  function addLine({ start, end, every_min: every, capacity }) {
    const [from, to] = [clockInput(t("from"), start), clockInput(t("to"), end)];
    const [minutes, people] = [figure(every, 5, 240), figure(capacity, 1, 50)];
    const line = el("div", { class: "slot-line" }, el("span", { class: "period" }, from, "–", to),
      el("label", {}, t("every"), minutes, t("min")), el("label", {}, people, t("people each time")),
      el("button", { type: "button", class: "button button-small button-quiet", onclick: remove }, t("Remove")));
    readers.set(line, () => ({ start: clockTime(from.value), end: clockTime(to.value), every_min: minutes.valueAsNumber, capacity: people.valueAsNumber }));
    list.append(line);
    return from;

    function remove() {
      line.remove();
      add.focus();
    }
  }

  const get = () => [...list.children].map((line) => readers.get(line)());
  const nextLine = () => {
    const last = get().at(-1);
    return last ? { ...last, ...AFTERNOON } : MORNING;
  };
  return {
    node: el("div", {}, list, add), input: add, get,
    set: (lines) => {
      list.replaceChildren();
      lines.forEach(addLine);
    },
  };
}

/** What is wrong with the figures of these lines, in words; "" where nothing is. */
export function wrongFigures(lines) {
  if (lines.some(({ every_min: every }) => !(every >= 5 && every <= 240))) return t("Appointments are 5 to 240 minutes apart.");
  if (lines.some(({ capacity }) => !(capacity >= 1 && capacity <= 50))) return t("1 to 50 people can come at one time.");
  return "";
}

function figure(value, min, max) {
  const input = el("input", { type: "number", inputmode: "numeric", min, max, required: true });
  input.value = value;
  return input;
}
