// What the entrance's forms share: one problem shown at a time, one press at a time.

import { ApiError } from "/static/api.js";
import { t } from "/static/i18n.js";

const form = document.getElementById("form");
const problem = document.getElementById("problem");
const button = form.querySelector("[type=submit]");

/** On submitting: `check(values)` answers a problem's sentence or null; then `send(values)`. `explain(error)` may word a refusal. */
export function onSubmit({ check = () => null, send, explain = () => null }) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(form));
    say(firstEmpty() ?? check(values));
    if (!problem.hidden) return;
    button.disabled = true;
    try {
      await send(values);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      say(explain(error) ?? inWords(error));
    } finally {
      button.disabled = false;
    }
  });
}

function firstEmpty() {
  const empty = [...form.elements].find((field) => field.required && !field.value.trim());
  empty?.focus();
  return empty ? t("Please fill in: %(field)s", { field: empty.labels[0].textContent }) : null;
}

function inWords(error) {
  if (error.status === 429) return t("Too many attempts. Please wait a minute, then try again.");
  return error.detail || error.title;
}

function say(text) {
  problem.hidden = text === null;
  problem.textContent = text ?? "";
}
