// What the kiosk says, in the language that the citizen has chosen; the page itself stays as it is.

import { data } from "/static/page.js";

const CATALOGUES = data.catalogues ?? {};

/** How each language calls itself; a language without an entry shows its code. */
export const OWN_NAMES = { vi: "Tiếng Việt", en: "English" };

/** A function (msgid, values) -> text, in `language`. */
export function speakerOf(language) {
  const catalogue = CATALOGUES[language] ?? {};
  return (msgid, values = {}) =>
    (catalogue[msgid] || msgid).replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** `thing`'s name (or another text of it) in `language`; in Vietnamese where there is no other. */
export function textOf(thing, field, language) {
  return (language === "en" && thing[`${field}_en`]) || thing[field] || "";
}

/** "about 10–20 minutes" for a forecast {low_min, high_min}; "" for none. */
export function aboutHowLong(t, forecast) {
  if (!forecast) return "";
  const { low_min: low, high_min: high } = forecast;
  if (low === 0) return t("less than %(n)s minutes", { n: Math.max(high, 5) });
  return t("about %(n)s minutes", { n: low === high ? low : `${low}–${high}` });
}
