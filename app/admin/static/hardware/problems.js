// The agent's problems with a configuration, each beside the field that it is about.

import { ApiError } from "/static/api.js";
import { setText } from "/static/dom.js";

import { bare, errorWords, problemWords } from "./words.js";

/** What the page itself finds wrong with the field `field`. */
export class FieldProblem extends Error {
  constructor(field, words) {
    super(words);
    this.name = "FieldProblem";
    this.facts = { problems: [{ where: field, what: words }] };
  }
}

/** Run `act`; what it is refused for is shown in `form`. Gives [answer, whether it was taken]. */
export async function attempt(form, act) {
  clear(form);
  try {
    return [await act(), true];
  } catch (error) {
    if (!(error instanceof ApiError) && !(error instanceof FieldProblem)) throw error;
    show(form, error);
    return [null, false];
  }
}

function clear(form) {
  for (const node of form.querySelectorAll(".problem")) tell(node, "");
  for (const node of form.querySelectorAll("[aria-invalid]")) node.removeAttribute("aria-invalid");
}

function show(form, error) {
  const problems = error.facts?.problems ?? [{ where: "", what: errorWords(error) }];
  const rest = problems.filter(({ where, what }) => !tellAt(fieldFor(form, where, what), problemWords(what)));
  const general = form.querySelector(".form-problem");
  tell(general, rest.map(({ where, what }) => [where, problemWords(what)].filter(Boolean).join(": ")).join("\n"));
  (form.querySelector("[aria-invalid]") ?? general).scrollIntoView({ block: "center" });
  form.querySelector("[aria-invalid]")?.focus();
}

// boards[3].look.paused is about the field "paused"; of boards[3] alone only the sentence tells.
function fieldFor(form, where, what) {
  const named = where.split(/[.[\]]+/).filter(Boolean).reverse();
  const words = bare(what).match(/\b(address|width|counter|name|url|port|driver|brightness|kiosk|preset|bus|device|pattern|key|action)\b/gi) ?? [];
  const candidates = [...named, ...words.map((word) => word.toLowerCase())].map((name) => SAME_FIELD[name] ?? name);
  return candidates.map((name) => form.querySelector(`[data-field="${CSS.escape(name)}"]`)).find((field) => field && !field.hidden);
}

const SAME_FIELD = { port: "url", bus: "url", driver: "kind", preset: "kind", key: "keys", action: "keys" };

function tellAt(field, words) {
  if (!field) return false;
  tell(field.querySelector(".problem"), words);
  field.querySelector("input, select, textarea")?.setAttribute("aria-invalid", "true");
  return true;
}

function tell(node, words) {
  setText(node, words);
  node.hidden = !words;
}
