// One thing at a time: a form in a dialog at the side, with save, cancel and (where it can be) remove.

import { ApiError } from "/static/api.js";
import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { makeForm } from "./form.js";
import { mayDiscard, watchUnsaved } from "./guard.js";

/**
 * Ask for the facts of one thing. `save(values)` and `remove()` may throw an ApiError, shown at its field.
 * `saved(answer)` runs after the dialog has closed.
 */
export function openSheet({ title, groups, value, saveWords = t("Save"), save, saved, remove = null, removeWords = "" }) {
  const form = makeForm(groups);
  const dialog = el("dialog", { class: "sheet", "aria-label": title });
  const saveButton = el("button", { type: "submit", class: "button button-primary" }, saveWords);
  const actions = el("div", { class: "dialog-actions" },
    remove && el("button", { type: "button", class: "button button-danger", onclick: askToRemove }, removeWords),
    el("button", { type: "button", class: "button", onclick: cancel }, t("Cancel")), saveButton);
  form.fill(value);
  form.node.append(actions);
  dialog.append(el("h2", {}, title), form.node);
  const unwatch = watchUnsaved(form.isDirty);

  form.node.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.isRight()) attempt(() => save(form.values()));
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    cancel();
  });
  dialog.addEventListener("close", () => {
    unwatch();
    dialog.remove();
  });

  function cancel() {
    if (mayDiscard(form.isDirty)) dialog.close();
  }

  function askToRemove() {
    if (confirm(t("%(what)s? This cannot be taken back.", { what: removeWords }))) attempt(remove);
  }

  async function attempt(act) {
    saveButton.disabled = true;
    try {
      const answer = await act();
      form.settle();
      dialog.close();
      saved(answer);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      form.showError(error);
    } finally {
      saveButton.disabled = false;
    }
  }

  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
