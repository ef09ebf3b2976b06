// The last step: how the new board is, from the agent's own reports, and the means to find it on the wall.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { stateNode } from "./words.js";

const LOOK_MS = 500;

export function doneNode(latest, name, again) {
  const state = el("div", { class: "done-state", role: "status" });
  const node = el("div", { class: "done" },
    el("p", { class: "done-name" }, el("b", {}, name), " ", t("is in the agent's file and in force.")), state,
    el("div", { class: "row" },
      el("button", { type: "button", class: "button", "data-light": name, onclick: () => latest().light(name) }, t("Light it")),
      el("button", { type: "button", class: "button", onclick: again }, t("Add another"))),
    el("p", { class: "quiet" }, t("Walk to the counter and look: is it this board that lights up, and is the number whole?")));
  let drawn = "";
  const look = () => {
    const { healthOf, online } = latest();
    const thing = healthOf("boards", name);
    const key = JSON.stringify([thing, online]);
    if (key !== drawn) replace(state, stateNode(thing, online));
    drawn = key;
  };
  look();
  const timer = setInterval(look, LOOK_MS);
  return { node, stop: () => clearInterval(timer) };
}
