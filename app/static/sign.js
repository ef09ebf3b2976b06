// The icons of /static/icons, for pages that bring icons.css.

import { el } from "/static/dom.js";

/** A line icon of /static/icons in the colour of the text beside it. */
export function sign(name) {
  return el("span", { class: `sign sign-${/^[a-z]+$/.test(name ?? "") ? name : "document"}`, "aria-hidden": "true" });
}
