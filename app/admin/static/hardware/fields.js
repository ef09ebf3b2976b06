// The fields of boards and lines: their words, bounds and choices, and a board as a form has it.

import { t } from "/static/i18n.js";

import { withoutEmpty } from "./config.js";
import { kindsOf } from "./words.js";

const SPEEDS = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200];

export const PORT_FIELD = { name: "url", label: t("Port"), required: true,
  hint: t("A port of the agent's PC such as /dev/ttyUSB0, or socket://192.168.1.60:4001 for a network adapter.") };
export const LINE_FIELDS = [
  { name: "baudrate", label: t("Speed"), kind: "select", options: SPEEDS.map((speed) => [speed, `${speed} baud`]) },
  { name: "parity", label: t("Parity"), kind: "select", options: [["N", t("none")], ["E", t("even")], ["O", t("odd")]] },
];
export const ADDRESS_FIELD = { name: "address", label: t("Address"), kind: "number", low: 0, high: 65_535, required: true,
  hint: t("As set on the board itself; a new one usually has 1.") };

export const kindField = (families) => ({ name: "kind", label: t("Kind of board"), kind: "select",
  options: kindsOf(families).map(({ driver, preset, words }) => [kindKey(driver, preset), words]) });
export const kindKey = (driver, preset = "") => `${driver}/${preset}`;

export const PLACE_FIELDS = [
  { name: "counter", label: t("Counter"), kind: "number", low: 1, high: 99, required: true, hint: t("The counter whose number it shows.") },
  { name: "name", label: t("Its name"), required: true, most: 60, hint: t("To tell it from others here and in the log.") },
];
export const FACE_FIELDS = [
  { name: "charset", label: t("Figures"), kind: "select",
    options: [["ascii", t("letters and digits (dot matrix)")], ["seg7", t("seven segments")], ["digits", t("digits only")]] },
  { name: "width", label: t("Width"), kind: "number", low: 1, high: 64, unit: t("places"), hint: t("Leave empty for what is usual of its kind.") },
  { name: "align", label: t("Alignment"), kind: "select", options: [["", t("as usual")], ["left", t("left")], ["right", t("right")]] },
  { name: "brightness", label: t("Brightness"), kind: "number", low: 1, high: 100, unit: "%", hint: t("Leave empty for what is set on the board.") },
  { name: "blink_s", label: t("Blinks on a call for"), kind: "number", low: 0, high: 60, unit: t("seconds") },
  { name: "free", label: t("Shows while nobody is called"), most: 20 },
  { name: "paused", label: t("Shows while the counter pauses"), most: 20 },
  { name: "closed", label: t("Shows while the counter is closed"), most: 20 },
];
const LOOK = ["charset", "free", "paused", "closed", "blink_s"];
const LOOK_DEFAULTS = { charset: "ascii", free: "", paused: "--", closed: "", blink_s: 4 };

/** A board of the configuration as the form has it. */
export function boardValues(board, line) {
  return { address: 1, ...LOOK_DEFAULTS, ...board.look, ...board, url: line?.url ?? "", kind: kindKey(board.driver, board.options?.preset) };
}

/** The board that a form's values make of `board`; what the form does not show stays, but options of another kind. */
export function boardFrom(board, values, bus) {
  const [driver, preset] = [values.kind.split("/")[0], values.kind.split("/").slice(1).join("/")];
  const isSame = board.driver === driver && (board.options?.preset ?? "") === preset;
  const look = { ...board.look, ...Object.fromEntries(LOOK.map((name) => [name, values[name] ?? LOOK_DEFAULTS[name]])) };
  const { width, align, brightness, ...rest } = board;
  return {
    ...rest, name: values.name, counter: values.counter, bus, driver, address: values.address,
    ...withoutEmpty({ width: values.width, align: values.align, brightness: values.brightness }), look,
    options: isSame ? board.options ?? {} : preset ? { preset } : {},
  };
}
