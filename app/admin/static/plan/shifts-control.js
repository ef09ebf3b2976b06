// The shifts of one counter on one day, a line each: from, to, and who (where the field has `clerks`).

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { lines } from "./lines.js";

const MORNING = { start: "07:30", end: "11:30" };
const AFTERNOON = { start: "13:00", end: "17:00" };

export function shifts({ clerks }, id) {
  return lines({ add: t("Add a shift"), kind: "shift-line", next: after, rest: clerks ? (shift) => whoOf(shift, clerks) : nobody }, id);
}

function after(last) {
  const line = last ? { ...AFTERNOON, clerk: last.clerk } : MORNING;
  return last?.end > line.start ? { ...line, start: last.end } : line;
}

function whoOf({ clerk = "" }, clerks) {
  const who = el("select", { "aria-label": t("Clerk") },
    [["", t("nobody in particular")], ...clerks].map(([name, words]) => el("option", { value: name }, words)));
  who.value = clerk;
  return { nodes: [who], get: () => ({ clerk: who.value }) };
}

function nobody() {
  return { nodes: [], get: () => ({}) };
}
