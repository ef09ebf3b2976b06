// The times of one service on one day, a line each: from, to, every so many minutes, how many people at one time.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { lines } from "./lines.js";

const MORNING = { start: "08:00", end: "11:00", every_min: 15, capacity: 1 };
const AFTERNOON = { start: "13:30", end: "16:30" };

export function slotLines(_field, id) {
  const next = (last) => (last ? { ...last, ...AFTERNOON } : MORNING);
  return lines({ add: t("Add times"), kind: "slot-line", next, rest: howMany }, id);
}

/** What is wrong with the figures of these lines, in words; "" where nothing is. */
export function wrongFigures(lines) {
  if (lines.some(({ every_min: every }) => !(every >= 5 && every <= 240))) return t("Appointments are 5 to 240 minutes apart.");
  if (lines.some(({ capacity }) => !(capacity >= 1 && capacity <= 50))) return t("1 to 50 people can come at one time.");
  return "";
}

function howMany({ every_min: every, capacity }) {
  const [minutes, people] = [figure(every, 5, 240), figure(capacity, 1, 50)];
  return {
    nodes: [el("label", {}, t("every"), minutes, t("min")), el("label", {}, people, t("people each time"))],
    get: () => ({ every_min: minutes.valueAsNumber, capacity: people.valueAsNumber }),
  };
}

function figure(value, min, max) {
  const input = el("input", { type: "number", inputmode: "numeric", min, max, required: true });
  input.value = value;
  return input;
}
