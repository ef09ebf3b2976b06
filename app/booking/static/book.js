// The last step of booking: send what was chosen, and go to the booking's page; or say what is still free.

import { ApiError, command } from "/static/api.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { data, language } from "/static/page.js";

const PHONE = /^\+?\d[\d .()-]{6,18}\d$/;
const form = document.querySelector("[data-form]");
const button = form.querySelector("[type=submit]");
const refused = form.querySelector("[data-refused]");
const phoneProblem = form.querySelector("[data-problem=phone]");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (phoneIsRight()) send();
});
button.disabled = false; // until now a browser would have sent the form itself, with the name in the address

function phoneIsRight() {
  const { phone } = form.elements;
  const right = !phone.value.trim() || PHONE.test(phone.value.trim());
  tellPhone(right ? "" : t("Please give a telephone number with its digits only, such as 0912345678."));
  return right;
}

function tellPhone(words) {
  const { phone } = form.elements;
  phone.setAttribute("aria-invalid", String(Boolean(words)));
  setText(phoneProblem, words);
  phoneProblem.hidden = !words;
  if (words) phone.focus();
}

async function send() {
  const { service, day, at, procedure } = data.asked;
  const { name, phone } = form.elements;
  const wish = { kind: "slot", service, day, at, procedure: procedure || null, language, name: name.value.trim(), phone: phone.value.trim() };
  button.disabled = true;
  refused.hidden = true;
  try {
    const booking = await command("POST", "/bookings", wish);
    location.replace(booking.url); // "back" must not lead to booking the same a second time
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    button.disabled = false;
    tellRefused(error);
  }
}

function tellRefused({ code, message, facts }) {
  if (code === "centre_closed") return location.reload(); // the page says which days are closed, and why
  if (code === "phone_needed") return tellPhone(message); // it says why, to whoever left it empty
  if (facts.field === "phone") return tellPhone(t("Please give a telephone number with its digits only, such as 0912345678."));
  refused.hidden = false;
  const others = facts.next ?? [];
  replace(refused, el("p", {}, code === "slot_taken" ? t("That time is taken. Please choose another one.") : message), others.length > 0 && el("p", {}, t("Still free:")),
    others.length > 0 && el("ul", { class: "book-times" }, others.map((each) => el("li", {}, el("a", { href: urlOf(each) }, timeWords(each))))));
}

function urlOf({ day, at }) {
  const { service, procedure } = data.asked;
  return `/book?${new URLSearchParams({ ...(procedure ? { procedure } : {}), service, day, at })}`;
}

function timeWords({ day, at }) {
  return day === data.asked.day ? at : `${at}, ${Number(day.slice(8))}/${Number(day.slice(5, 7))}`;
}
