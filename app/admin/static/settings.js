// The settings of the centre: one form, saved as a whole.

import { ApiError, command, get } from "/static/api.js";
import { el, replace, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { SETTINGS_GROUPS } from "./facts.js";
import { makeForm } from "./form.js";
import { watchUnsaved } from "./guard.js";

const place = document.querySelector("[data-view=form]");
const form = makeForm(SETTINGS_GROUPS);
const save = el("button", { type: "submit", class: "button button-primary" }, t("Save"));
const revert = el("button", { type: "button", class: "button", onclick: () => fill(kept) }, t("As before"));
const bar = el("div", { class: "save-bar" }, el("span", {}, t("Not saved yet")), revert, save);
let kept = null;

form.node.append(bar);
form.node.addEventListener("input", refresh);
form.node.addEventListener("click", () => setTimeout(refresh)); // a line was added or removed
form.node.addEventListener("submit", (event) => {
  event.preventDefault();
  if (form.isRight()) store();
});
watchUnsaved(form.isDirty);
fill(await get("/settings"));
replace(place, form.node).setAttribute("aria-busy", "false");

function fill(settings) {
  kept = settings;
  form.fill(settings);
  refresh();
}

function refresh() {
  bar.hidden = !form.isDirty();
}

async function store() {
  save.disabled = true;
  try {
    fill(await command("PUT", "/settings", form.values()));
    toast(t("Saved. Every screen knows it now."), "done");
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    form.showError(error);
  } finally {
    save.disabled = false;
  }
}
