// The table of every administration page: one row a thing; tapping a row opens it.

import { el, replace } from "/static/dom.js";

/**
 * `columns`: [{ title, cell(row) -> text or node, class? }]. `open(row)` runs when a row's first cell is pressed.
 * `empty` is said when there are no rows.
 */
export function showTable(place, { columns, rows, key, open = null, empty }) {
  place.setAttribute("aria-busy", "false");
  if (!rows.length) return replace(place, el("p", { class: "quiet empty" }, empty));
  const head = columns.map((column) => el("th", { scope: "col", class: column.class }, column.title));
  return replace(place, el("div", { class: "table-wrap" }, el("table", { class: "table" },
    el("thead", {}, el("tr", {}, head)),
    el("tbody", {}, rows.map((row) => tableRow(columns, row, key(row), open))))));
}

function tableRow(columns, row, key, open) {
  const [first, ...others] = columns;
  const name = open ? el("button", { type: "button", class: "row-open", onclick: () => open(row) }, first.cell(row)) : first.cell(row);
  const cells = [el("th", { scope: "row", class: first.class }, name),
    ...others.map((column) => el("td", { class: column.class }, column.cell(row)))];
  const node = el("tr", { "data-key": key }, cells);
  // The whole row is the target of a mouse; the button is there for the keyboard and the screen reader.
  if (open) node.addEventListener("click", (event) => event.target.closest("button, a") || open(row));
  return node;
}
