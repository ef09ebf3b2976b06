// Services that will have nobody: one line for each stretch of time, the nearest first.

import { hhmm, hubNow } from "/static/clock.js";
import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { language } from "/static/page.js";

const MOST_LINES = 3;

/** Shows them in `list`; nothing at all while every service has somebody. */
export function gapsView(list) {
  let shownAs = null;
  return function show(state) {
    const lines = gapLines(state, hubNow());
    const key = lines.join("\n");
    if (key === shownAs) return;
    shownAs = key;
    list.hidden = !lines.length;
    replace(list, lines.map((line) => el("li", {}, line)));
  };
}

/** Services that lack somebody over the same time are told in one sentence. */
export function gapLines({ gaps, services }, now) {
  const stretches = new Map();
  for (const { service, start, end } of gaps) {
    const begun = Date.parse(start) <= now;
    const key = `${begun ? "" : start} ${end}`;
    if (!stretches.has(key)) stretches.set(key, { start: begun ? null : start, end, codes: [] });
    stretches.get(key).codes.push(service);
  }
  const lines = [...stretches.values()].map((stretch) => gapWords(stretch, services));
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), t("and %(n)s more", { n: more })] : lines;
}

function gapWords({ start, end, codes }, services) {
  const names = codes.length === services.size
    ? t("any service")
    : new Intl.ListFormat(language).format(codes.map((code) => services.get(code)?.name ?? code));
  const facts = { services: names, start: start && hhmm(start), end: end && hhmm(end) };
  if (!start) return end ? t("Nobody does %(services)s until %(end)s", facts) : t("Nobody does %(services)s any more today", facts);
  return end ? t("After %(start)s nobody does %(services)s (until %(end)s)", facts) : t("After %(start)s nobody does %(services)s", facts);
}
