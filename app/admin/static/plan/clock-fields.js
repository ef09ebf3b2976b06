// Times of day as they are written here: 7h30, 7:30, 730 and 07:30 are one. A browser's own time field may say AM and PM.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

const WRITTEN = /^(\d{1,2})(?:\s*[:.hHgG]\s*(\d{2})?|(\d{2}))?$/;

/** "07:30", or null where `text` is no time of day. */
export function clockTime(text) {
  const found = WRITTEN.exec(text.trim());
  if (!found) return null;
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? found[3] ?? 0)];
  return hours < 24 && minutes < 60 ? `${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}` : null;
}

export function clockInput(words, value, id = null) {
  const input = el("input", { type: "text", class: "clock-input", maxlength: 6, size: 6, autocomplete: "off", "aria-label": words, id,
    onfocus: ({ target }) => target.select() });
  input.value = value ?? "";
  input.addEventListener("change", () => { input.value = clockTime(input.value) ?? input.value; });
  return input;
}

/** A control for one stretch of time, { start, end }. */
export function period(_field, id) {
  const [from, to] = [clockInput(t("from"), "", id), clockInput(t("to"), "")];
  return {
    node: el("span", { class: "period" }, from, "–", to), input: from,
    get: () => ({ start: clockTime(from.value), end: clockTime(to.value) }),
    set: (value) => { [from.value, to.value] = [value.start, value.end]; },
  };
}

/** What is wrong with these stretches of time, in words; "" where nothing is. */
export function wrongTimes(lines) {
  if (lines.some(({ start, end }) => !start || !end)) return t("Please give times such as 07:30.");
  if (lines.some(({ start, end }) => end <= start)) return t("A time has to end after it begins.");
  const sorted = [...lines].sort((one, other) => one.start.localeCompare(other.start));
  const overlap = sorted.some((line, index) => index > 0 && line.start < sorted[index - 1].end);
  return overlap ? t("Two times overlap.") : "";
}
