// How a board will look, before it is saved: the same text, cut and placed as its driver does.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { drawDots } from "/static/displays/dot-matrix.js";

import { drawSegments } from "./segments.js";

const SEGMENT_LETTERS = /^[0-9A-JLNOPQRSTUYZ \-_.=]*$/i;
const USUAL_WIDTH = 4;
const BLINK_MS = 500;
const STATES = [["called", t("during a call"), () => "A012"], ["free", t("nobody called"), ({ free }) => free], ["paused", t("paused"), ({ paused }) => paused],
  ["closed", t("closed"), ({ closed }) => closed]];

/** Puts boards above the fields of a board's look, the last group of the form; they follow what is typed. */
export function addPreview(form) {
  const panels = STATES.map(([name, words, textOf]) => ({ name, textOf, canvas: el("canvas", { class: "led-preview", role: "img" }), words }));
  const node = el("figure", { class: "previews", "aria-label": t("Preview") },
    panels.map(({ name, words, canvas }) => el("div", { "data-preview": name }, canvas, el("figcaption", { class: "quiet" }, words))));
  let ends = 0;
  let timer = null;

  function draw(isDark = false) {
    const values = form.values();
    for (const { name, canvas, textOf } of panels) {
      const text = placed(textOf(values) ?? "", values);
      canvas.setAttribute("aria-label", text.trim() || t("dark"));
      const paint = values.charset === "ascii" ? drawDots : drawSegments;
      paint(canvas, isDark && name === "called" ? " ".repeat(text.length) : text);
    }
  }

  // Blinks once through when the seconds are changed, so that one sees what they mean.
  function blink() {
    clearInterval(timer);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return draw();
    ends = performance.now() + (form.values().blink_s ?? 0) * 1000;
    let isDark = false;
    timer = setInterval(() => {
      isDark = !isDark && performance.now() < ends;
      draw(isDark);
      if (performance.now() >= ends || !node.isConnected) clearInterval(timer);
    }, BLINK_MS);
    return draw();
  }

  form.node.addEventListener("input", (event) => (event.target.name === "blink_s" ? blink() : draw()));
  form.node.querySelector(".form-group:last-of-type h2").after(node);
  draw();
}

function placed(text, { charset, width, align }) {
  const room = width || USUAL_WIDTH;
  const shown = fitting(rendered(text, charset), room);
  return align === "left" ? shown.padEnd(room) : shown.padStart(room);
}

function rendered(text, charset) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D");
  if (charset === "ascii" || (charset === "seg7" && SEGMENT_LETTERS.test(plain))) return plain;
  return plain.replace(/[^0-9 \-.]/g, "").trim();
}

// What is too long loses its letter, then its leading zeros; a digit is never cut off.
function fitting(text, room) {
  const digits = text.replace(/[^0-9]/g, "");
  return [text, digits, digits.replace(/^0+/, "")].find((form) => form.length <= room && (form || !text)) ?? text.slice(0, room);
}
