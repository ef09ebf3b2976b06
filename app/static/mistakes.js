// A file that cannot be taken as it is: all that is wrong with it, so that it is mended once.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

/** `problem` is the hub's: its first mistake, those `further`, and how many `more` it does not tell. */
export function mistakesOf({ detail, further = [], more = 0 }) {
  const told = [el("p", {}, t("Nothing was changed. The file cannot be taken as it is:"))];
  if (!further.length) return [...told, el("p", {}, el("strong", {}, detail))];
  const all = [detail, ...further.map((each) => each.detail)];
  return [
    ...told,
    el("p", {}, t("%(n)s mistakes. Correct them all, then choose the file again.", { n: all.length + more })),
    el("ul", { class: "mistakes", tabindex: "0" }, all.map((each) => el("li", {}, each))),
    more > 0 && el("p", {}, t("and %(n)s more mistakes", { n: more })),
  ];
}
