// What citizens are told of a wait, in the same words on every page. app/wait_words.py says it on paper and in the first
// paint; a test holds the two together.

/** `forecast`: {low_min, high_min} as the hub told it, or null where nobody will call. `t` speaks the citizen's language. */
export function waitWords(t, forecast) {
  if (!forecast) return t("no counter is open yet");
  const { low_min: low, high_min: high } = forecast;
  if (high <= 1) return t("you will be called at once");
  if (low === 0) return t("less than %(n)s minutes", { n: high });
  return t("about %(n)s minutes", { n: low === high ? low : `${low}–${high}` });
}
