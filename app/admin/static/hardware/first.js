// No agent yet: the two ways to get one.

import { el, replace, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { startOwnAgent } from "./agent.js";
import { errorWords } from "./words.js";

/** `own` is what this hub can do on its own machine; `changed` runs when it was started. */
export function noAgentNode(own, changed) {
  return el("div", { class: "ways-in" },
    el("p", { class: "quiet" }, t("A small program, the hardware agent, speaks with the equipment. It runs where the cables end.")),
    el("section", { class: "plain-section" }, el("h2", {}, t("The cables end at this server")), ownWords(own), own === "can_start" && ownButton(changed)),
    el("section", { class: "plain-section" }, el("h2", {}, t("The cables end at another PC")),
      el("ol", { class: "steps-in-words" },
        el("li", {}, t("Under “Screens and devices”, add a program of the kind hardware agent. It gets a token, shown once."), " ",
          el("a", { href: "/admin/devices" }, t("Open that page"))),
        el("li", {}, t("On that PC, install Tới Lượt and run this, with the token in place of the dots:"),
          el("code", { class: "token" }, `toiluot hardware run --hub ${location.origin} --token …`)),
        el("li", {}, t("It appears here as soon as it has joined.")))));
}

function ownWords(own) {
  if (own === "can_start") return el("p", {}, t("USB or serial cables are plugged into the machine on which Tới Lượt runs."));
  if (own === "runs") return el("p", { role: "status" }, t("It is being started …"));
  return el("p", { class: "quiet" }, t("Not here: this hub was not started by “toiluot run”."));
}

/** A quiet line for a hub that has other agents, and none of its own. */
export function ownAgentNode(changed) {
  return el("div", { class: "own-agent" }, ownButton(changed, "button button-small"));
}

function ownButton(changed, style = "button button-primary") {
  const button = el("button", { type: "button", class: style, "data-own": true }, t("Use the serial ports of this server"));
  button.addEventListener("click", async () => {
    button.disabled = true;
    replace(button, t("It is being started …"));
    try {
      await startOwnAgent();
    } catch (error) {
      toast(errorWords(error), "error");
    }
    changed();
  });
  return button;
}
