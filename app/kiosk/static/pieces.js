// Small pieces that the kiosk's screens share.

import { el } from "/static/dom.js";
import { sign } from "/static/sign.js";

export { sign };

/** Ways to page through more than `most` choices: [[first page's], [second page's], …], filled evenly. */
export function paged(choices, most) {
  const pages = Math.max(1, Math.ceil(choices.length / most));
  const even = Math.ceil(choices.length / pages / 2) * 2; // two columns, so no page ends in a hole
  return Array.from({ length: pages }, (_, page) => choices.slice(page * even, (page + 1) * even));
}

/** "Previous" and "Next" below the choices, and which page of how many; null for a single page. */
export function pager(t, page, pages, turn, more = t("More services")) {
  if (pages < 2) return null;
  const button = (to, words, icon, after) =>
    el("button", { type: "button", class: "kiosk-page", disabled: to < 0 || to >= pages, onclick: () => turn(to) },
      after ? null : sign(icon), words, after ? sign(icon) : null);
  return el("nav", { class: "kiosk-pager" },
    button(page - 1, t("Previous"), "back", false),
    el("p", { class: "tabular" }, t("Page %(page)s of %(pages)s", { page: page + 1, pages })),
    button(page + 1, more, "forward", true));
}
