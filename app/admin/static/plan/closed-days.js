// The days on which the centre is shut. Each change is saved at once, and what is still booked there is told at once.

import { command, get } from "/static/api.js";
import { longDate } from "/static/clock.js";
import { el, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { data, timezone } from "/static/page.js";

import { openSheet } from "../sheet.js";
import { showTable } from "../table.js";

const NOON = "T12:00:00Z"; // the same date in every zone where people live
const TODAY = new Intl.DateTimeFormat("en-CA", { timeZone: timezone }).format(data.now);

/** Fill `place`, a section with a button [data-new-closed] and a [data-view=closed]. */
export async function showClosedDays(place) {
  let closed = [];
  place.querySelector("[data-new-closed]").addEventListener("click", () => edit(null));
  show((await get("/closed-days")).closed);

  function show(all) {
    closed = all;
    showTable(place.querySelector("[data-view=closed]"), {
      columns: [
        { title: t("Days"), cell: daysWords, class: "closed-days" },
        { title: t("Public word"), cell: ({ word, word_en: english }) => [word, english && el("small", { lang: "en" }, english)] },
        { title: t("Still booked"), cell: standingCell },
      ],
      rows: all, key: ({ first }) => first, open: edit, empty: t("No closed days are set: every day of the week above can be booked."),
    });
  }

  function edit(one) {
    const others = closed.filter((each) => each !== one);
    openSheet({
      title: one ? daysWords(one) : t("Closed days"), value: one ?? { first: "", last: "", word: "", word_en: "" },
      groups: [{ fields: [
        { name: "first", label: t("First day"), kind: dateField, required: true },
        { name: "last", label: t("Last day"), kind: dateField, hint: t("Empty: one day only."),
          check: ({ first, last }) => (last && last < first ? t("The last day is before the first.") : "") },
        { name: "word", label: t("Public word"), most: 80, hint: t("Citizens read it on their phones, such as “Quốc khánh”. May be empty.") },
        { name: "word_en", label: t("Public word in English"), most: 80 },
      ] }],
      save: (values) => store([...others, { ...values, last: values.last || values.first }]),
      saved: show,
      remove: one && (() => store(others)), removeWords: t("Open again on these days"),
    });
  }

  async function store(wanted) {
    const before = standing(closed);
    const plain = wanted.map(({ first, last, word, word_en }) => ({ first, last, word, word_en }));
    const { closed: kept } = await command("PUT", "/closed-days", { closed: plain });
    tell(standing(kept), before);
    return kept;
  }
}

function tell(now, before) {
  if (now > before) return toast(t("Saved. %(n)s bookings stand on closed days: please phone these people.", { n: now }), "error");
  return toast(t("Saved."), "done");
}

function standing(closed) {
  const days = new Map(closed.flatMap((each) => each.standing.map((one) => [one.day, one]))); // two ranges may overlap
  return [...days.values()].reduce((sum, one) => sum + one.slots + one.visits + one.home, 0);
}

function standingCell({ last, standing: days }) {
  if (!days.length) return last < TODAY ? "" : t("nobody");
  return days.map((one) => el("a", { href: `/bookings?day=${one.day}`, class: "closed-standing" }, `${dayMonth(one.day)}: ${standingWords(one)}`));
}

function standingWords({ slots, visits, home }) {
  return [
    slots > 0 && t("%(n)s appointments", { n: slots }), visits > 0 && t("%(n)s home visits", { n: visits }), home > 0 && t("%(n)s numbers from home", { n: home }),
  ].filter(Boolean).join(", ");
}

function daysWords({ first, last }) {
  return [...new Set([first, last])].map((day) => longDate(Date.parse(day + NOON))).join(" – ");
}

function dayMonth(day) {
  return `${day.slice(8)}/${day.slice(5, 7)}`;
}

function dateField(field, id) {
  const input = el("input", { id, name: field.name, type: "date", required: field.required, "aria-describedby": `${field.name}-hint` });
  return { node: input, input, get: () => input.value, set: (value) => { input.value = value; } };
}
