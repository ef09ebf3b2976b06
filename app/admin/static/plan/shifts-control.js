// The shifts of one counter on one day, a line each: from, to, and who (where the field has `clerks`).

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { clockInput, clockTime } from "./clock-fields.js";

const MORNING = { start: "07:30", end: "11:30" };
const AFTERNOON = { start: "13:00", end: "17:00" };

export function shifts({ clerks }, id) {
  const list = el("div", { class: "shift-lines" });
  const readers = new Map(); // of a line's node, what it says
  const add = el("button", { type: "button", class: "button button-small", id, onclick: () => addLine(nextLine()).focus() }, t("Add a shift"));

  function addLine({ start, end, clerk = "" }) {
    const [from, to] = [clockInput(t("from"), start), clockInput(t("to"), end)];
    const who = clerks && el("select", { "aria-label": t("Clerk") },
      [["", t("nobody in particular")], ...clerks].map(([name, words]) => el("option", { value: name }, words)));
    if (who) who.value = clerk;
    const line = el("div", { class: "shift-line" }, el("span", { class: "period" }, from, "–", to), who,
      el("button", { type: "button", class: "button button-small button-quiet", onclick: remove }, t("Remove")));
    readers.set(line, () => ({ start: clockTime(from.value), end: clockTime(to.value), ...(who ? { clerk: who.value } : {}) }));
    list.append(line);
    return from;

    function remove() {
      line.remove();
      add.focus();
    }
  }

  const get = () => [...list.children].map((line) => readers.get(line)());
  const nextLine = () => {
    const last = get().at(-1);
    const line = last ? { ...AFTERNOON, clerk: last.clerk } : MORNING;
    return last?.end > line.start ? { ...line, start: last.end } : line;
  };
  return {
    node: el("div", {}, list, add), input: add, get,
    set: (lines) => {
      list.replaceChildren();
      lines.forEach(addLine);
    },
  };
}
