// Calling a helper to this machine: shown to the staff until one of them goes there.

import { ApiError, command } from "/static/api.js";
import { el, setText } from "/static/dom.js";

/** The button; what became of it stands in its place. `t` speaks the citizen's language. */
export function callHelper(t) {
  const words = el("strong", {}, t("Call somebody here"));
  const press = async ({ currentTarget }) => {
    currentTarget.disabled = true;
    const called = await asked();
    setText(words, called ? t("Somebody has been told. Please stay here.") : t("This did not work. Please go to the help desk."));
  };
  return el("button", { type: "button", class: "kiosk-choice kiosk-call", "data-call": true, "aria-live": "polite", onclick: press }, words);
}

async function asked() {
  try {
    await command("POST", "/assistance");
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return false;
  }
}
