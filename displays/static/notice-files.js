// The pictures and videos of the notices, loaded ahead and kept, so that they go on being shown when the hub is away. What
// cannot be loaded or played is passed over, and tried again later.

import { el } from "/static/dom.js";

const TRIED_AGAIN_MS = 60_000;
const MAKERS = { picture: makePicture, video: makeVideo };

export class Files {
  constructor() {
    this.files = new Map(); // by name: { node, state: "loading" | "ready" | "broken", at }
  }

  /** Load the files of `wanted`, and let go of what no notice in `known` names any more. */
  keep(wanted, known) {
    const names = new Set(known.map(({ media }) => media));
    for (const [name, file] of this.files) if (!names.has(name) || isStale(file)) this.forget(name, file);
    for (const { kind, media } of wanted) if (MAKERS[kind] && !this.files.has(media)) this.load(kind, media);
  }

  isBroken({ kind, media }) {
    return kind in MAKERS && this.files.get(media)?.state === "broken";
  }

  /** The loaded <img> or <video> of a notice; null while it is not there. */
  ready({ media }) {
    const file = this.files.get(media);
    return file?.state === "ready" ? file.node : null;
  }

  break(media) {
    const file = this.files.get(media);
    if (file) Object.assign(file, { state: "broken", at: performance.now() });
  }

  load(kind, media) {
    const file = { node: null, state: "loading", at: performance.now() };
    this.files.set(media, file);
    file.node = MAKERS[kind](`/media/${media}`, () => file.state === "loading" && Object.assign(file, { state: "ready" }));
    file.node.addEventListener("error", () => this.break(media));
  }

  forget(name, { node }) {
    this.files.delete(name);
    if (node instanceof HTMLVideoElement) node.pause();
    node.removeAttribute("src"); // without this a browser keeps the video in memory
  }
}

function isStale({ state, at }) {
  return state === "broken" && performance.now() - at > TRIED_AGAIN_MS;
}

function makePicture(address, ready) {
  const node = el("img", { alt: "" });
  node.addEventListener("load", ready);
  node.src = address;
  return node;
}

function makeVideo(address, ready) {
  const node = el("video", { preload: "auto", playsinline: true, loop: true });
  node.muted = true;
  node.addEventListener("loadeddata", ready);
  node.src = address;
  return node;
}
