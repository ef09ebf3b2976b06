// A token is shown once: the hub keeps only its hash.

import { el, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

export function showToken({ name, token }) {
  const text = el("output", { class: "token", tabindex: 0 }, token);
  const dialog = el("dialog", { "aria-label": t("Token of %(name)s", { name }) },
    el("h2", {}, t("Token of %(name)s", { name })),
    el("p", {}, t("Put it into the program's settings now. It is not shown again; if it is lost, remove the device and add it anew.")),
    text,
    el("div", { class: "dialog-actions" },
      el("button", { type: "button", class: "button", onclick: () => copy(text) }, t("Copy")),
      el("button", { type: "button", class: "button button-primary", onclick: () => dialog.close() }, t("I have kept it"))));
  // Esc would throw away what cannot be shown again.
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// The clipboard is open to https and localhost only; elsewhere the token is selected, ready for Ctrl+C.
async function copy(text) {
  getSelection().selectAllChildren(text);
  if (!navigator.clipboard) return void toast(t("Selected. Press Ctrl+C."));
  await navigator.clipboard.writeText(text.textContent);
  toast(t("Copied."), "done");
}
