// Booking at the counter: an appointment, or a visit at home. The forms stand in the page; here they are filled and sent.

import { ApiError, command, get } from "/static/api.js";
import { longDate } from "/static/clock.js";
import { el, replace, setText, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { data } from "/static/page.js";

const PHONE = /^\+?\d[\d .()-]{6,18}\d$/;
const FIELD_OF_CODE = { unknown_person: "clerk", slot_taken: "at", no_such_slot: "at", unknown_service: "service", appointments_off: "", home_visits_off: "", centre_closed: "day" };
const PERSONAL = ["name", "phone", "address", "note"];
const dialog = (name) => document.getElementById(`${name}-dialog`);
let submit = null; // of the dialog that is open

for (const name of ["slot", "visit"]) {
  dialog(name).querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
}
for (const button of document.querySelectorAll("dialog [data-close]")) button.addEventListener("click", () => button.closest("dialog").close());

/** A new appointment, on `day` if something is free there. `done()` runs after it is made. */
export async function askSlot({ day, done }) {
  const form = open("slot");
  const { service, day: dayField, at } = form.elements;
  let days = [];
  for (const option of service.options) option.hidden = option.disabled = !data.bookable.includes(option.value);
  service.value = data.bookable.includes(service.value) ? service.value : (data.bookable[0] ?? "");
  service.onchange = loadDays;
  dayField.onchange = showTimes;
  submit = () => send(form, () => command("POST", "/bookings", { kind: "slot", ...values(form) }), (made) => {
    done();
    tell(made);
  }, loadDays);
  await loadDays();

  async function loadDays() {
    const wanted = dayField.value || day;
    days = service.value ? (await get(`/slots?service=${encodeURIComponent(service.value)}`)).days : [];
    replace(dayField, days.map((each) => el("option", { value: each.day }, longDate(Date.parse(`${each.day}T12:00:00Z`)))));
    dayField.value = days.some((each) => each.day === wanted) ? wanted : (days[0]?.day ?? "");
    showTimes();
    if (!days.length) problem(form, "day", t("Nothing is free for this service."));
  }

  function showTimes() {
    problem(form, "day", "");
    const times = days.find((each) => each.day === dayField.value)?.times ?? [];
    replace(at, times.map(({ at: time, free }) => el("option", { value: time }, free > 1 ? t("%(at)s (%(n)s free)", { at: time, n: free }) : time)));
  }
}

/** A new visit, or another time or clerk for one that there is. */
export function askVisit({ booking, day, done }) {
  const form = open("visit");
  const known = booking?.personal ?? {};
  const clerk = data.person.role === "clerk" ? data.person.name : "";
  form.elements.day.value = booking?.day ?? (day < data.today ? data.today : day);
  Object.assign(form.elements.day, { min: data.today, max: data.last });
  form.elements.at.value = booking?.at.slice(11, 16) ?? "";
  form.elements.clerk.value = booking ? (booking.clerk ?? "") : clerk;
  form.elements.service.disabled = Boolean(booking);
  if (booking) form.elements.service.value = booking.service;
  for (const part of PERSONAL) form.elements[part].value = known[part] ?? "";
  for (const title of form.querySelectorAll("[data-title]")) title.hidden = (title.dataset.title === "change") !== Boolean(booking);
  // What cannot be opened here stays as it is, unless something is written in its place.
  const mayBeEmpty = booking !== null && booking.personal_state !== "open";
  submit = () => {
    if (!visitIsRight(form, mayBeEmpty)) return;
    const given = values(form);
    if (booking && PERSONAL.every((part) => given[part] === (known[part] ?? ""))) PERSONAL.forEach((part) => delete given[part]);
    const request = booking ? ["PUT", `/bookings/${booking.id}`, given] : ["POST", "/bookings", { kind: "visit", ...given }];
    send(form, () => command(...request), () => {
      done();
      toast(t("Saved."), "done");
    });
  };
}

function open(name) {
  const form = dialog(name).querySelector("form");
  form.reset();
  clear(form);
  dialog(name).showModal();
  return form;
}

/** The fields as the API takes them; a service that is not to be changed is left out. */
function values(form) {
  const fields = [...form.elements].filter(({ name, disabled }) => name && !disabled);
  return Object.fromEntries(fields.map(({ name, value }) => [name, name === "clerk" ? value || null : value.trim()]));
}

function visitIsRight(form, mayBeEmpty) {
  clear(form);
  const { day, at, address } = form.elements;
  const wrong = [
    !day.value && ["day", t("Please choose a day.")],
    !at.value && ["at", t("Please give a time.")],
    !address.value.trim() && !mayBeEmpty && ["address", t("Please write where to go.")],
  ].filter(Boolean);
  wrong.forEach(([field, words]) => problem(form, field, words));
  if (wrong.length) form.elements[wrong[0][0]].focus();
  return !wrong.length;
}

async function send(form, act, made, refused = null) {
  clear(form);
  if (!phoneIsRight(form)) return;
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  try {
    const answer = await act();
    form.closest("dialog").close();
    made(answer);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    await refused?.();
    showRefusal(form, error);
  } finally {
    button.disabled = false;
  }
}

function phoneIsRight(form) {
  const { phone } = form.elements;
  if (!phone.value.trim() || PHONE.test(phone.value.trim())) return true;
  problem(form, "phone", t("Please give a telephone number with its digits only, such as 0912345678."));
  phone.focus();
  return false;
}

function showRefusal(form, { code, message, facts }) {
  const field = facts.field ?? facts.what ?? FIELD_OF_CODE[code] ?? "";
  const known = form.querySelector(`[data-problem="${field}"]`) ? field : "";
  problem(form, known, message);
  form.elements[known]?.focus();
}

function clear(form) {
  for (const place of form.querySelectorAll("[data-problem]")) problem(form, place.dataset.problem, "");
}

function problem(form, field, words) {
  const place = form.querySelector(`[data-problem="${field}"]`);
  setText(place, words);
  place.hidden = !words;
  if (!field) return;
  place.id ||= `${form.elements[field].id}-problem`;
  form.elements[field].setAttribute("aria-describedby", place.id);
  form.elements[field].setAttribute("aria-invalid", String(Boolean(words)));
}

function tell({ code, at, url }) {
  const place = (name) => dialog("told").querySelector(`[data-told=${name}]`);
  setText(place("when"), `${at.slice(11, 16)}, ${longDate(at)}`);
  setText(place("code"), `${code.slice(0, 3)} ${code.slice(3)}`);
  place("page").href = url;
  dialog("told").showModal();
}
