// What citizens are told of a wait, in the same words on every page. app/wait_words.py says it on paper and in the first
// paint; a test holds the two together.

/** `forecast`: {low_min, high_min} as the hub told it, or null where nobody will call. `t` speaks the citizen's language.
 * `before`: how many wait before whoever is told. With somebody before them nobody is called at once. */
export function waitWords(t, forecast, before = 0) {
  if (!forecast) return t("no counter is open yet");
  const { low_min: low, high_min: high } = forecast;
  if (high <= 1 && before) return t("you will be called soon");
  if (high <= 1) return t("you will be called at once");
  if (low === 0) return t("less than %(n)s minutes", { n: high });
  return t("about %(n)s minutes", { n: low === high ? low : `${low}–${high}` });
}
