// Small pieces that the robot's panels share.

import { command } from "/static/api.js";
import { el } from "/static/dom.js";
import { waitWords } from "/static/wait-words.js";
import { sign } from "/static/sign.js";

/** A large button: an icon, words, and a quieter second line. */
export function choice({ icon, words, more = "", language = null, primary = false, disabled = false, onclick, ...rest }) {
  return el("button", { type: "button", class: `robot-choice${primary ? " robot-primary" : ""}`, disabled, onclick, ...rest },
    icon && sign(icon),
    el("span", { class: "robot-words" }, el("strong", { lang: language }, words), more && el("span", {}, more)));
}

/** How many wait for a service and about how long; in little room the first gives way (panels.css). */
export function standing(t, { waiting, forecast }) {
  if (!waiting) return [forecast ? t("Nobody is waiting") : waitWords(t, forecast)];
  return [el("span", { class: "robot-people" }, `${t("%(n)s waiting", { n: waiting })} · `), waitWords(t, forecast, waiting)];
}

export function isUsedUp({ daily_limit: limit, issued }) {
  return limit !== null && issued >= limit;
}

/** Ask a member of staff to come here. */
export async function callStaff(robot) {
  try {
    await command("POST", "/assistance", {});
    robot.say(robot.t("I have told the staff. Please wait here, somebody comes to you."));
    robot.face.mood = "happy";
  } catch (error) {
    robot.trouble(error);
  }
}
