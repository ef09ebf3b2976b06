// The day's list: who comes, who is visited. It is loaded anew whenever the hub tells of a booking.

import { ApiError, command, get } from "/static/api.js";
import { longDate } from "/static/clock.js";
import { setText, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { follow } from "/static/link.js";
import { data, language } from "/static/page.js";

import { askSlot, askVisit } from "./day-dialogs.js";
import { showSlots, showVisits } from "./day-list.js";

const NOON = "T12:00:00Z"; // the same date in every zone where people live
const DAY_MS = 24 * 3600 * 1000;
const view = (name) => document.querySelector(`[data-view=${name}]`);
const dayField = document.querySelector("[data-day]");
let day = data.day;
let asked = 0; // an answer that comes late must not overwrite a later one

const acts = {
  checkIn: (booking) => attempt(() => command("POST", "/check-in", { booking: booking.id }), ({ number }) => t("Checked in: number %(number)s.", { number })),
  done: (booking) => attempt(() => command("POST", `/bookings/${booking.id}/done`), () => t("Saved.")),
  change: (booking) => askVisit({ booking, day, done: load }),
  cancel: (booking) => confirm(t("Cancel the booking at %(at)s? This cannot be taken back.", { at: booking.at.slice(11, 16) }))
    && attempt(() => command("POST", `/bookings/${booking.id}/cancel`), () => t("Cancelled.")),
};

document.querySelector("[data-new=slot]").addEventListener("click", () => askSlot({ day, done: load }));
document.querySelector("[data-new=visit]").addEventListener("click", () => askVisit({ booking: null, day, done: load }));
document.querySelector("[data-print]").addEventListener("click", () => print());
document.querySelector("[data-today]").addEventListener("click", () => show(data.today));
for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => show(new Date(Date.parse(`${day}T00:00:00Z`) + Number(button.dataset.step) * DAY_MS).toISOString().slice(0, 10)));
}
dayField.addEventListener("change", () => dayField.value && show(dayField.value));
for (const [part, on] of [["slot", data.appointments], ["visit", data.home_visits]]) {
  document.querySelector(`[data-new=${part}]`).hidden = !on;
}
follow("staff", { onSnapshot: load, onEvent: (_state, event) => (event.type.startsWith("Booking") || event.type === "ClosedDaysSaved") && load() });
show(day);

function show(wanted) {
  day = wanted;
  dayField.value = day;
  history.replaceState(null, "", day === data.today ? "/bookings" : `/bookings?day=${day}`);
  const past = day < data.today;
  document.querySelector("[data-past]").hidden = !past;
  for (const button of document.querySelectorAll("[data-new=slot], [data-new=visit]")) button.disabled = past;
  setText(view("date"), longDate(Date.parse(day + NOON)));
  document.querySelector("[data-calendar]").href = `/api/v1/bookings/visits.ics?day=${day}`;
  load();
}

async function load() {
  asked += 1;
  const turn = asked;
  const { bookings, day: told, closed } = await get(`/bookings?day=${day}`);
  if (turn !== asked || told !== day) return;
  const of = (kind) => bookings.filter((each) => each.kind === kind);
  const shut = closed !== null && day >= data.today;
  tellClosed(shut ? closed : null, bookings.filter(({ kind, state }) => kind !== "home" && state === "booked").length);
  showSlots(view("slot"), of("slot"), acts, { on: data.appointments, today: day === data.today, shut });
  putOwnVisitsFirst(of("visit").some((each) => each.mine));
  showVisits(view("visit"), of("visit"), acts, { on: data.home_visits, person: data.person, shut });
  document.querySelector("[data-calendar]").hidden = !of("visit").length;
}

/** Nobody has told those who are still booked. */
function tellClosed(closed, booked) {
  const place = view("closed");
  place.hidden = !closed;
  if (!closed) return;
  const word = language === "en" && closed.word_en ? closed.word_en : closed.word;
  const why = word ? t("The centre is closed on this day – %(word)s.", { word }) : t("The centre is closed on this day.");
  const phone = booked && t("%(n)s bookings still stand: please phone these people.", { n: booked });
  setText(place, phone ? `${why} ${phone}` : why);
}

/** Whoever goes out today looks at the list on the road. */
function putOwnVisitsFirst(first) {
  const [slots, visits] = ["slot", "visit"].map((part) => document.querySelector(`[data-part=${part}]`));
  if (first === (visits.nextElementSibling === slots)) return;
  if (first) slots.before(visits);
  else slots.after(visits);
}

async function attempt(act, words) {
  try {
    toast(words(await act()), "done");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.message, "error");
  }
  await load();
}
