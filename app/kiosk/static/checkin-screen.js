// Whoever has booked is here: six digits on large keys, or the booking's QR code before the scanner, give the ticket.

import { ApiError, command } from "/static/api.js";
import { el, replace, setText } from "/static/dom.js";
import { sign } from "/static/kiosk/pieces.js";
import { servicesScreen } from "/static/kiosk/services-screen.js";
import { ticketScreen } from "/static/kiosk/ticket-screen.js";

const DIGITS = 6;
const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** `booking`: the id that a scanner has read; nobody need type then. */
export function checkinScreen(kiosk, { booking = null } = {}) {
  const { t } = kiosk;
  let typed = "";
  let over = false;
  const shown = el("p", { class: "checkin-digits tabular", role: "status", "aria-label": t("Your code") });
  const words = el("p", { class: "checkin-words" });
  const keys = el("div", { class: "checkin-keys", role: "group", "aria-label": t("Digits") });
  const node = el("div", { class: "checkin" },
    el("h1", {}, t("Type the six digits of your booking")), words, shown, keys);
  const screen = { name: "checkin", node, back: () => kiosk.show(servicesScreen), close: () => { over = true; } };

  const write = (text) => {
    typed = text.slice(0, DIGITS);
    setText(shown, [...typed.padEnd(DIGITS, "–")].join(" "));
    if (typed.length === DIGITS) ask({ code: typed });
  };
  const key = (digit) => el("button", { type: "button", class: "checkin-key", onclick: () => press(typed + digit) }, digit);
  const press = (text) => {
    tell("");
    write(text);
  };
  const tell = (text) => {
    setText(words, text || t("They stand on the page of your booking. You can also hold its QR code before the scanner."));
    words.classList.toggle("checkin-problem", Boolean(text));
    if (text) words.setAttribute("role", "alert");
  };

  async function ask(body) {
    keys.inert = true;
    try {
      const ticket = await command("POST", "/check-in", body);
      if (!over) kiosk.show(ticketScreen, { ticket });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (over) return;
      write("");
      tell(reason(kiosk, error));
      kiosk.stay(screen);
    } finally {
      keys.inert = false;
    }
  }

  replace(keys, KEYS.map(key),
    el("button", { type: "button", class: "checkin-key", onclick: () => press("") }, t("Delete all")),
    key("0"),
    el("button", { type: "button", class: "checkin-key", "aria-label": t("Delete the last digit"),
      onclick: () => press(typed.slice(0, -1)) }, sign("erase")));
  tell("");
  write("");
  if (booking) ask({ booking });
  return screen;
}

/** The way here, where the centre lets people book. */
export function checkinLine(kiosk) {
  const { home_numbers: home, appointments } = kiosk.hall.centre;
  if (!home && !appointments) return null;
  return el("button", { type: "button", class: "kiosk-quiet kiosk-checkin", onclick: () => kiosk.show(checkinScreen) },
    sign("check"), kiosk.t("I have booked"));
}

function reason({ t, language }, { code, facts }) {
  if (code === "unknown_booking") return t("There is no booking with this code. Please look again, or ask the staff.");
  if (code === "booking_ended" && facts.state === "arrived") return t("This booking has been used already. If you still need something, please take a new number.");
  if (code === "booking_over") return t("Number %(number)s was kept until %(until)s. That time is over: please take a new number.", facts);
  if (code === "booking_ended") return t("The time for this booking is over. Please take a new number.");
  if (code === "too_early") return t("It is too early. Please come again %(n)s minutes before your time.", { n: facts.minutes });
  if (code === "not_that_day") return t("This booking is for %(day)s at %(time)s. Today please take a new number, or ask the staff.", { ...facts, day: dayWords(language, facts.day) });
  if (code === "not_at_the_centre") return t("This booking is for a visit at your home. You need not come.");
  if (code === "too_many_requests") return t("Too many wrong codes. Please ask the staff.");
  return t("This did not work. Please ask the staff.");
}

/** "Thứ Ba, 24/11" of "2026-11-24". */
function dayWords(language, day) {
  const look = { weekday: "long", day: "numeric", month: language === "en" ? "long" : "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, look).format(new Date(day));
}
