// A form at the side for one thing of the configuration: saved by the agent, its problems beside the fields.

import { el, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { makeForm } from "../form.js";
import { mayDiscard, watchUnsaved } from "../guard.js";
import { makeDoubts } from "./doubts.js";
import { suggestPorts } from "./ports.js";
import { attempt } from "./problems.js";

/**
 * `change(config, values)` and `remove(config)` give the new configuration; `remove` null where it cannot be taken away.
 * `doubt(values)` gives words of warning, `sure(values)` asks before it is saved.
 * `beside(form)` may add to the form, such as a preview; `offers` are the agent's lists for its fields (see suggestPorts).
 */
export function openThing(latest, { title, groups, value, change, remove = null, beside = null, saved = null, sure = () => true, doubt = () => "", offers = { url: ["ports"] } }) {
  const form = makeForm(groups);
  const dialog = el("dialog", { class: "sheet sheet-hardware", "aria-label": title });
  const saveButton = el("button", { type: "submit", class: "button button-primary" }, t("Save"));
  form.fill(value);
  beside?.(form);
  const doubts = makeDoubts(form, saveButton, doubt);
  suggestPorts(form.node, latest, offers);
  form.node.append(el("div", { class: "dialog-actions" },
    remove && el("button", { type: "button", class: "button button-danger", onclick: takeAway }, t("Remove")),
    el("button", { type: "button", class: "button", onclick: cancel }, t("Cancel")), saveButton));
  dialog.append(el("h2", {}, title), form.node);
  const unwatch = watchUnsaved(form.isDirty);

  form.node.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.isRight() && doubts.isSure() && sure(form.values())) put((config) => change(config, form.values()), t("Saved. It is in force."));
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

  function takeAway() {
    if (confirm(t("Remove %(name)s? This cannot be taken back.", { name: value.name }))) put(remove, t("Removed."));
  }

  async function put(make, words) {
    saveButton.disabled = true;
    const [, taken] = await attempt(form.node, () => latest().save(make));
    saveButton.disabled = false;
    if (!taken) return;
    form.settle();
    dialog.close();
    toast(words, "done");
    saved?.();
  }

  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
