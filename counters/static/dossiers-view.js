// Telling the dossiers of whoever is here or was just finished: a quiet row, and the line that one key opens over it.

import { hubNow } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { lineWords, readLine, stepped, writeLine } from "/static/counters/dossier-line.js";
import { tellable, told } from "/static/counters/served.js";

const $ = (id) => document.getElementById(id);
let desk = null; // {seat(), save(ticket, counts)}
let open = null; // the ticket that the line is about
let shown = "";

/** Get ready; `save(ticket, counts)` sends what was told. */
export function prepareDossiers(around) {
  desk = around;
  $("dossiers-row").addEventListener("click", openDossiers);
  $("dossiers-close").addEventListener("click", closeDossiers);
  $("dossiers-line").addEventListener("input", explain);
  $("dossiers-form").addEventListener("submit", submit);
  $("dossiers-form").addEventListener("keydown", listen);
  for (const button of document.querySelectorAll("[data-step]")) button.addEventListener("click", step);
  // The line keeps the focus whatever the mouse presses: Enter means "save".
  $("dossiers-form").addEventListener("mousedown", (event) => event.target.closest("button") && event.preventDefault());
}

/** Open the line for whom the row names. */
export function openDossiers() {
  const [ticket] = tellable(desk.seat(), hubNow());
  if (ticket) about(ticket);
}

/** Show the row, or the line that is open. */
export function showDossiers(counter, now) {
  const tickets = tellable(counter, now);
  $("dossiers-row").hidden = Boolean(open) || !tickets.length;
  $("dossiers-form").hidden = !open;
  if (tickets.length) showRow(tickets[0]);
  if (open) showWhom(tickets);
}

function showRow({ id, number }) {
  setText($("dossiers-whose"), t("Dossiers of %(number)s", { number }));
  setText($("dossiers-told"), told(id) ? lineWords(told(id)) : "");
}

// Both that can be told of, to go from one to the other.
function showWhom(tickets) {
  const offered = tickets.some(({ id }) => id === open.id) ? tickets : [open];
  const ordered = [...offered].sort((a, b) => a.number.localeCompare(b.number));
  const reads = JSON.stringify([open.id, ordered]);
  if (reads === shown) return;
  shown = reads;
  replace($("dossiers-whom"), ordered.map((ticket) => whom(ticket)));
}

function whom(ticket) {
  const isOpen = ticket.id === open.id;
  return el("button", { type: "button", class: "whom", "aria-pressed": String(isOpen), onclick: () => about(ticket) }, ticket.number);
}

function about(ticket) {
  open = ticket;
  $("dossiers-line").value = writeLine(told(ticket.id) ?? foretold(ticket));
  showDossiers(desk.seat(), hubNow());
  explain();
  $("dossiers-line").focus({ preventScroll: true });
  $("dossiers-line").select();
}

// What the citizen said to bring, at the kiosk.
function foretold({ dossiers }) {
  return dossiers > 1 ? { received_in_person: dossiers } : {};
}

/** Put the line away without saving. */
export function closeDossiers() {
  if (!open) return;
  open = null;
  shown = "";
  $("dossiers-line").blur();
  if (desk.seat()) showDossiers(desk.seat(), hubNow());
}

function explain() {
  const line = $("dossiers-line");
  const { counts, wrong } = readLine(line.value);
  const words = lineWords(counts);
  setText($("dossiers-says"), wrong ? t("“%(word)s” means nothing here", { word: wrong }) : words);
  $("dossiers-says").dataset.kind = wrong ? "wrong" : "";
  line.setAttribute("aria-invalid", wrong ? "true" : "false");
  for (const node of document.querySelectorAll("[data-count]")) setText(node, counts[node.dataset.count]);
}

function step({ currentTarget: button }) {
  const { counts } = readLine($("dossiers-line").value);
  $("dossiers-line").value = writeLine(stepped(counts, button.dataset.step, Number(button.dataset.by)));
  explain();
}

function submit(event) {
  event.preventDefault();
  const { counts, wrong } = readLine($("dossiers-line").value);
  if (wrong) return;
  const ticket = open;
  closeDossiers();
  if (writeLine(counts) !== writeLine(told(ticket.id) ?? {})) desk.save(ticket, counts);
}

function listen(event) {
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    closeDossiers();
  } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    event.preventDefault();
    document.querySelector('.whom[aria-pressed="false"]')?.click();
  }
}
