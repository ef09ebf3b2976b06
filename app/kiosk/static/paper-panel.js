// Beside the number: is the paper coming? It never takes the number's place, and its trouble is told calmly.

import { el, replace } from "/static/dom.js";
import { data } from "/static/page.js";
import { newKey } from "/static/kiosk/intents.js";
import { sign } from "/static/kiosk/pieces.js";
import { printTicket, troubleOf } from "/static/kiosk/printer.js";

export const TROUBLED_MS = 60_000; // to learn a number by heart, or find one's glasses and the phone
const TAKEN_MS = 30_000;

/** Prints the ticket at once and shows how it goes; `stay(ms)` keeps the screen when there is news. */
export function paperPanel(kiosk, ticket, stay) {
  const node = el("div", { class: "ticket-paper", role: "status" });
  const show = (state, ...parts) => {
    node.dataset.paper = state;
    replace(node, ...parts);
  };
  const attempt = async () => {
    stay(TROUBLED_MS);
    const known = troubleOf(kiosk.printer); // tried all the same: somebody may have put paper in just now
    if (known) show("failed", ...failed(kiosk, ticket, known, null));
    else show("printing", sign("document"), el("strong", {}, kiosk.t("Your ticket is being printed…")));
    finish(await printTicket(ticket, newKey()));
  };
  const finish = (outcome) => {
    if (outcome === "no_printer") kiosk.printer = null; // taken out while the line was down: promise no more paper
    if (outcome === "printed") show("printed", sign("check"), el("strong", {}, kiosk.t("Please take your ticket")));
    else if (outcome === "sent") show("printed", ...sent(kiosk, attempt));
    else show("failed", ...failed(kiosk, ticket, outcome, attempt));
    stay(outcome === "printed" ? TAKEN_MS : TROUBLED_MS);
  };
  attempt();
  return node;
}

function sent({ t }, again) {
  return [
    sign("document"),
    el("div", {}, el("strong", {}, t("Please take your ticket")), el("p", {}, t("No paper? Print it again."))),
    againButton(t, again),
  ];
}

function failed({ t }, { number }, why, again) {
  const advice = data.phone.shown
    ? t("Number %(number)s is valid all the same. Remember it, or scan the code.", { number })
    : t("Number %(number)s is valid all the same. Please remember it.", { number });
  return [
    el("div", {}, el("strong", {}, trouble(t, why)),
      why === "uncertain" && el("p", {}, t("Look where the paper comes out. If there is none, print it again.")),
      el("p", {}, advice)),
    againButton(t, again),
  ];
}

/** `again` null: the place is kept, so that nothing moves when the button comes. */
function againButton(t, again) {
  return el("button", { type: "button", class: "kiosk-choice ticket-again", disabled: again === null, onclick: () => again() },
    el("strong", {}, t("Print again")));
}

function trouble(t, why) {
  if (why === "paper_out") return t("The printer is out of paper");
  if (why === "cover_open") return t("The printer's cover is open");
  if (why === "error" || why === "printer_error") return t("The printer reports a fault");
  if (why === "no_answer") return t("The printer does not answer");
  if (why === "uncertain") return t("Has the ticket come out?");
  return t("The printer cannot print just now");
}
