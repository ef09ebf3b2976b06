// What a scanner or the camera has read is told to the hub; the page keeps nothing of it.

import { command } from "/static/api.js";
import { answerPanel } from "/static/robot/answer-panel.js";
import { servicesPanel } from "/static/robot/services-panel.js";
import { ticketPanel } from "/static/robot/ticket-panel.js";

export async function scanned(robot, text) {
  if (!robot.online || robot.panel.lasting) return;
  robot.face.mood = "thinking";
  try {
    const answer = await command("POST", "/scan", { text, language: robot.language });
    robot.face.mood = "calm";
    if (answer.priority) robot.priority = answer.priority;
    if (answer.kind === "ticket") robot.show(ticketPanel, { ticket: answer.ticket, standing: true });
    else if (answer.kind === "citizen_card") robot.show(servicesPanel);
    else robot.show(answerPanel, { answer });
    robot.say(answer.text, answer.speech);
  } catch (error) {
    robot.trouble(error);
  }
}
