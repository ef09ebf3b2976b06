// One notice as the hall sees it: on the TV, and small in the administration.

import { el } from "/static/dom.js";

const SIZES = ["huge", "large", "medium", "small", "least"];
const MOST_LETTERS = { huge: 40, large: 100, medium: 200, small: Infinity };

/** `picture`: the <img> or <video> of a notice that has a file. */
export function noticeCard({ kind, text, text_en: english }, language, picture = null) {
  return el("figure", { class: "notice-card", "data-kind": kind, "data-size": sizeOf(text, english) }, picture,
    textsOf(text, english, language).map(([words, lang], index) => el("p", { class: index ? "notice-also" : "notice-text", lang }, words)));
}

/** The text in the reader's language first, the other one under it. */
export function textsOf(text, english, language) {
  const both = [[text, "vi"], [english, "en"]].filter(([words]) => words.trim());
  return language === "en" ? both.reverse() : both;
}

/** Words that do not fit become smaller rather than cut off. */
export function fitCard(card) {
  for (const size of SIZES.slice(SIZES.indexOf(card.dataset.size) + 1)) {
    if (card.scrollHeight <= card.clientHeight + 1) return;
    card.dataset.size = size;
  }
}

function sizeOf(text, english) {
  const letters = [...text].length + [...english].length;
  return SIZES.find((size) => letters <= MOST_LETTERS[size]);
}
