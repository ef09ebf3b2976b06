// The lines: ports with their speed, and whether they are there.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { sectionHead } from "./boards.js";
import { LINE_DEFAULTS, LINE_DETAIL_DEFAULTS, lineFrom, listOf, speedWords, usersOf, withoutIdleLine, withThing } from "./config.js";
import { LINE_DETAIL_FIELDS, lineFields, PORT_FIELD } from "./fields.js";
import { openThing } from "./sheet.js";
import { reasonWords } from "/static/reasons.js";
import { showTable } from "../table.js";

export function showLines(place, page) {
  const lines = listOf(page.config, "buses");
  place.hidden = lines.length === 0;
  const table = el("div");
  replace(place, sectionHead(t("Lines"), null, null, { hint: t("A line is made when something is added to a port, and goes when nothing is left on it.") }), table);
  showTable(table, {
    rows: lines, key: ({ name }) => name, open: (line) => editLine(page.latest, line), empty: "",
    columns: [
      { title: t("Line"), cell: ({ name, url }) => [el("b", {}, name), el("small", { class: "quiet port" }, url)] },
      { title: t("Speed"), class: "wide", cell: speedWords },
      { title: t("On it"), class: "number", cell: ({ name }) => usersOf(page.config, name).length },
      { title: t("State"), cell: ({ name }) => lineState(name, page) },
    ],
  });
}

// A line has no report of its own: what its boards say of the port is said of it.
function lineState(name, { health, online }) {
  const boards = (health.boards ?? []).filter(({ bus }) => bus === name);
  if (!online || !boards.length) return el("span", { class: "mark" }, t("no news yet"));
  const broken = boards.find(({ state, code }) => state === "down" && (code.startsWith("port_") || code === "stuck" || code === "echo_missing"));
  if (broken) return el("span", { class: "mark mark-late" }, reasonWords(broken));
  return el("span", { class: "mark mark-done" }, t("open"));
}

function editLine(latest, line) {
  const { config } = latest();
  openThing(latest, {
    title: t("Line %(name)s", { name: line.name }), groups: [{ fields: [PORT_FIELD, ...lineFields(line), ...LINE_DETAIL_FIELDS] }],
    value: { ...LINE_DEFAULTS, ...LINE_DETAIL_DEFAULTS, ...line },
    change: (now, values) => withThing(now, "buses", { ...line, ...lineFrom(values, line) }, line.name),
    remove: usersOf(config, line.name).length ? null : (now) => withoutIdleLine(now, line.name),
  });
}
