// What the scanner in this kiosk has read: how a paper ticket stands, who goes first by age, where a result is collected.
// It comes from the hardware agent, or is typed into the page by a scanner without one. It is kept nowhere.

import { ApiError, command, get } from "/static/api.js";
import { hubNow, longDate } from "/static/clock.js";
import { el, replace } from "/static/dom.js";
import { classForAge } from "/static/priority.js";
import { waitWords } from "/static/wait-words.js";
import { listenToScanner } from "/static/wedge.js";
import { sign } from "/static/kiosk/pieces.js";
import { checkinScreen } from "/static/kiosk/checkin-screen.js";
import { servicesScreen, take } from "/static/kiosk/services-screen.js";
import { aheadText, serviceName } from "/static/kiosk/ticket-screen.js";

const OWN_URL = /^https?:\/\/[\w.:[\]-]+(?:\/[\w.-]+)*\/([tb])\/([\w-]{16})\/?(?:\?[\w=&%.-]*)?$/;

/** A message `scan` of the feed; not while somebody is given a number, which stays before their eyes. */
export async function scanned(kiosk, scan) {
  if (!kiosk.online || kiosk.screen.keepsWithoutLine) return;
  if (scan.kind === "citizen_card") greet(kiosk, scan);
  else if (scan.kind === "dossier") kiosk.show(resultScreen);
  else if (scan.kind === "booking") kiosk.show(checkinScreen, { booking: scan.booking });
  else if (scan.kind === "ticket") await showTicket(kiosk, scan.ticket);
}

/** Hear a scanner that types, where no agent reads it: tickets and bookings only. */
export function listenToWedge(kiosk) {
  listenToScanner((typed) => {
    const [, page, id] = OWN_URL.exec(typed) ?? [];
    if (page === "t") scanned(kiosk, { kind: "ticket", ticket: id });
    if (page === "b") scanned(kiosk, { kind: "booking", booking: id });
  });
}

// The card proves nothing: the staff may ask, as they may of anybody who presses for priority.
function greet(kiosk, { age }) {
  const right = classForAge(kiosk.hall.centre, age);
  if (!right && !kiosk.atStart) return;
  kiosk.priority ??= right;
  kiosk.show(servicesScreen);
}

function resultScreen(kiosk) {
  const { t } = kiosk;
  const service = [...kiosk.hall.services.values()].find(({ code, name }) => code === "KQ" || /trả kết quả/i.test(name));
  const words = service
    ? t("To collect the result of your dossier, take a number here.")
    : t("To ask after your dossier, take a number for the service it belongs to.");
  const press = () => (service ? take(kiosk, service.code) : kiosk.show(servicesScreen));
  const node = el("div", { class: "kiosk-message" },
    el("h1", {}, words),
    button(service ? kiosk.text(service, "name") : t("Continue"), press));
  return { name: "result", node, back: () => kiosk.start() };
}

async function showTicket(kiosk, id) {
  const before = kiosk.screen;
  const ticket = await found(id);
  if (kiosk.screen === before) kiosk.show(ticket ? standingScreen : unknownScreen, { ticket });
}

async function found(id) {
  try {
    return await get(`/tickets/${id}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return null;
  }
}

function standingScreen(kiosk, { ticket }) {
  const { t } = kiosk;
  const where = el("div", { class: "ticket-where" }, ...standing(kiosk, ticket));
  const node = el("div", { class: "ticket" },
    el("div", { class: "ticket-main" },
      el("h1", {}, t("Your number")),
      el("p", { class: "ticket-number" }, ticket.number),
      el("p", { class: "ticket-service" }, serviceName(kiosk, ticket)),
      where),
    el("div", { class: "ticket-more" },
      el("div", { class: "ticket-advice" },
        el("p", {}, sign("tv"), t("When your number is called, go to the counter that the screen shows.")))),
    el("div", { class: "ticket-actions" }, backButton(kiosk, ticket, where), button(t("Done"), () => kiosk.start())));
  const update = (event) => event?.call?.ticket === ticket.id && replace(where, ...turn(kiosk, event.call.counter));
  return { name: "standing", node, update, back: () => kiosk.start() };
}

function standing(kiosk, ticket) {
  const { t } = kiosk;
  if (longDate(ticket.issued_at) !== longDate(hubNow())) return [line(t("This ticket is of another day. Please take a new number."))];
  if (ticket.state === "waiting") return [line(aheadText(t, ticket.ahead)), el("p", {}, waitWords(t, ticket.forecast, ticket.ahead))];
  if (ticket.state === "called" || ticket.state === "serving") return turn(kiosk, ticket.counter);
  if (ticket.state === "missed") return [line(t("This number was called already. Please tell the staff that you are here."))];
  if (ticket.state === "parked") return [line(t("Counter %(counter)s keeps your number. Please tell the staff that you are back.", ticket))];
  return [line(t("This number is done with. If you come for something else, please take a new one."))];
}

// Whoever was asked to photocopy something, or missed the call, is here again.
function backButton(kiosk, ticket, where) {
  const { t } = kiosk;
  if (!["parked", "missed"].includes(ticket.state) || longDate(ticket.issued_at) !== longDate(hubNow())) return null;
  const press = async ({ currentTarget }) => {
    currentTarget.disabled = true;
    const told = await returned(ticket);
    const kept = told?.state === "parked";
    const words = kept ? t("You are next at counter %(counter)s.", told) : told && aheadText(t, told.ahead);
    replace(where, line(words ?? t("This did not work. Please tell the staff that you are back.")));
    if (told) currentTarget.remove();
  };
  return button(t("I am back"), press);
}

async function returned({ id }) {
  try {
    return await command("POST", `/tickets/${id}/return`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return null;
  }
}

function turn({ t }, counter) {
  return [el("p", { class: "ticket-called" }, t("It is your turn: please go to counter %(counter)s", { counter }))];
}

function unknownScreen(kiosk) {
  const { t } = kiosk;
  const node = el("div", { class: "kiosk-message" },
    el("h1", {}, t("This ticket is not known here")),
    el("p", {}, t("Please take a new number, or ask the staff.")),
    button(t("Continue"), () => kiosk.start()));
  return { name: "unknown-ticket", node, back: () => kiosk.start() };
}

function line(text) {
  return el("p", { class: "ticket-ahead" }, text);
}

function button(words, onclick) {
  return el("button", { type: "button", class: "kiosk-choice kiosk-single", onclick }, el("strong", {}, words));
}
