// Keys on the glass: letters without marks, for the search needs none. A real keyboard writes into the field by itself.

import { el, replace } from "/static/dom.js";
import { sign } from "/static/sign.js";

const ROWS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
const DIGITS = "1234567890";
const SIGNS = ".-/";

/** Keys that write into `field` and call `changed()`; `mic` is a button, or null where the browser cannot listen. */
export function keyboard({ t, field, changed, mic }) {
  const write = (text) => {
    field.value = text;
    changed();
  };
  const letter = (each) => el("button", { type: "button", class: "find-key", onclick: () => write(field.value + each) }, each);
  const wide = (words, text, ...inside) =>
    el("button", { type: "button", class: "find-key find-key-wide", "aria-label": words, onclick: () => write(text()) }, inside);
  const row = (...keys) => el("div", { class: "find-row" }, keys);
  const node = el("div", { class: "find-keys", role: "group", "aria-label": t("Keyboard") });
  let digits = false;
  const draw = () => replace(node,
    row(...[...(digits ? DIGITS : ROWS[0])].map(letter)),
    row(...[...(digits ? SIGNS : ROWS[1])].map(letter)),
    row(...(digits ? [] : [...ROWS[2]].map(letter)), wide(t("Delete the last letter"), () => field.value.slice(0, -1), sign("erase"))),
    row(swap(), wide(t("space"), () => `${field.value} `, t("space")), mic, wide(t("Delete all"), () => "", t("Delete all"))));
  const swap = () => el("button", { type: "button", class: "find-key", "aria-label": digits ? t("Letters") : t("Digits"), onclick: () => {
    digits = !digits;
    draw();
  } }, digits ? "abc" : "123");
  draw();
  return node;
}

/** A letter typed on a real keyboard goes into the field, wherever the citizen is. Answers how to stop that. */
export function catchKeys(field) {
  const caught = (event) => {
    const isLetter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.target !== field && (isLetter || event.key === "Backspace")) field.focus();
  };
  addEventListener("keydown", caught);
  return () => removeEventListener("keydown", caught);
}

/** A button that listens in the citizen's language and hands over what was said; null where the browser cannot. */
export function microphone({ t, language, heard, failed }) {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (!Recognition) return null;
  let ear = null;
  const button = el("button", { type: "button", class: "find-key find-key-wide find-mic", "aria-pressed": "false",
    "aria-label": t("Say it instead of typing"), onclick: () => (ear ? ear.stop() : listen()) }, sign("mic"));
  const listen = () => {
    ear = new Recognition();
    ear.lang = language === "en" ? "en-US" : "vi-VN";
    ear.onresult = ({ results }) => heard(results[0][0].transcript);
    ear.onerror = () => failed();
    ear.onend = () => {
      ear = null;
      button.setAttribute("aria-pressed", "false");
    };
    button.setAttribute("aria-pressed", "true");
    ear.start();
  };
  return button;
}
