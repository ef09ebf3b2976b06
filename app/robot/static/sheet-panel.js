// The sheet of one procedure: what to bring, how long, the fee, where; and one large button that takes a number for it.

import { el, replace } from "/static/dom.js";
import { choice, isUsedUp, standing } from "/static/robot/pieces.js";
import { take } from "/static/robot/ticket-panel.js";

export function sheetPanel(robot, { procedure }) {
  const { t } = robot;
  const there = el("div", { class: "robot-there" });
  const action = el("div", { class: "robot-action" });
  const unknown = t("Not known yet: please ask at the counter.");
  const papers = procedure.bring.map((paper) => el("li", { lang: "vi" }, capital(paper)));
  const node = el("div", { class: "robot-sheet" },
    el("div", { class: "robot-papers", tabindex: "0", role: "region", "aria-label": t("What to bring") },
      el("h2", { lang: robot.languageOf(procedure, "name") }, robot.text(procedure, "name")),
      procedure.verified ? null : el("p", { class: "robot-unsure" }, t("Please check at the counter whether this is still right.")),
      el("h3", {}, t("What to bring")),
      el("ul", {}, papers.length ? papers : el("li", {}, unknown)),
      el("div", { class: "robot-facts" },
        fact(t("How long it takes"), procedure.time_limit, unknown),
        fact(t("Fee"), procedure.fee, unknown),
        there)),
    action);
  const update = () => {
    const service = robot.hall.services.get(procedure.service);
    replace(there, service && whereNow(robot, service));
    replace(action, service && choice({ icon: "check", words: t("Take a number for this"), primary: true,
      disabled: !robot.online || isUsedUp(service), onclick: () => take(robot, { service: service.code, procedure: procedure.code }) }));
  };
  update();
  return { name: "sheet", node, update };
}

function fact(words, value, unknown) {
  return el("div", {}, el("h3", {}, words), el("p", { lang: value ? "vi" : null }, capital(value) || unknown));
}

function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function whereNow(robot, service) {
  const { t } = robot;
  const open = [...robot.hall.counters.values()].filter(({ own, state }) => own.includes(service.code) && state === "open");
  return [
    el("h3", { lang: robot.languageOf(service, "name") }, robot.text(service, "name")),
    el("p", {}, standing(t, service), open.length ? ` · ${t("Counter %(n)s", { n: open.map(({ number }) => number).join(", ") })}` : ""),
  ];
}
