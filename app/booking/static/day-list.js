// The two tables of a day. Every cell says itself what it is, for on a phone there is no head above it.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { data } from "/static/page.js";

const STATES = {
  booked: null, arrived: ["mark mark-done", t("here")], done: ["mark mark-done", t("done")],
  cancelled: ["mark", t("cancelled")], missed: ["mark mark-amber", t("did not come")], lapsed: ["mark", t("lapsed")],
};
const SHUT = {
  none: "", hidden: t("shown to whoever needs it"),
  key_missing: t("cannot be opened (key missing)"), other_key: t("cannot be opened (another key)"),
};

/** Appointments at the centre, the earliest first. */
export function showSlots(place, bookings, acts, { on, today, shut }) {
  if (!bookings.length) return replace(place, emptySlots(on)).setAttribute("aria-busy", "false");
  const head = headRow([t("Hour"), t("For what"), t("Citizen"), t("Code"), ""]);
  const rows = bookings.map((each) => row(each, [whatCell(each, shut), personCell(each), el("td", { class: "code" }, spaced(each.code)), slotActs(each, acts, today)]));
  replace(place, table(head, rows)).setAttribute("aria-busy", "false");
}

/** Visits, those of whoever looks first. */
export function showVisits(place, bookings, acts, { on, person, shut }) {
  if (!bookings.length) return replace(place, emptyVisits(on)).setAttribute("aria-busy", "false");
  const head = headRow([t("Hour"), t("For what"), t("Citizen"), t("Who goes"), ""]);
  const visitRow = (each) => row(each, [whatCell(each, shut), personCell(each), el("td", {}, each.clerk_name || el("b", {}, t("nobody yet"))), visitActs(each, acts, person)]);
  const [mine, others] = [bookings.filter((each) => each.mine), bookings.filter((each) => !each.mine)];
  const grouped = mine.length && others.length
    ? [groupRow(t("Yours")), ...mine.map(visitRow), groupRow(t("The others'")), ...others.map(visitRow)]
    : bookings.map(visitRow);
  replace(place, table(head, grouped)).setAttribute("aria-busy", "false");
}

function emptySlots(on) {
  if (!on) return empty(t("This centre takes no appointments. An administrator can turn them on in the settings."));
  if (!data.bookable.length) return empty(t("No times can be booked yet."), data.person.role !== "clerk" && el("a", { href: "/admin/slots" }, t("Set the appointment times")));
  return empty(t("Nobody has an appointment on this day."));
}

function emptyVisits(on) {
  return empty(on ? t("No visit is planned for this day.") : t("This centre makes no home visits. An administrator can turn them on in the settings."));
}

function empty(words, ...more) {
  return el("p", { class: "day-empty" }, words, " ", ...more.filter(Boolean));
}

function table(head, rows) {
  return el("table", { class: "day-table" }, el("thead", {}, head), el("tbody", {}, rows));
}

function headRow(titles) {
  return el("tr", {}, titles.map((words) => (words ? el("th", { scope: "col" }, words) : el("td", { class: "acts" }))));
}

function groupRow(words) {
  return el("tr", { class: "day-group" }, el("th", { colspan: 5, scope: "colgroup" }, words));
}

function row(booking, cells) {
  return el("tr", { "data-key": booking.id, class: booking.state === "booked" ? null : "ended" },
    el("th", { scope: "row" }, booking.at.slice(11, 16)), cells);
}

function whatCell({ kind, service_name: name, state, ticket_number: number }, shut) {
  const mark = markOf(kind, state, shut);
  return el("td", { class: "what" }, name, " ", mark && el("span", { class: mark[0] }, number ? `${mark[1]}: ${number}` : mark[1]));
}

/** `shut`: the centre is closed on this day, and whoever is still booked has to be told. */
function markOf(kind, state, shut) {
  if (shut && state === "booked") return ["mark mark-amber", t("centre closed: please phone")];
  return kind === "visit" && state === "lapsed" ? ["mark mark-amber", t("not marked done")] : STATES[state];
}

function personCell({ personal, personal_state: state }) {
  if (!personal) return el("td", { class: state === "none" ? null : "shut" }, SHUT[state]);
  const { name, phone, address, note } = personal;
  return el("td", {}, name && el("b", {}, name), name && phone && " · ", phone && el("a", { href: `tel:${phone.replace(/[^+\d]/g, "")}` }, phone),
    address && el("div", {}, address), note && el("small", { class: "note" }, note));
}

function slotActs(booking, acts, today) {
  if (booking.state !== "booked") return el("td", { class: "acts" });
  return el("td", { class: "acts" }, today && act(booking, t("Check in"), acts.checkIn, "button-primary"), act(booking, t("Cancel it"), acts.cancel));
}

function visitActs(booking, acts, { role }) {
  if (booking.state !== "booked" || (role === "clerk" && !booking.mine)) return el("td", { class: "acts" });
  return el("td", { class: "acts" }, act(booking, t("Done"), acts.done, "button-primary"), act(booking, t("Change"), acts.change), act(booking, t("Cancel it"), acts.cancel));
}

function act(booking, words, run, kind = "") {
  return el("button", { type: "button", class: `button button-small ${kind}`, "aria-label": `${words}, ${booking.at.slice(11, 16)} ${booking.service_name}`,
    onclick: () => run(booking) }, words);
}

function spaced(code) {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
