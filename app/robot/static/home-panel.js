// Before anybody says anything: what can be asked, by touch.

import { el } from "/static/dom.js";
import { callStaff, choice } from "/static/robot/pieces.js";
import { scanPanel } from "/static/robot/scan-panel.js";
import { servicesPanel } from "/static/robot/services-panel.js";
import { typePanel } from "/static/robot/type-panel.js";

export function homePanel(robot) {
  const { t } = robot;
  const wait = t("How long do I have to wait?");
  const node = el("div", { class: "robot-chips" },
    choice({ icon: "document", words: t("Take a number"), primary: true, onclick: () => robot.show(servicesPanel) }),
    choice({ icon: "search", words: t("Look up a procedure"), onclick: () => robot.show(typePanel) }),
    choice({ icon: "clock", words: wait, onclick: () => robot.ask(wait) }),
    choice({ icon: "phone", words: t("Scan a code"), onclick: () => robot.show(scanPanel) }),
    choice({ icon: "help", words: t("Ask a person to help"), onclick: () => callStaff(robot) }));
  return { name: "home", node };
}
