// The fields of boards and lines: their words, bounds and choices, and a board as a form has it.

import { t } from "/static/i18n.js";

import { withoutEmpty } from "./config.js";
import { linesOf, tableOf } from "./keys.js";
import { kindsOf, kindWords } from "./kinds.js";
import { FieldProblem } from "./problems.js";

const SPEEDS = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200];
/** The likeliest first, as `toiluot hardware scan` does. */
export const SPEEDS_TO_TRY = [9600, 19_200, 4800, 115_200, 38_400, 57_600, 2400, 1200];

export const PORT_FIELD = { name: "url", label: t("Port"), required: true,
  hint: t("A port of the agent's PC such as /dev/ttyUSB0, or socket://192.168.1.60:4001 for a network adapter.") };
export const lineFields = ({ baudrate = SPEEDS[0] } = {}) => [
  { name: "baudrate", label: t("Speed"), kind: "select",
    options: [...new Set([...SPEEDS, baudrate])].toSorted((a, b) => a - b).map((speed) => [speed, `${speed} baud`]) },
  { name: "bytesize", label: t("Data bits"), kind: "select", options: [8, 7, 6, 5].map((bits) => [bits, bits]), hint: t("Alpha signs usually have 7, with even parity.") },
  { name: "parity", label: t("Parity"), kind: "select",
    options: [["N", t("none")], ["E", t("even")], ["O", t("odd")], ["M", t("always 1")], ["S", t("always 0")]] },
  { name: "stopbits", label: t("Stop bits"), kind: "select", options: [[1, "1"], [2, "2"]] },
  { name: "echo", label: t("Echo"), kind: "check", says: t("The adapter hears what it sends itself") },
];
export const LINE_DETAIL_FIELDS = [
  { name: "gap_ms", label: t("Silence between two messages"), kind: "number", low: 0, high: 10_000, unit: "ms", hint: t("More, such as 50, where now and then a number is wrong or missing.") },
  { name: "rs485", label: t("Direction of RS-485"), kind: "check", says: t("Switched by the PC's own port; USB adapters do that by themselves") },
];
export const ADDRESS_FIELD = { name: "address", label: t("Address"), kind: "number", low: 0, high: 65_535, required: true,
  hint: t("As set on the board itself; a new one usually has 1.") };

const WITH_OWN_SETTINGS = ["frame", "modbus"];
export const kindField = (families) => ({ name: "kind", label: t("Kind of board"), kind: "select",
  options: [...kindsOf(families).map(({ driver, preset, words }) => [kindKey(driver, preset), words]),
    ...WITH_OWN_SETTINGS.filter((driver) => driver in (families ?? {})).map((driver) => [kindKey(driver), kindWords(driver)])] });
export const kindKey = (driver, preset = "") => `${driver}/${preset}`;

const EXAMPLE = '{"template": {"start": "02", "address": "dec2", "text": {"width": 4}, "checksum": {"kind": "xor8"}, "end": "03"}}';
export const OPTIONS_FIELD = { name: "options", label: t("Own settings"), kind: "area",
  hint: t("The options of the driver as JSON, bytes in hex, such as %(example)s", { example: EXAMPLE }) };

/** Own settings are in sight only where the kind has no others. */
export function showOwnSettings(form) {
  const refresh = () => {
    form.node.querySelector("[data-field=options]").hidden = !WITH_OWN_SETTINGS.map((driver) => kindKey(driver)).includes(form.values().kind);
  };
  form.node.addEventListener("change", refresh);
  refresh();
  return refresh;
}

/** The centre's counters to choose from, `former` too if it is there no more; `none` are the words for leaving it out. */
export function counterField(counters, { former = null, none = "", hint = "" } = {}) {
  const known = counters.map(({ number, name }) => [number, [number, name].filter(Boolean).join(" – ")]);
  const gone = former && !counters.some(({ number }) => number === former) ? [[former, t("%(n)s: there is no such counter", { n: former })]] : [];
  const left = none || !known.length ? [["", none || t("There is no counter yet.")]] : [];
  return { name: "counter", label: t("Counter"), kind: "select", required: !none, hint, options: [...left, ...known, ...gone] };
}

/** The first counter without one of `things`, or the first; "" where there is none. */
export function counterWithout(things, counters) {
  const taken = new Set(things.map(({ counter }) => counter));
  return (counters.find(({ number }) => !taken.has(number)) ?? counters[0])?.number ?? "";
}

export const placeFields = (counters, former = null) => [
  counterField(counters, { former, hint: t("The counter whose number it shows.") }),
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
  { name: "offline", label: t("Shows while the server cannot be reached"), most: 20, hint: t("Leave empty for what the agent's other boards show.") },
  { name: "substitute", label: t("Letters to replace"), kind: "area", hint: t("One line a letter, such as A = 1: A012 is then shown as 1012.") },
];
const LOOK = ["charset", "free", "paused", "closed", "blink_s"];
const LOOK_DEFAULTS = { charset: "ascii", free: "", paused: "--", closed: "", blink_s: 4 };

/** A board of the configuration as the form has it. */
export function boardValues(board, line) {
  const { preset, ...own } = board.options ?? {};
  return { address: 1, ...LOOK_DEFAULTS, ...board.look, ...board, substitute: linesOf(board.look?.substitute), url: line?.url ?? "",
    kind: kindKey(board.driver, preset), options: !preset && Object.keys(own).length ? JSON.stringify(own, null, 2) : "" };
}

/** The board that a form's values make of `board`; what the form does not show stays, but options of another kind. May throw a FieldProblem. */
export function boardFrom(board, values, bus) {
  const [driver, preset] = [values.kind.split("/")[0], values.kind.split("/").slice(1).join("/")];
  const isSame = board.driver === driver && (board.options?.preset ?? "") === preset;
  const { offline, substitute, ...formerLook } = board.look ?? {};
  const look = { ...formerLook, ...Object.fromEntries(LOOK.map((name) => [name, values[name] ?? LOOK_DEFAULTS[name]])),
    ...withoutEmpty({ offline: values.offline }), ...(values.substitute && { substitute: tableOf(values.substitute) }) };
  const { width, align, brightness, ...rest } = board;
  return {
    ...rest, name: values.name, counter: values.counter, bus, driver, address: values.address,
    ...withoutEmpty({ width: values.width, align: values.align, brightness: values.brightness }), look,
    options: optionsFrom(board, preset, isSame, values),
  };
}

function optionsFrom(board, preset, isSame, { kind, options }) {
  if (WITH_OWN_SETTINGS.some((driver) => kind === kindKey(driver))) return parsed(options);
  if (isSame) return board.options ?? {};
  return preset ? { preset } : {};
}

function parsed(json) {
  let value = null;
  try {
    value = JSON.parse(json || "{}");
  } catch (error) {
    throw new FieldProblem("options", t("This is no JSON: %(why)s", { why: error.message }));
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new FieldProblem("options", t("Give a table in braces { }."));
  return value;
}
