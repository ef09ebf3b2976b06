// What the kiosk says, in the language that the citizen has chosen; the page itself stays as it is.

import { data } from "/static/page.js";

const CATALOGUES = data.catalogues ?? {};

/** How each language calls itself; a language without an entry shows its code. */
export const OWN_NAMES = data.names ?? {};

/** A function (msgid, values) -> text, in `language`. */
export function speakerOf(language) {
  const catalogue = CATALOGUES[language] ?? {};
  return (msgid, values = {}) =>
    (catalogue[msgid] || msgid).replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The language of what `textOf` answers. */
export function languageOf(thing, field, language) {
  return language === "en" && thing[`${field}_en`] ? "en" : "vi";
}

/** `thing`'s name (or another text of it) in `language`; in Vietnamese where there is no other. */
export function textOf(thing, field, language) {
  return (language === "en" && thing[`${field}_en`]) || thing[field] || "";
}
