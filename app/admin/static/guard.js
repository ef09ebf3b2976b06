// What was typed and not saved is not lost by a slip: leaving asks first.

import { t } from "/static/i18n.js";

const watched = new Set();

/** `isDirty` is asked when the page is to be left; the answer stops the watch. */
export function watchUnsaved(isDirty) {
  watched.add(isDirty);
  return () => watched.delete(isDirty);
}

export function mayDiscard(isDirty) {
  return !isDirty() || confirm(t("Some changes are not saved. Leave them?"));
}

addEventListener("beforeunload", (event) => {
  if ([...watched].some((isDirty) => isDirty())) event.preventDefault();
});
