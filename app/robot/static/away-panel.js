// The hub is away: what is known can still be read.

import { el } from "/static/dom.js";
import { choice } from "/static/robot/pieces.js";
import { sheetPanel } from "/static/robot/sheet-panel.js";

const SHOWN = 4;

export function awayPanel(robot) {
  const { t, everyday } = robot;
  const known = everyday.slice(0, SHOWN).map((procedure) =>
    choice({ icon: "document", words: robot.text(procedure, "name"), language: robot.languageOf(procedure, "name"),
      onclick: () => robot.show(sheetPanel, { procedure }) }));
  const node = el("div", { class: "robot-list" },
    el("p", { class: "robot-note" }, t("Numbers on the screens and on paper stay valid. Meanwhile you can read what to bring:")),
    known);
  return { name: "away", node };
}
