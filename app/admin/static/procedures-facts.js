// The facts of a procedure: how each is called, entered and told.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

const ONLINE = [["", t("not known")], ["full", t("wholly online")], ["partial", t("partly online")], ["no", t("only here")]];

export const CODE_FIELD = { name: "code", label: t("Official code"), required: true, pattern: /^[\w.-]{1,60}$/, most: 60,
  hint: t("As on the national portal, such as 1.001193.") };

export function fieldsOf(services) {
  return [
    { name: "name", label: t("Official name"), kind: "area", required: true },
    { name: "keywords", label: t("Everyday names"), kind: listed, hint: t("What people say or type, one a line: sao y, photo công chứng …") },
    { name: "service", label: t("Service"), kind: "select", options: services.map(({ code, name }) => [code, name]) },
    { name: "documents", label: t("What to bring"), kind: listed, hint: t("One paper a line.") },
    { name: "time_limit", label: t("How long it takes") },
    { name: "online", label: t("Can it be filed online?"), kind: "select", options: ONLINE },
    { name: "fee", label: t("Fee"), hint: t("In words, such as 20.000đ. Empty: not known.") },
    { name: "field", label: t("Field") },
    { name: "name_en", label: t("Name in English") },
    { name: "source", label: t("Source") },
    { name: "verified", label: t("Checked"), kind: "check", says: t("Checked against the official text") },
  ];
}

const LABELS = new Map([...fieldsOf([]), CODE_FIELD].map(({ name, label }) => [name, label]));

export function labelOf(name) {
  return LABELS.get(name) ?? name;
}

export function onlineWords(value) {
  return ONLINE.find(([code]) => code === value)?.[1] ?? value;
}

/** A value of a field as people read it; services by their names. */
export function valueWords(name, value, services) {
  if (name === "online") return onlineWords(value);
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (name === "service") return services.find(({ code }) => code === value)?.name ?? value;
  return value || t("nothing");
}

// Kept as one text parted by semicolons; entered one a line, which nobody has to be told.
function listed(field, id) {
  const input = el("textarea", { id, name: field.name, rows: 5, autocomplete: "off", spellcheck: "false", "aria-describedby": `${field.name}-hint` });
  const parts = (text, sign) => text.split(sign).map((part) => part.trim()).filter(Boolean);
  return {
    node: input, input,
    get: () => parts(input.value, /[\n;]/).join("; "),
    set: (value) => { input.value = parts(value ?? "", ";").join("\n"); },
  };
}
