// The paper, printed by the browser: for a kiosk opened as /kiosk?print=browser (Chromium with --kiosk-printing asks
// nothing). The choice is remembered in this browser until /kiosk?print=off.

import { hhmm, toMs } from "/static/clock.js";
import { el, replace } from "/static/dom.js";
import { data, timezone } from "/static/page.js";
import { waitWords } from "/static/wait-words.js";
import { aheadText, serviceName } from "/static/kiosk/ticket-screen.js";
import { routeOf } from "/static/kiosk/visit-screen.js";

const STORE = "toiluot.kiosk.print";
const dateFace = new Intl.DateTimeFormat("en-GB", { timeZone: timezone }); // 21/11/2026, in both languages
const asked = new URLSearchParams(location.search).get("print");
if (asked) localStorage.setItem(STORE, asked);

/** Does this kiosk print through its browser? */
export function printsSlips() {
  return localStorage.getItem(STORE) === "browser";
}

/** Print the ticket on 80 mm paper. */
export async function printSlip(kiosk, ticket) {
  const qr = data.phone.shown && el("img", { class: "slip-qr", src: `/t/${ticket.id}/qr.svg?lang=${kiosk.language}`, alt: "" });
  replace(document.querySelector(".slip"), ...slip(kiosk, ticket, qr));
  if (qr) await qr.decode().catch(() => qr.remove()); // a number without its code is better than no number
  print();
}

function slip(kiosk, ticket, qr) {
  const { t } = kiosk;
  return [
    el("p", { class: "slip-centre" }, kiosk.text(kiosk.hall.centre, "name")),
    el("p", { class: "slip-title" }, t("Your number")),
    el("p", { class: "slip-number" }, ticket.number),
    el("p", { class: "slip-service" }, routeOf(kiosk, ticket, serviceName(kiosk, ticket))),
    kiosk.priority && el("p", {}, t("Priority")),
    el("p", {}, aheadText(t, ticket.ahead)),
    ticket.forecast && el("p", {}, waitWords(t, ticket.forecast, ticket.ahead)),
    qr,
    el("p", {}, t("When your number is called, go to the counter that the screen shows.")),
    el("p", { class: "slip-time" }, `${hhmm(ticket.issued_at)} · ${dateFace.format(toMs(ticket.issued_at))}`),
  ];
}
