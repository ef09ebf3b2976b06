// Where numbers were taken, how many of them were given back, and what became of those taken from home.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { asCount } from "./figures.js";

const CHANNELS = { kiosk: "at the kiosk", staff: "by the staff", robot: "at the robot", phone: "by phone in the hall",
  home: "from home", booking: "by appointment" };

/** Where every number came from the kiosk, the summary has told it all. */
export function severalWays({ by_channel: channels, bookings }) {
  return Object.keys(channels).some((channel) => channel !== "kiosk") || Object.keys(bookings).length > 0;
}

/** `by_channel` and `bookings` of a report as GET /reports/range gives them. */
export function channelsTable({ by_channel: channels, bookings }) {
  const row = ([channel, { issued, cancelled }]) => el("tr", { "data-key": channel },
    el("th", { scope: "row" }, t(CHANNELS[channel] ?? channel)),
    el("td", { class: "number" }, asCount(issued)),
    el("td", { class: "number" }, asCount(cancelled)));
  const { lapsed = 0 } = bookings.home ?? {};
  return [
    el("div", { class: "table-wrap" }, el("table", { "data-table": "channels" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("Number taken")), number(t("Given out")), number(t("Given back")))),
      el("tbody", {}, Object.entries(channels).map(row)))),
    lapsed > 0 && el("p", { "data-figure": "bookings.home.lapsed" },
      t("%(n)s numbers from home lapsed: nobody came in time.", { n: asCount(lapsed) })),
  ];
}

function number(words) {
  return el("th", { class: "number", scope: "col" }, words);
}
