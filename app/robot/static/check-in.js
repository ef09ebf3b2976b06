// Whoever booked is here: six digits, or the code that was scanned, become a number.

import { command } from "/static/api.js";
import { el, replace, setText } from "/static/dom.js";
import { sign } from "/static/sign.js";
import { choice } from "/static/robot/pieces.js";
import { ticketPanel } from "/static/robot/ticket-panel.js";

const DIGITS = 6;

/** `body`: {code} or {booking}. */
export async function checkIn(robot, body) {
  robot.face.mood = "thinking";
  try {
    const ticket = await command("POST", "/check-in", body);
    robot.show(ticketPanel, { ticket });
  } catch (error) {
    robot.trouble(error);
  }
}

export function bookingCodePanel(robot) {
  const { t } = robot;
  const shown = el("output", { class: "robot-code" });
  const go = el("div", { class: "robot-action" });
  let code = "";
  const draw = () => {
    setText(shown, code.padEnd(DIGITS, "·").replace(/^(.{3})/, "$1 "));
    replace(go, choice({ icon: "check", words: t("Get my number"), primary: true, disabled: code.length < DIGITS,
      onclick: () => checkIn(robot, { code }) }));
  };
  const key = (digit) => el("button", { type: "button", class: "robot-digit", onclick: () => press(code + digit) }, digit);
  const press = (next) => {
    code = next.slice(0, DIGITS);
    draw();
  };
  const erase = el("button", { type: "button", class: "robot-digit", "aria-label": t("Delete the last letter"),
    onclick: () => press(code.slice(0, -1)) }, sign("erase"));
  const node = el("div", { class: "robot-booking" }, shown, el("div", { class: "robot-digits" }, [..."123456789"].map(key), key("0"), erase), go);
  draw();
  robot.write(t("Please type the six digits of your booking, or hold its QR code before the scanner."));
  return { name: "booking", node };
}
