// The ways to enter one fact. Each control is { node, input, get(), set(value) }; `input` is what a label names.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { classes, served } from "./list-controls.js";

/** A control for `field` { kind, name, ... } with the id `id`; a page's own kind is a function, `kind(field, id)`. */
export function makeControl(field, id) {
  const make = typeof field.kind === "function" ? field.kind : KINDS[field.kind ?? "text"];
  return make(field, id);
}

const KINDS = {
  text: (field, id) => typed(el("input", { id, name: field.name, type: "text", ...shared(field), maxlength: field.most })),
  password: (field, id) => typed(el("input", { id, name: field.name, type: "password", ...shared(field), autocomplete: "new-password" })),
  area: (field, id) => typed(el("textarea", { id, name: field.name, rows: 3, ...shared(field) })),
  number, select, check, checks, colour, icon, classes, served,
};

function shared(field) {
  return { required: field.required, autocomplete: "off", spellcheck: "false", "aria-describedby": `${field.name}-hint` };
}

function typed(input) {
  return { node: input, input, get: () => input.value.trim(), set: (value) => { input.value = value ?? ""; } };
}

// The API speaks in seconds or milliseconds; people read minutes. `per` is how many of the API's units are in one shown.
function number(field, id) {
  const { per = 1, low, high, step = 1 } = field;
  const input = el("input", { id, name: field.name, type: "number", inputmode: step < 1 ? "decimal" : "numeric",
    ...shared(field), step, min: low === undefined ? null : low / per, max: high === undefined ? null : high / per });
  return {
    node: el("span", { class: "with-unit" }, input, field.unit && el("span", { class: "unit" }, field.unit)), input,
    get: () => (input.value === "" ? null : Math.round(Number(input.value) * per)),
    set: (value) => { input.value = value === null || value === undefined ? "" : value / per; },
  };
}

function select(field, id) {
  const input = el("select", { id, name: field.name, ...shared(field) },
    field.options.map(([value, words]) => el("option", { value }, words)));
  const asGiven = new Map(field.options.map(([value]) => [String(value), value]));
  return { node: input, input, get: () => asGiven.get(input.value), set: (value) => { input.value = value ?? field.options[0][0]; } };
}

function check(field, id) {
  const input = el("input", { id, name: field.name, type: "checkbox", "aria-describedby": `${field.name}-hint` });
  const node = el("label", { class: "check", for: id }, input, field.says);
  return { node, input, get: () => input.checked, set: (value) => { input.checked = Boolean(value); } };
}

// Several of a few, in the order of the options.
function checks(field, id) {
  const boxes = field.options.map(([value, words], index) => {
    const box = el("input", { type: "checkbox", value, id: index ? null : id });
    return { box, label: el("label", { class: "check" }, box, words) };
  });
  return {
    node: el("div", { class: "checks", role: "group" }, boxes.map(({ label }) => label)), input: boxes[0].box,
    get: () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value),
    set: (values) => boxes.forEach(({ box }) => { box.checked = (values ?? []).includes(box.value); }),
  };
}

// A colour, or none: then the product's own accent is used.
function colour(field, id) {
  const own = el("input", { type: "checkbox", id });
  const input = el("input", { type: "color", name: field.name, "aria-label": t("Colour") });
  const refresh = () => { input.disabled = !own.checked; };
  own.addEventListener("change", refresh);
  return {
    node: el("div", { class: "colour" }, el("label", { class: "check" }, own, t("own colour")), input), input: own,
    get: () => (own.checked ? input.value : ""),
    set: (value) => { own.checked = Boolean(value); input.value = value || "#1f4b99"; refresh(); },
  };
}

function icon(field, id) {
  const radios = field.options.map(([value, words], index) => {
    const radio = el("input", { type: "radio", name: field.name, value, id: index ? null : id, class: "visually-hidden" });
    const sign = value ? el("span", { class: `sign sign-${value}`, "aria-hidden": "true" }) : "–";
    return { radio, label: el("label", { class: "icon-choice", title: words }, radio, sign, el("span", { class: "visually-hidden" }, words)) };
  });
  return {
    node: el("div", { class: "icon-choices", role: "radiogroup" }, radios.map(({ label }) => label)), input: radios[0].radio,
    get: () => radios.find(({ radio }) => radio.checked)?.radio.value ?? "",
    set: (value) => radios.forEach(({ radio }) => { radio.checked = radio.value === (value ?? ""); }),
  };
}
