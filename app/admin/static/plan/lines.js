// A list of stretches of time, a line each, to which one adds and from which one removes: shifts, times to book.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { clockInput, clockTime } from "./clock-fields.js";

/** A control for [{ start, end, … }].
 *
 * `add`: the words of the button that adds a line. `kind`: the class of a line. `next`: what a new line says, of the
 * last one (undefined where there is none). `rest`: of a line's value, the `nodes` after the times and what they `get`. */
export function lines({ add: words, kind, next, rest }, id) {
  const list = el("div", { class: "shift-lines" });
  const readers = new Map(); // of a line's node, what it says
  const get = () => [...list.children].map((line) => readers.get(line)());
  const add = el("button", { type: "button", class: "button button-small", id, "aria-label": words, onclick: () => addLine(next(get().at(-1))).focus() }, words);

  function addLine(value) {
    const [from, to] = [clockInput(t("from"), value.start), clockInput(t("to"), value.end)];
    const more = rest(value);
    const line = el("div", { class: kind }, el("span", { class: "period" }, from, "–", to), more.nodes,
      el("button", { type: "button", class: "button button-small button-quiet", onclick: remove }, t("Remove")));
    readers.set(line, () => ({ start: clockTime(from.value), end: clockTime(to.value), ...more.get() }));
    list.append(line);
    return from;

    function remove() {
      line.remove();
      add.focus();
    }
  }

  return {
    node: el("div", {}, list, add), input: add, get,
    set: (values) => {
      list.replaceChildren();
      values.forEach(addLine);
    },
  };
}
