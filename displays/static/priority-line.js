// One quiet line that says why somebody with a later number may go first, while such people are being served.

import { setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { language } from "/static/page.js";

const NAMED = 3;
const ALTERNATIVE = /,| hoặc | or /; // the first of what a class is about is enough from afar
const line = document.getElementById("priority-line");

/** Show or hide it. */
export function drawPriorityLine({ centre, counters }) {
  const isServed = [...counters.values()].some(({ ticket }) => ticket?.priority);
  const classes = centre.priority_classes ?? [];
  line.hidden = !isServed || !classes.length;
  if (!line.hidden) setText(line, lineWords(centre, classes));
}

function lineWords({ priority_every: n }, classes) {
  const names = classes.slice(0, NAMED).map(nameOf).join(", ");
  const who = classes.length > NAMED ? `${names}…` : names;
  return n > 1 ? t("Of every %(n)s calls, one is for people with priority: %(who)s", { n, who }) : t("People with priority go first: %(who)s", { who });
}

function nameOf({ name, name_en: english }) {
  const [words] = ((language === "en" && english) || name).split(ALTERNATIVE);
  return words.charAt(0).toLocaleLowerCase(language) + words.slice(1);
}
