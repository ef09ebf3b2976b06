// Screens, kiosks and what hangs on agents: a quiet line while all is well, a loud one when something is not.

import { hhmm, hubNow } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { adviceWords, againWords, conditionWords, isInTrouble, KINDS, nameOf } from "./equipment-words.js";
import { lightButton } from "./light.js";

/** What is wrong: [{ name, since, detail, advice }]. A device that never came yet is awaited, not broken. */
export function troubles(devices) {
  const away = devices.filter((device) => !device.online && device.last_seen)
    .map(({ name, last_seen: since }) => ({ name, since, detail: t("no connection"), advice: "" }));
  const broken = devices.filter((device) => device.online).flatMap(equipmentOf)
    .filter(({ thing }) => isInTrouble(thing))
    .map(({ kind, thing }) => ({ name: nameOf(kind, thing), since: thing.since, detail: conditionWords(kind, thing),
      advice: adviceWords(thing) }));
  return [...broken, ...away];
}

function equipmentOf(device) {
  return KINDS.flatMap((kind) => (device[kind] ?? []).map((thing) => ({ kind, thing })));
}

/** Shows the line in `node`, a <details>; its list names every device. */
export function healthView(node) {
  const line = node.querySelector("[data-health-line]");
  const list = node.querySelector("[data-health-list]");
  return function show(devices) {
    const wrong = troubles(devices);
    node.dataset.health = wrong.length ? "down" : "well";
    setText(line, wrong.length ? wrongWords(wrong) : wellWords(devices));
    keepFocus(list, () => replace(list, rows(devices)));
  };
}

/** Somebody may be on a button with the keyboard while the list is drawn anew under it. */
function keepFocus(list, draw) {
  const key = list.contains(document.activeElement) ? document.activeElement.dataset.light : undefined;
  draw();
  if (key) list.querySelector(`[data-light="${CSS.escape(key)}"]`)?.focus();
}

function wellWords(devices) {
  const boards = devices.flatMap((device) => device.boards ?? []);
  const answering = boards.filter(({ state }) => state === "shown").length;
  const mute = boards.length - answering; // of a kind that cannot answer: nobody knows whether it shows anything
  const online = devices.filter((device) => device.online).length;
  if (!devices.length) return t("No screens or boards have been added.");
  if (!online) return t("No screen or board has connected yet.");
  const boardWords = mute ? { boards: "%(n)s boards answer", mute: "%(n)s boards cannot answer" } : { boards: "%(n)s boards" };
  const counts = { devices: online, boards: answering, mute, ...counted(devices, ["printers", "keypads", "scanners"]) };
  const things = Object.entries({ devices: "%(n)s devices", ...boardWords, ...COUNTS })
    .filter(([key]) => counts[key]).map(([key, words]) => t(words, { n: counts[key] }));
  return t("All well: %(things)s.", { things: things.join(", ") });
}

const COUNTS = { printers: "%(n)s printers", keypads: "%(n)s keypads", scanners: "%(n)s scanners" };

function counted(devices, kinds) {
  return Object.fromEntries(kinds.map((kind) => [kind, devices.flatMap((device) => (device.online && device[kind]) || []).length]));
}

const NAMED = 3;

function wrongWords(wrong) {
  const named = wrong.slice(0, NAMED).map(({ name, since, detail, advice }) => `${name} – ${detail}${sinceWords(since)}${advice && `: ${advice}`}`);
  const more = wrong.length - named.length;
  return named.concat(more > 0 ? t("and %(n)s more", { n: more }) : []).join("; ");
}

function sinceWords(since) {
  if (!since) return "";
  const today = hubNow() - Date.parse(since) < 86_400_000;
  return ` ${today ? t("since %(time)s", { time: hhmm(since) }) : t("for more than a day")}`;
}

const ORDER = ["down", "awaited", "well"];

/** What is wrong first: nobody looks for it among what is well. */
function rows(devices) {
  const all = devices.flatMap((device) => [deviceRow(device),
    ...equipmentOf(device).map(({ kind, thing }) => equipmentRow(device, kind, thing))]);
  return all.sort((a, b) => ORDER.indexOf(a.dataset.health) - ORDER.indexOf(b.dataset.health));
}

function deviceRow(device) {
  const word = device.online ? t("answers") : device.last_seen ? t("no connection") : t("not yet connected");
  const state = device.online ? "well" : device.last_seen ? "down" : "awaited";
  return el("li", { "data-health": state, "data-device": device.name },
    el("span", { class: "device-name" }, device.name), el("span", { class: "device-word" }, word));
}

/** Of an agent that is away nothing is known: what it said last is told, but not as trouble of its own. */
function equipmentRow(device, kind, thing) {
  const wrong = isInTrouble(thing);
  const how = conditionWords(kind, thing) + (wrong ? sinceWords(thing.since) : "");
  const words = [how, adviceWords(thing), againWords(thing)].filter(Boolean);
  const state = wrong && device.online ? "down" : device.online ? "well" : "awaited";
  return el("li", { "data-health": state, "data-kind": kind, "data-device": device.name },
    el("span", { class: "device-name" }, nameOf(kind, thing)), el("span", { class: "device-word" }, words.join("; ")),
    kind === "boards" && device.online ? lightButton(device.name, thing) : null);
}
