// The hub gave no number, and why.

import { el } from "/static/dom.js";
import { servicesScreen } from "/static/kiosk/services-screen.js";

const SIGNED_OUT = new Set([401, 403]);

export function refusedScreen(kiosk, { error }) {
  // An administrator has removed this kiosk: the page itself leads to joining again.
  if (SIGNED_OUT.has(error.status)) location.reload();
  const { t } = kiosk;
  const back = () => kiosk.show(servicesScreen);
  const node = el("div", { class: "kiosk-message", role: "alert" },
    el("h1", {}, reason(t, error)),
    el("p", {}, t("You have no number yet. Choose again, or ask the staff.")),
    el("button", { type: "button", class: "kiosk-choice kiosk-single", onclick: back }, el("strong", {}, t("Choose again"))));
  return { name: "refused", node, back };
}

function reason(t, { code }) {
  if (code === "daily_limit_reached") return t("All of today's numbers for this service have been given out.");
  if (code === "service_inactive" || code === "unknown_service") return t("This service gives out no numbers now.");
  return t("The number could not be given out.");
}
