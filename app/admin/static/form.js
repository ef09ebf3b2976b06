// A form from a list of fields: labels, hints, units, and every error beside the field that it is about.

import { el, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { makeControl } from "./controls.js";

// Where an error names no field, its code tells which one it is about.
const FIELD_OF_CODE = {
  letter_taken: "letter", nothing_served: "own", service_both_ways: "own", weak_password: "password", bad_name: "name",
  name_taken: "name", unknown_join_code: "code", last_admin: "role", unknown_service: "own",
};

let made = 0;

/**
 * `groups`: [{ title?, fields: [{ name, label, hint?, kind?, required?, pattern?, check?(values), ... }] }].
 * Answers { node, values(), fill(value), isDirty(), isRight(), showError(error), settle() }.
 */
export function makeForm(groups) {
  const fields = groups.flatMap((group) => group.fields).map(makeField);
  const byName = new Map(fields.map((field) => [field.spec.name, field]));
  const general = el("p", { class: "problem form-problem", role: "alert", hidden: true });
  const node = el("form", { novalidate: true, class: "form" }, general, groups.map((group) => groupNode(group, byName)));
  let clean = "";

  const values = () => Object.assign({}, ...fields.map(({ spec, control }) =>
    spec.spread ? control.get() : { [spec.name]: control.get() }));
  const settle = () => { clean = JSON.stringify(values()); };

  function fill(value) {
    for (const { spec, control } of fields) control.set(spec.spread ? value : value[spec.name]);
    settle();
  }

  function isRight() {
    clearProblems();
    const given = values();
    const wrong = fields.filter((field) => tell(field, problemOf(field) || aboveOther(field, given) || field.spec.check?.(given)));
    wrong[0]?.control.input.focus();
    return wrong.length === 0;
  }

  function showError(error) {
    clearProblems();
    const field = byName.get(fieldOf(error));
    if (!field) return tell({ problem: general }, error.message);
    tell(field, rangeWords(field.spec, error) ?? error.message);
    field.control.input.focus();
  }

  function clearProblems() {
    for (const field of fields) tell(field, "");
    tell({ problem: general }, "");
  }

  return { node, values, fill, isDirty: () => clean !== JSON.stringify(values()), isRight, showError, settle };
}

function makeField(spec) {
  made += 1;
  const control = makeControl(spec, `field-${made}`);
  const problem = el("p", { class: "problem", role: "alert", hidden: true });
  return { spec, control, problem, id: `field-${made}` };
}

function groupNode({ title, fields }, byName) {
  return el("section", { class: "form-group" }, title && el("h2", {}, title),
    el("div", { class: "form-fields" }, fields.map((spec) => fieldNode(byName.get(spec.name)))));
}

function fieldNode({ spec, control, problem, id }) {
  return el("div", { class: "field", "data-field": spec.name },
    el("label", { for: id }, spec.label), control.node,
    spec.hint && el("p", { class: "hint", id: `${spec.name}-hint` }, spec.hint), problem);
}

/** Shows `words` at the field, or takes what is shown away; answers whether there is a problem. */
function tell({ problem, control }, words) {
  setText(problem, words);
  problem.hidden = !words;
  control?.input.toggleAttribute("aria-invalid", Boolean(words));
  if (words) control?.input.setAttribute("aria-invalid", "true");
  return Boolean(words);
}

function problemOf({ spec, control }) {
  const { validity, value } = control.input;
  if (validity.valueMissing) return t("Please fill this in.");
  if (validity.badInput || validity.stepMismatch) return t("Please give a number.");
  if (validity.rangeUnderflow || validity.rangeOverflow) return between(spec, spec.low, spec.high);
  if (spec.pattern && value.trim() && !spec.pattern.test(value.trim())) return spec.hint;
  return "";
}

function aboveOther({ spec }, given) {
  return given[spec.name] > given[spec.notAbove] ? spec.aboveWords : "";
}

function fieldOf({ code, facts }) {
  const named = facts.field ?? facts.what ?? FIELD_OF_CODE[code] ?? "";
  return String(named).split(".")[0];
}

// The hub gives its bounds in its own units; people are told in the units that the field shows.
function rangeWords(spec, { facts }) {
  const bounds = /^(\d+)-(\d+)$/.exec(facts.bounds ?? "");
  return bounds && spec.kind === "number" ? between(spec, Number(bounds[1]), Number(bounds[2])) : null;
}

function between({ per = 1, unit = "" }, low, high) {
  if (high === undefined) return t("At least %(low)s %(unit)s.", { low: low / per, unit });
  return t("Between %(low)s and %(high)s %(unit)s.", { low: low / per, high: high / per, unit });
}
