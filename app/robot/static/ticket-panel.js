// A number is asked for, once whatever the line does; then it stands large, with a code to follow it on the phone.

import { el, replace } from "/static/dom.js";
import { intend, untilFulfilled } from "/static/intents.js";
import { data } from "/static/page.js";
import { waitWords } from "/static/wait-words.js";
import { choice } from "/static/robot/pieces.js";

/** Take a number: `wish` is {service, procedure?}. */
export function take(robot, wish) {
  robot.show(takingPanel, { wish });
}

function takingPanel(robot, { wish }) {
  const { t } = robot;
  const body = { service: wish.service, language: robot.language, channel: "robot" };
  if (wish.procedure) body.procedure = wish.procedure;
  if (robot.priority) Object.assign(body, { priority: robot.priority, claimed: true });
  const intent = intend(body);
  const panel = { name: "taking", node: el("div", { class: "robot-list" }), intent, lasting: true };
  let over = false;
  panel.close = () => (over = true);
  robot.face.mood = "thinking";
  robot.write(t("One moment, your number is coming…"));
  untilFulfilled(intent, () => over).then(
    (ticket) => ticket && robot.show(ticketPanel, { ticket }),
    (error) => {
      if (over) return;
      robot.home(robot.language);
      robot.trouble(error);
    });
  return panel;
}

/** `standing`: the ticket was scanned, and is not new. */
export function ticketPanel(robot, { ticket, standing = false }) {
  const { t } = robot;
  const where = el("p", { class: "robot-where" });
  const node = el("div", { class: "robot-ticket" },
    el("div", { class: "robot-slip" },
      el("h2", {}, t("Your number")),
      el("p", { class: "ticket-number" }, ticket.number),
      el("p", { class: "robot-service" }, robot.text(ticket, "service_name"), ticket.priority && ` · ${t("priority")}`),
      where),
    data.phone.shown && !standing && el("div", { class: "robot-qr" },
      el("img", { src: `/t/${ticket.id}/qr.svg?lang=${robot.language}`, alt: "", width: 240, height: 240 }),
      el("p", {}, t("Scan to follow your number on your phone."))),
    el("div", { class: "robot-action" }, choice({ icon: "check", words: t("Done"), primary: true, onclick: () => robot.home() })));
  const tell = (text, aloud) => {
    replace(where, text);
    if (aloud) robot.say(aloud);
  };
  robot.ticket = ticket.id;
  robot.face.mood = "happy";
  const ahead = aheadWords(t, ticket);
  if (!standing) tell(ahead, t("Your number is %(number)s. %(ahead)s.", { number: ticket.number, ahead }));
  else tell(ticket.state === "waiting" ? ahead : "");
  const update = (event) => {
    if (event?.call?.ticket !== ticket.id) return;
    const turn = t("It is your turn: please go to counter %(counter)s", { counter: event.call.counter });
    tell(turn, turn);
  };
  return { name: "ticket", node, update };
}

function aheadWords(t, { ahead, forecast }) {
  const people = ahead > 1 ? t("%(n)s people before you", { n: ahead }) : ahead ? t("One person before you") : t("You are next");
  return forecast ? `${people}, ${waitWords(t, forecast, ahead)}` : people;
}
