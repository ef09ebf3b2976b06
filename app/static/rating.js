// How was it? Three faces, one touch; who was not content may say why. For the tablet at a counter and for the phone.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

// The namespace as the browser knows it: an address in a script would look like a question to another host.
const SVG = Object.assign(document.createElement("template"), { innerHTML: "<svg></svg>" }).content.firstChild.namespaceURI;
const MOUTHS = { 1: "M18 37c3-6 15-6 18 0", 2: "M17 33c3 4 17 4 20 0", 3: "M14 30h26c-1 14-25 14-26 0z" };
const WORDS = { 3: t("Very satisfied"), 2: t("Satisfied"), 1: t("Not satisfied") };
const REASONS = {
  wait: t("The wait"), guidance: t("The guidance"), attitude: t("The manner"), papers: t("The papers asked for"),
  place: t("The place"), other: t("Something else"),
};
const WAITS_FOR_REASON_MS = 15_000;

/**
 * Ask into `node`. `send({face, reason?})` is called once and resolves when it is counted; `done(counted)` afterwards.
 * Answers a function that puts the question away: a face that was pressed counts all the same.
 */
export function askRating(node, { send, done }) {
  let pressed = null;
  let timer = 0;
  let sent = false;
  const finish = async (reason) => {
    clearTimeout(timer);
    if (sent || !pressed) return;
    sent = true;
    done(await send(reason ? { face: pressed, reason } : { face: pressed }));
  };
  const press = (face) => {
    if (pressed) return;
    pressed = face;
    if (face !== 1) return void finish();
    replace(node, ...whyNot(finish));
    node.querySelector("button").focus({ preventScroll: true });
    timer = setTimeout(finish, WAITS_FOR_REASON_MS);
  };
  replace(node, el("p", { class: "rating-asks" }, t("How was the service?")),
    el("div", { class: "rating-faces" }, [3, 2, 1].map((face) => faceButton(face, press))));
  return () => finish();
}

/** What to say afterwards. */
export function thanks(counted) {
  return counted ? t("Thank you.") : t("It is too late to rate this visit.");
}

function faceButton(face, press) {
  return el("button", { type: "button", class: "rating-face", "data-face": face, onclick: () => press(face) }, drawn(face), el("span", {}, WORDS[face]));
}

function whyNot(finish) {
  const chip = ([code, words]) => el("button", { type: "button", class: "rating-reason", "data-reason": code, onclick: () => finish(code) }, words);
  return [
    el("p", { class: "rating-asks" }, t("What was not good? (You need not say.)")),
    el("div", { class: "rating-reasons" }, Object.entries(REASONS).map(chip),
      el("button", { type: "button", class: "rating-reason rating-skip", onclick: () => finish() }, t("I would rather not say"))),
  ];
}

function drawn(face) {
  const picture = shape("svg", { viewBox: "0 0 54 54", "aria-hidden": "true", class: "rating-drawn" });
  picture.append(
    shape("circle", { cx: 27, cy: 27, r: 24 }),
    shape("path", { d: "M19 20v3M35 20v3" }),
    shape("path", { d: MOUTHS[face] }),
  );
  return picture;
}

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}
