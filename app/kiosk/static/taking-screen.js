// A number is being asked for: one key for this one press, whatever the line does meanwhile.

import { el, replace } from "/static/dom.js";
import { intend, untilFulfilled } from "/static/intents.js";
import { refusedScreen } from "/static/kiosk/refused-screen.js";
import { ticketScreen } from "/static/kiosk/ticket-screen.js";

const PATIENCE_MS = 2000; // then say what we are waiting for
const GIVE_UP_MS = 60_000; // nobody should stand before a machine for longer than this

export function takingScreen(kiosk, { body }) {
  const intent = intend(body);
  const node = el("div", { class: "kiosk-message" }, el("h1", {}, kiosk.t("One moment, your number is coming…")));
  const screen = { name: "taking", node, intent, lasting: true, keepsWithoutLine: true };
  const slow = setTimeout(() => replace(node, ...waiting(kiosk)), PATIENCE_MS);
  const giveUp = setTimeout(() => kiosk.start(), GIVE_UP_MS);
  let over = false;
  screen.close = () => {
    over = true;
    clearTimeout(slow);
    clearTimeout(giveUp);
  };
  untilFulfilled(intent, () => over).then(
    (ticket) => ticket && kiosk.show(ticketScreen, { ticket }),
    (error) => over || kiosk.show(refusedScreen, { error }),
  );
  return screen;
}

function waiting(kiosk) {
  const { t } = kiosk;
  return [
    el("h1", {}, t("The server does not answer yet")),
    el("p", {}, t("Your number is kept in mind: it comes as soon as the server answers. You need not press again.")),
    el("button", { type: "button", class: "kiosk-choice kiosk-single", onclick: () => kiosk.start() },
      el("strong", {}, t("I do not want to wait"))),
  ];
}
