// A small TV that shows one notice where the real one shows it.

import { el } from "/static/dom.js";
import { fitCard, noticeCard } from "/static/notice-card.js";
import { language } from "/static/page.js";

/** `file`: the name of its picture or video, if there is one. */
export function smallScreen(notice, file) {
  const card = noticeCard(notice, language, file && mediaOf(notice.kind, file));
  requestAnimationFrame(() => fitCard(card));
  return el("span", { class: "small-tv", "aria-hidden": "true" }, el("span", { class: "small-tv-screen" },
    el("span", { class: "small-tv-strip" }), card, el("span", { class: "small-tv-side" }), el("span", { class: "small-tv-strip" })));
}

function mediaOf(kind, file) {
  const node = kind === "video" ? el("video", { preload: "metadata", muted: true, playsinline: true }) : el("img", { alt: "" });
  node.src = `/media/${file}`;
  return node;
}
