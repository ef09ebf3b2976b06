// What can be done after an answer: each of its actions is a button.

import { el } from "/static/dom.js";
import { bookingCodePanel, checkIn } from "/static/robot/check-in.js";
import { callStaff, choice, standing } from "/static/robot/pieces.js";
import { servicesPanel } from "/static/robot/services-panel.js";
import { sheetPanel } from "/static/robot/sheet-panel.js";
import { take } from "/static/robot/ticket-panel.js";

const SHEETS = 3;
const FEW = 3;

export function answerPanel(robot, { answer }) {
  const doing = { take: takeChoice, open: openChoice, assistance: helpChoice, check_in: checkInChoice, priority: priorityChoice };
  const takes = answer.actions.filter(({ kind }) => kind === "take").length;
  const choices = answer.actions.filter(({ kind }) => kind in doing)
    .map((action) => doing[action.kind](robot, action, { answer, alone: takes === 1 }))
    .filter(Boolean);
  const node = el("div", { class: choices.length > FEW + SHEETS ? "robot-services" : "robot-list" }, choices);
  return { name: "answer", node };
}

function takeChoice(robot, { label, service, procedure }, { alone }) {
  const known = robot.hall.services.get(service);
  const words = alone && !procedure ? `${robot.t("Take a number")}: ${label}` : label;
  return choice({ icon: alone ? "check" : known?.icon, words, more: known && standing(robot.t, known), primary: alone,
    "data-service": service, onclick: () => take(robot, { service, procedure }) });
}

function openChoice(robot, { label, procedure: code }, { answer }) {
  const procedure = answer.procedures.find((each) => each.code === code);
  if (!procedure) return null;
  return choice({ icon: "document", words: label, language: robot.languageOf(procedure, "name"), more: robot.t("What to bring"),
    "data-procedure": code, onclick: () => robot.show(sheetPanel, { procedure }) });
}

function helpChoice(robot, { label }) {
  return choice({ icon: "help", words: label, onclick: () => callStaff(robot) });
}

function checkInChoice(robot, { label, code, booking }) {
  const go = () => (code || booking ? checkIn(robot, booking ? { booking } : { code }) : robot.show(bookingCodePanel));
  return choice({ icon: "check", words: label, primary: true, onclick: go });
}

function priorityChoice(robot, { label, priority }) {
  return choice({ icon: "star", words: label, onclick: () => {
    robot.priority = priority;
    robot.show(servicesPanel);
  } });
}
