// The LED boards of the hall, drawn dot by dot as they are lit.

import { hhmm } from "/static/clock.js";
import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { follow } from "/static/link.js";
import { data } from "/static/page.js";
import { reasonWords } from "/static/reasons.js";
import { drawDots } from "/static/displays/dot-matrix.js";

const WORDS = {
  shown: t("shown, and confirmed by the board"),
  sent: t("sent; this board does not answer"),
  down: t("not reached"),
};
const list = document.getElementById("boards");

draw(data.devices);
follow("supervisor", { onSnapshot: ({ devices }) => draw(devices), onHealth: ({ devices }) => draw(devices) });

function draw(devices) {
  const boards = devices.flatMap((device) => device.boards.map((board) => ({ ...board, online: device.online })));
  boards.sort((a, b) => (a.counter ?? Infinity) - (b.counter ?? Infinity) || a.name.localeCompare(b.name));
  replace(list, boards.map(panel));
  document.getElementById("no-boards").hidden = boards.length > 0;
}

function panel(board) {
  const canvas = el("canvas", { class: "led", role: "img", "aria-label": board.shown || t("dark") });
  drawDots(canvas, board.state === "down" ? "" : board.shown);
  return el("li", { class: "board", "data-state": board.online ? board.state : "down" },
    el("h2", {}, board.counter === null ? board.name : t("Counter %(n)s", { n: board.counter })),
    canvas,
    el("p", { class: "board-state" }, board.online ? stateWords(board) : t("the agent is not connected")),
    el("p", { class: "quiet" }, [board.name, board.bus, board.online && board.state === "down" && whyWords(board)].filter(Boolean).join(" · ")));
}

function whyWords({ code, detail, next_attempt: next }) {
  return [reasonWords({ code, detail }), next && t("tries again at %(time)s", { time: hhmm(next) })].filter(Boolean).join(" · ");
}

function stateWords({ state, since }) {
  const words = WORDS[state] ?? state;
  if (!since) return words;
  return [words, t("since %(time)s", { time: hhmm(since) })].join(" · ");
}
