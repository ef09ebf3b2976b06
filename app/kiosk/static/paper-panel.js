// Beside the number: is the paper coming? It never takes the number's place, and its trouble is told calmly.

import { hhmm, hubNow } from "/static/clock.js";
import { el, replace } from "/static/dom.js";
import { data } from "/static/page.js";
import { newKey } from "/static/intents.js";
import { sign } from "/static/kiosk/pieces.js";
import { printTicket, troubleOf } from "/static/kiosk/printer.js";

export const TROUBLED_MS = 60_000; // to learn a number by heart, or find one's glasses and the phone
const TAKEN_MS = 30_000;
const SEEN_MS = 1_000; // shorter, and whoever pressed would not see that anything was done

/** Prints the ticket at once and shows how it goes; `stay(ms)` keeps the screen when there is news. */
export function paperPanel(kiosk, ticket, stay) {
  const node = el("div", { class: "ticket-paper", role: "status" });
  const show = (state, ...parts) => {
    node.dataset.paper = state;
    replace(node, ...parts);
  };
  const printing = () => show("printing", sign("document"), el("strong", {}, kiosk.t("Your ticket is being printed…")));
  const first = async () => {
    stay(TROUBLED_MS);
    const known = troubleOf(kiosk.printer); // tried all the same: somebody may have put paper in just now
    if (known) show("failed", ...failed(kiosk, ticket, known, null));
    else printing();
    finish(await printTicket(ticket, newKey()), null);
  };
  const again = async () => {
    stay(TROUBLED_MS);
    printing();
    const [outcome] = await Promise.all([printTicket(ticket, newKey()), new Promise((seen) => setTimeout(seen, SEEN_MS))]);
    finish(outcome, againWords(kiosk, outcome));
  };
  const finish = (outcome, words) => {
    if (outcome === "no_printer") kiosk.printer = null; // taken out while the line was down: promise no more paper
    if (outcome === "printed") show("printed", ...taken(kiosk, words));
    else if (outcome === "sent") show("printed", ...sent(kiosk, words, again));
    else show("failed", ...failed(kiosk, ticket, outcome, again, words));
    stay(outcome === "printed" ? TAKEN_MS : TROUBLED_MS);
  };
  first();
  return node;
}

/** Of another try: when it was, so that its outcome is not taken for the one before. */
function againWords({ t }, outcome) {
  const time = hhmm(hubNow());
  if (outcome === "printed") return t("Printed at %(time)s", { time });
  if (outcome === "sent" || outcome === "uncertain") return t("Sent to the printer at %(time)s", { time });
  return t("Still not printed (%(time)s)", { time });
}

function taken({ t }, words) {
  const take = el("strong", {}, t("Please take your ticket"));
  return [sign("check"), words ? el("div", {}, take, el("p", {}, words)) : take];
}

function sent({ t }, words, again) {
  return [
    sign("document"),
    el("div", {}, el("strong", {}, t("Please take your ticket")), el("p", {}, [words, t("No paper? Print it again.")].filter(Boolean).join(". "))),
    againButton(t, again),
  ];
}

function failed({ t }, { number }, why, again, words = null) {
  const advice = data.phone.shown
    ? t("Number %(number)s is valid all the same. Remember it, or scan the code.", { number })
    : t("Number %(number)s is valid all the same. Please remember it.", { number });
  return [
    el("div", {}, words && el("p", { class: "ticket-tried" }, words), el("strong", {}, trouble(t, why)),
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
