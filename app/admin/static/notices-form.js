// The form of one notice: what, when, how long; with the small TV that follows it.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { uploadControl } from "./notices-upload.js";
import { smallScreen } from "./notices-preview.js";
import { KINDS } from "./notices-words.js";
import { period, wrongTimes } from "./plan/clock-fields.js";
import { DAY_SHORT, WEEK } from "./plan/week.js";

const DAILY = { start: "00:00", end: "23:59" };
const MOST_TEXT = { text: 300, picture: 160, video: 160 };

export const NEW = { kind: "text", text: "", text_en: "", media: "", seconds: 10, weekdays: WEEK, ...DAILY, first: "", last: "", active: true };

export function groupsFor() {
  return [
    { fields: [
      { name: "kind", label: t("Kind"), kind: "select", options: Object.entries(KINDS) },
      { name: "media", label: t("File"), kind: uploadControl, check: missingFile },
      { name: "text", label: t("Text in Vietnamese"), kind: "area", check: badText, hint: t("Short is read from afar: up to 40 letters are shown very large.") },
      { name: "text_en", label: t("Text in English"), kind: "area", hint: t("Shown under the Vietnamese. Leave empty for none.") },
      { name: "preview", label: t("As on the TV"), kind: previewControl, spread: true },
    ] },
    { title: t("When"), fields: [
      { name: "weekdays", label: t("Days"), kind: daysControl, check: ({ weekdays }) => (weekdays.length ? "" : t("Choose at least one day.")) },
      { name: "start", label: t("Time of day"), kind: period, spread: true, hint: t("00:00–23:59 is all day."), check: (given) => wrongTimes([given]) },
      { name: "first", label: t("From (date)"), kind: dateControl, hint: t("Leave empty to begin at once.") },
      { name: "last", label: t("Until (date)"), kind: dateControl, hint: t("The last day. Leave empty for no end."), check: endsBefore },
      { name: "seconds", label: t("How long each time"), kind: "number", unit: t("seconds"), required: true, low: 3, high: 600 },
      { name: "active", label: t("Shown"), kind: "check", says: t("Show it at these times") },
    ] },
  ];
}

/** The file's field is there only for a picture or a video; the small TV follows what is written. */
export function watchKind(dialog) {
  const form = dialog.querySelector("form");
  const [kind, text, english] = ["kind", "text", "text_en"].map((name) => form.elements[name]);
  const upload = dialog.querySelector(".upload");
  const show = () => {
    dialog.querySelector("[data-field=media]").hidden = kind.value === "text";
    upload.dataset.kind = kind.value;
    const file = kind.value === upload.dataset.has ? upload.dataset.media : "";
    const notice = { kind: kind.value, text: text.value, text_en: english.value };
    replace(dialog.querySelector("[data-preview]"), smallScreen(notice, file));
  };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  form.addEventListener("uploaded", ({ detail }) => {
    if (detail.seconds) form.elements.seconds.value = detail.seconds;
    show();
  });
  show();
}

function missingFile({ kind, media }) {
  return kind !== "text" && !media ? t("Choose a file and wait until it is uploaded.") : "";
}

function badText({ kind, text, text_en: english }) {
  if (kind === "text" && !text) return t("Please fill this in.");
  const most = MOST_TEXT[kind];
  return [...text].length + [...english].length > most ? t("At most %(most)s letters in both languages together can be read from afar.", { most }) : "";
}

function endsBefore({ first, last }) {
  return first && last && last < first ? t("It would end before it begins.") : "";
}

function previewControl(_field, id) {
  const node = el("div", { "data-preview": true });
  return { node, input: el("input", { id, type: "hidden" }), get: () => ({}), set: () => {} };
}

function dateControl({ name }, id) {
  const input = el("input", { type: "date", id, name, "aria-describedby": `${name}-hint` });
  return { node: input, input, get: () => input.value, set: (value) => { input.value = value; } };
}

function daysControl({ label }, id) {
  const boxes = WEEK.map((day) => el("input", { type: "checkbox", value: day, id: day ? null : id }));
  const labels = boxes.map((box, day) => el("label", { class: "check" }, box, DAY_SHORT[day]));
  return {
    node: el("div", { class: "checks", role: "group", "aria-label": label }, labels), input: boxes[0],
    get: () => WEEK.filter((day) => boxes[day].checked),
    set: (days) => boxes.forEach((box, day) => { box.checked = days.includes(day); }),
  };
}
