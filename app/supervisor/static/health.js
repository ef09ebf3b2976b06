// Screens, kiosks and boards: a quiet line while all is well, a loud one when something is down.

import { hhmm, hubNow } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";

/** What is down: [{ name, since, detail }]. A device that never came yet is awaited, not broken. */
export function troubles(devices) {
  const away = devices.filter((device) => !device.online && device.last_seen)
    .map(({ name, last_seen: since }) => ({ name, since, detail: t("no connection") }));
  const dark = devices.filter((device) => device.online).flatMap((device) => device.boards ?? [])
    .filter((board) => board.state === "down")
    .map((board) => ({ name: boardName(board), since: board.since, detail: board.detail || t("does not answer") }));
  return [...dark, ...away];
}

/** Shows the line in `node`, a <details>; its list names every device. */
export function healthView(node) {
  const line = node.querySelector("[data-health-line]");
  const list = node.querySelector("[data-health-list]");
  return function show(devices) {
    const down = troubles(devices);
    node.dataset.health = down.length ? "down" : "well";
    setText(line, down.length ? downWords(down) : wellWords(devices));
    replace(list, devices.map(deviceRow));
  };
}

function wellWords(devices) {
  const boards = devices.reduce((sum, device) => sum + (device.boards?.length ?? 0), 0);
  const online = devices.filter((device) => device.online).length;
  if (!devices.length) return t("No screens or boards have been added.");
  if (!online) return t("No screen or board has connected yet.");
  return t("All well: %(screens)s devices and %(boards)s boards answer.", { screens: online, boards });
}

const NAMED = 3;

function downWords(down) {
  const named = down.slice(0, NAMED).map(({ name, since, detail }) => `${name} – ${detail}${sinceWords(since)}`);
  const more = down.length - named.length;
  return named.concat(more > 0 ? t("and %(n)s more", { n: more }) : []).join("; ");
}

function sinceWords(since) {
  if (!since) return "";
  const today = hubNow() - Date.parse(since) < 86_400_000;
  return ` ${today ? t("since %(time)s", { time: hhmm(since) }) : t("for more than a day")}`;
}

function deviceRow(device) {
  const word = device.online ? t("answers") : device.last_seen ? t("no connection") : t("not yet connected");
  const state = device.online ? "well" : device.last_seen ? "down" : "awaited";
  return el("li", { "data-health": state },
    el("span", { class: "device-name" }, device.name), el("span", { class: "device-word" }, word),
    device.boards?.length ? el("ul", {}, device.boards.map(boardRow)) : null);
}

const BOARD_WORDS = { shown: "shows", sent: "sent", down: "does not answer" };

function boardRow(board) {
  const shown = board.state === "down" ? board.detail || t(BOARD_WORDS.down) : `${t(BOARD_WORDS[board.state])} ${board.shown}`;
  return el("li", { "data-health": board.state === "down" ? "down" : "well" },
    el("span", { class: "device-name" }, boardName(board)), el("span", { class: "device-word" }, shown));
}

function boardName(board) {
  return board.counter ? t("Board of counter %(n)s", { n: board.counter }) : t("Board %(name)s", { name: board.name });
}
