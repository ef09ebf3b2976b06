// Taking a number by service, with how it stands with each.

import { el, replace } from "/static/dom.js";
import { choice, isUsedUp, standing } from "/static/robot/pieces.js";
import { take } from "/static/robot/ticket-panel.js";

export function servicesPanel(robot) {
  const { t } = robot;
  const node = el("div", { class: "robot-services" });
  let shown = "";
  const update = () => {
    const services = [...robot.hall.services.values()];
    const now = JSON.stringify(services.map(({ code, waiting, forecast, issued }) => [code, waiting, forecast, issued]));
    if (now === shown) return; // the buttons do not change under the finger
    shown = now;
    const held = document.activeElement?.dataset.service;
    replace(node, services.map((service) => choice({
      icon: service.icon, words: robot.text(service, "name"), language: robot.languageOf(service, "name"),
      more: isUsedUp(service) ? t("No more numbers today") : standing(t, service), disabled: isUsedUp(service),
      "data-service": service.code, onclick: () => take(robot, { service: service.code }) })));
    if (held) node.querySelector(`[data-service="${CSS.escape(held)}"]`)?.focus();
  };
  update();
  robot.say(t("What do you come for?"));
  return { name: "services", node, update };
}
