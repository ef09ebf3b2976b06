// The number, filling the screen at once, while the paper comes; or does not: the number is good without it.

import { command } from "/static/api.js";
import { el, replace } from "/static/dom.js";
import { data } from "/static/page.js";
import { waitWords } from "/static/wait-words.js";
import { paperPanel, TROUBLED_MS } from "/static/kiosk/paper-panel.js";
import { sign } from "/static/kiosk/pieces.js";
import { printsSlips, printSlip } from "/static/kiosk/slip.js";
import { servicesScreen } from "/static/kiosk/services-screen.js";
import { routeOf } from "/static/kiosk/visit-screen.js";

export function ticketScreen(kiosk, { ticket }) {
  const where = el("div", { class: "ticket-where" }, ...expectation(kiosk, ticket));
  const actions = el("div", { class: "ticket-actions" });
  const screen = { name: "ticket", keepsWithoutLine: true };
  const stay = (ms) => {
    kiosk.stay(screen, ms);
    kiosk.modes.keepRoom(); // "no paper" is longer
  };
  const paper = kiosk.printer ? paperPanel(kiosk, ticket, stay) : null;
  const slip = !paper && printsSlips();
  const node = el("div", { class: "ticket" },
    el("div", { class: "ticket-main" },
      el("h1", {}, kiosk.t("Your number")),
      el("p", { class: "ticket-number" }, ticket.number),
      el("p", { class: "ticket-service" }, routeOf(kiosk, ticket, serviceName(kiosk, ticket)), ticket.priority && ` · ${kiosk.t("priority")}`),
      where),
    paper,
    el("div", { class: "ticket-more" }, keepIt(kiosk, ticket, { paper, slip })),
    actions);
  showActions(kiosk, ticket, actions);
  if (slip) printSlip(kiosk, ticket);
  const update = (event) => event?.call?.ticket === ticket.id && replace(where, ...called(kiosk, event.call));
  return Object.assign(screen, { node, update, patienceMs: paper ? TROUBLED_MS : undefined });
}

/** The service of a ticket, as its name is now in the citizen's language. */
export function serviceName(kiosk, ticket) {
  const service = kiosk.hall.services.get(ticket.service);
  return service ? kiosk.text(service, "name") : kiosk.text(ticket, "service_name");
}

/** How many are ahead, in a sentence. */
export function aheadText(t, ahead) {
  if (ahead === 0) return t("You are next");
  return ahead === 1 ? t("One person before you") : t("%(n)s people before you", { n: ahead });
}

function expectation(kiosk, ticket) {
  const { t } = kiosk;
  return [
    el("p", { class: "ticket-ahead" }, aheadText(t, ticket.ahead)),
    el("p", {}, ticket.forecast
      ? waitWords(t, ticket.forecast, ticket.ahead)
      : t("No counter is open for this yet. Your number stays valid; please take a seat.")),
  ];
}

function called({ t }, { counter }) {
  return [el("p", { class: "ticket-called" }, t("It is your turn: please go to counter %(counter)s", { counter }))];
}

function keepIt(kiosk, ticket, { paper, slip }) {
  const { t } = kiosk;
  return [
    data.phone.shown && el("img", { class: "ticket-qr", src: `/t/${ticket.id}/qr.svg?lang=${kiosk.language}`, alt: "" }),
    el("div", { class: "ticket-advice" },
      slip && el("p", {}, sign("document"), t("Your paper ticket is being printed.")),
      data.phone.shown && el("p", {}, sign("phone"), phoneText(t)),
      !paper && !slip && !data.phone.shown && el("p", {}, sign("document"), t("Please remember this number.")),
      el("p", {}, sign("tv"), t("When your number is called, go to the counter that the screen shows."))),
  ];
}

function phoneText(t) {
  return data.phone.local
    ? t("Scan to follow your number on your phone (in the centre's Wi-Fi).")
    : t("Scan to follow your number on your phone.");
}

function showActions(kiosk, ticket, actions) {
  const { t } = kiosk;
  replace(actions,
    el("button", { type: "button", class: "kiosk-choice kiosk-single ticket-done", onclick: () => kiosk.start() },
      el("strong", {}, t("Done"))),
    el("button", { type: "button", class: "kiosk-quiet", onclick: () => askToCancel(kiosk, ticket, actions) },
      t("Wrong press? Give it back")));
}

function askToCancel(kiosk, ticket, actions) {
  const { t } = kiosk;
  replace(actions,
    el("p", { class: "ticket-sure" }, t("Give number %(number)s back?", { number: ticket.number })),
    el("button", { type: "button", class: "kiosk-choice kiosk-single", onclick: () => showActions(kiosk, ticket, actions) },
      el("strong", {}, t("Keep my number"))),
    el("button", { type: "button", class: "kiosk-choice kiosk-single kiosk-careful",
      onclick: (press) => cancel(kiosk, ticket, actions, press.currentTarget) },
      el("strong", {}, t("Give it back"))));
}

async function cancel(kiosk, ticket, actions, button) {
  button.disabled = true;
  try {
    await command("POST", `/tickets/${ticket.id}/cancel`);
    kiosk.show(servicesScreen);
  } catch {
    // Refused (it was called already) or no line: the number is still the citizen's, and the screen goes on saying so.
    showActions(kiosk, ticket, actions);
    actions.prepend(el("p", { class: "ticket-sure", role: "alert" },
      kiosk.t("This did not work; your number is still valid. Please ask the staff.")));
  }
}
