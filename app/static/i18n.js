// Texts in the reader's language. msgids are English, as in the templates; the page carries the catalogue.

import { catalogue } from "/static/page.js";

/** The translation of `msgid` with each %(name)s replaced from `values`. */
export function t(msgid, values = {}) {
  const text = catalogue[msgid] || untranslated(msgid);
  return text.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Shown in English, and said aloud to whoever tests: a page must not go out half translated. */
function untranslated(msgid) {
  if (document.documentElement.lang !== "en") console.error(`untranslated: ${msgid}`);
  return msgid;
}
