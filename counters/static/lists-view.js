// The queue beside the desk: waiting tickets by service, those kept here, those that did not come.
// Rebuilt only when something in it reads differently, and the focus is put back on the same ticket.

import { minutes } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { keptOf, leftOf, missedOf, previewOf, queueOf } from "/static/counters/model.js";
import { nameOf } from "/static/counters/words.js";

const MISSED_SHOWN = 6;
let shown = "";
let preview; // of each service, as fits

window.addEventListener("resize", () => {
  shown = "";
});

/** Show the lists; `act` is {call(ticket), returned(ticket), unfold(code)}; answers how many wait. */
export function showLists(view, act) {
  const queue = queueOf(view.state, view.counter, view.now, view.unfolded, preview);
  setText(document.getElementById("totals"), totals(queue));
  if (JSON.stringify(partsOf(view, queue)) !== shown) redraw(view, act);
  return queue.waiting;
}

function redraw(view, act) {
  const focused = document.activeElement?.dataset?.row;
  const fewest = queueOf(view.state, view.counter, view.now, view.unfolded);
  rebuild(partsOf(view, fewest), act);
  preview = previewOf(fewest.groups, linesFree());
  const parts = partsOf(view, queueOf(view.state, view.counter, view.now, view.unfolded, preview));
  rebuild(parts, act);
  shown = JSON.stringify(parts);
  if (focused) document.querySelector(`[data-row="${CSS.escape(focused)}"]`)?.focus();
}

function linesFree() {
  const lists = document.getElementById("lists");
  const [first, , below] = lists.querySelector(".chip:nth-child(3)")?.parentElement.children ?? [];
  return below ? Math.floor((lists.parentElement.clientHeight - lists.scrollHeight) / (below.offsetTop - first.offsetTop)) : 0;
}

function partsOf({ state, counter, now }, { groups }) {
  const missed = missedOf(state, counter, now).slice(0, MISSED_SHOWN);
  const [kept, left] = [keptOf, leftOf].map((of) => of(state, counter, now).map(row));
  return { groups: groups.map(plain), kept, left, missed: missed.map(row) };
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

function rebuild({ groups, kept, left, missed }, act) {
  replace(
    document.getElementById("lists"),
    kept.length > 0 && block(t("Kept at this counter"), "", kept.map((each) => keptRow(each, act))),
    left.length > 0 && block(t("Kept at a counter that is away"), "", left.map((each) => keptRow(each, act))),
    groups.map((group) => service(group, act)),
    missed.length > 0 && block(t("Did not come"), "", missed.map((each) => returnRow(each, act))),
  );
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
