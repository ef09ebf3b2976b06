// The queue beside the desk: waiting tickets by service, those kept here, those that did not come.
// Rebuilt only when something in it reads differently, and the focus is put back on the same ticket.

import { minutes } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { keptOf, missedOf, queueOf } from "/static/counters/model.js";
import { nameOf } from "/static/counters/words.js";

const MISSED_SHOWN = 6;
let shown = "";

/** Show the lists; `act` is {call(ticket), returned(ticket), unfold(code)}; answers how many wait. */
export function showLists({ state, counter, now, unfolded }, act) {
  const queue = queueOf(state, counter, now, unfolded);
  setText(document.getElementById("totals"), totals(queue));
  const parts = { groups: queue.groups.map(plain), kept: keptOf(state, counter, now).map(row), missed: missedOf(state, counter, now).slice(0, MISSED_SHOWN).map(row) };
  const reads = JSON.stringify(parts);
  if (reads !== shown) rebuild(parts, act);
  shown = reads;
  return queue.waiting;
}

function totals({ waiting, longestMs }) {
  if (!waiting) return t("Nobody is waiting.");
  return `${t("%(n)s people waiting", { n: waiting })} · ${t("longest %(time)s", { time: minutes(longestMs) })}`;
}

// Only what is seen, so that the passing seconds do not rebuild the list.
function plain(group) {
  const { waiting, helping, more, unfolded } = group;
  const longest = waiting ? brief(group.longestMs) : "";
  return { code: group.service.code, name: nameOf(group.service), waiting, helping, more, unfolded, longest, rows: group.tickets.map(row) };
}

function row({ id, number, level, sinceMs, priority, back }) {
  return { id, number, level, since: brief(sinceMs), priority: Boolean(priority), back: Boolean(back) };
}

function brief(ms) {
  return ms < 60_000 ? t("just now") : minutes(ms);
}

function rebuild({ groups, kept, missed }, act) {
  const focused = document.activeElement?.dataset?.row;
  replace(
    document.getElementById("lists"),
    kept.length > 0 && block(t("Kept at this counter"), "", kept.map((each) => keptRow(each, act))),
    groups.map((group) => service(group, act)),
    missed.length > 0 && block(t("Did not come"), "", missed.map((each) => returnRow(each, act))),
  );
  if (focused) document.querySelector(`[data-row="${CSS.escape(focused)}"]`)?.focus();
}

function service(group, act) {
  const count = group.waiting ? `${group.waiting} · ${group.longest}` : "0";
  const title = [group.name, group.helping && el("span", { class: "mark" }, t("helping"))];
  return block(title, count, [
    el("div", { class: "chips" }, group.rows.map((each) => chip(each, act))),
    (group.more > 0 || group.unfolded) && fold(group, act),
  ]);
}

function fold({ code, more }, act) {
  const words = more > 0 ? t("%(n)s more", { n: more }) : t("Fewer");
  return el("button", { type: "button", class: "fold", "data-row": `fold-${code}`, onclick: () => act.unfold(code) }, words);
}

function chip(ticket, act) {
  const label = t("Call %(number)s out of turn", { number: ticket.number });
  const spoken = [label, ticket.priority && t("priority"), ticket.since].filter(Boolean).join(" · ");
  return el(
    "button",
    { type: "button", class: "chip", "data-row": ticket.id, "data-level": ticket.level, title: label, "aria-label": spoken, onclick: () => act.call(ticket) },
    el("strong", {}, ticket.number),
    ticket.priority && el("span", { class: "chip-flag", role: "img", title: t("priority"), "aria-label": t("priority") }),
    el("span", { class: "chip-wait" }, ticket.since),
  );
}

function keptRow(ticket, act) {
  const call = el("button", { type: "button", class: "button button-small", "data-row": ticket.id, onclick: () => act.call(ticket) }, t("Call"));
  return line(ticket, ticket.back ? [el("span", { class: "mark mark-done" }, t("is back")), call] : [backButton(ticket, act), call]);
}

function returnRow(ticket, act) {
  return line(ticket, [backButton(ticket, act)]);
}

function backButton(ticket, act) {
  const press = () => act.returned(ticket);
  return el("button", { type: "button", class: "button button-small", "data-row": `back-${ticket.id}`, onclick: press }, t("Is back"));
}

function line(ticket, buttons) {
  return el("div", { class: "line" }, el("strong", {}, ticket.number), el("span", { class: "quiet" }, ticket.since), el("span", { class: "line-buttons" }, buttons));
}

function block(title, count, children) {
  const head = el("h2", { class: "block-title" }, el("span", {}, title), el("span", { class: "block-count" }, count));
  return el("section", { class: "block" }, head, children);
}
