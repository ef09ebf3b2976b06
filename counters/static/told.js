// What the console tells the hub beside the presses, and what it says to the clerk once the hub has answered.

import { hhmm } from "/static/clock.js";
import { t } from "/static/i18n.js";
import { lineWords } from "/static/counters/dossier-line.js";
import { askAgain } from "/static/counters/overrun-view.js";
import { rememberTold, told } from "/static/counters/served.js";

/** The dossiers of a ticket; shown as told from now on. */
export function dossiersTold(counter, ticket, counts) {
  const before = told(ticket.id);
  rememberTold(ticket.id, lineWords(counts) ? counts : null);
  const body = { ticket: ticket.id, ...counts };
  return { what: "dossiers", method: "POST", path: `/counters/${counter.number}/dossiers`, body, number: ticket.number, counts, before };
}

/** Why serving somebody took long. */
export function overrunExplained(counter, { ticket, number }, reason) {
  return { what: "overrun", method: "POST", path: `/counters/${counter.number}/overrun`, body: { ticket, reason }, number };
}

/** The claim of priority of whoever is here is right. */
export function priorityConfirmed(counter, { id, number }) {
  return { what: "claim", method: "POST", path: `/counters/${counter.number}/priority/confirm`, body: { ticket: id }, number };
}

/** Somebody who waits goes first, by the right of a class. */
export function priorityGiven({ id, number }, { code }) {
  return { what: "priority", method: "POST", path: `/tickets/${id}/priority`, body: { priority: code }, number };
}

/** This clerk goes to where a helper is needed. */
export function helperGoes(place) {
  return { what: "help", method: "DELETE", path: `/assistance/${encodeURIComponent(place)}`, body: {} };
}

/** All breaks of today, as {start, end} "HH:MM"; `news` is {added} or {dropped}. */
export function breaksPlanned(counter, breaks, news) {
  return { what: "breaks", method: "PUT", path: `/counters/${counter.number}/breaks`, body: { breaks }, ...news };
}

/** [text, kind] to be said of a message that was answered, or refused. */
export function toldAfterwards(message, answer, error) {
  if (error) {
    takeBack(message);
    return [error.detail || error.title || error.message, "error"];
  }
  return SAVED[message.what](message, answer);
}

const SAVED = {
  dossiers: dossiersSaved,
  overrun: reasonSaved,
  breaks: breaksSaved,
  claim: ({ number }) => [t("%(number)s: priority confirmed", { number }), "done"],
  priority: ({ number }) => [t("%(number)s has priority now", { number }), "done"],
  help: () => [t("Noted: you go there"), "done"],
};

// A reload may lie between: then it is not shown as told, which is right.
function takeBack({ what, body, before }) {
  if (what === "dossiers") rememberTold(body.ticket, before);
  if (what === "overrun") askAgain(body.ticket);
}

function dossiersSaved({ number, counts }) {
  const words = lineWords(counts) || t("none");
  return [t("Dossiers of %(number)s: %(words)s", { number, words }), "done"];
}

function reasonSaved({ number }) {
  return [t("%(number)s: reason noted", { number }), "done"];
}

function breaksSaved({ added, dropped }, { counter }) {
  const values = ({ start, end }) => ({ span: `${start}–${end}` });
  if (added) return [t("Break %(span)s announced", values(added)), "done"];
  const stays = (counter.breaks ?? []).some(({ start }) => hhmm(start) === dropped.start);
  if (stays) return [t("The break %(span)s is in the weekly plan; the supervisor changes it there.", values(dropped)), "warn"];
  return [t("Break %(span)s called off", values(dropped)), "done"];
}
