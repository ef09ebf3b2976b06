// Sending a picture or a video to the hub, with how far it is.

import { el, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";

const MEGABYTE = 1024 * 1024;
const LARGEST = { picture: 10, video: 200 }; // MB
const TYPES = {
  "image/png": "picture", "image/jpeg": "picture", "image/webp": "picture", "video/mp4": "video", "video/webm": "video",
};
const SHORTEST_S = 3;
const LONGEST_S = 600;

/** A control whose value is the name that the hub gave the file. Tells "uploaded" with {seconds} of a video. */
export function uploadControl({ name }, id) {
  const input = el("input", { type: "file", id, accept: Object.keys(TYPES).join(","), "aria-describedby": `${name}-says` });
  const progress = el("progress", { max: 1, value: 0, hidden: true, "aria-label": t("Upload") });
  const says = el("p", { class: "hint", role: "status", id: `${name}-says` }, t("PNG, JPEG or WebP up to 10 MB; MP4 or WebM up to 200 MB."));
  const node = el("div", { class: "upload" }, input, progress, says);

  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    const wrong = wrongWith(file, node.dataset.kind);
    if (wrong) return tell(wrong);
    progress.hidden = false;
    try {
      const { media, kind } = await send(file, (share) => { progress.value = share; });
      const seconds = kind === "video" ? await lengthOf(file) : null;
      keep(media);
      tell(t("%(file)s is uploaded.", { file: file.name }));
      node.dispatchEvent(new CustomEvent("uploaded", { bubbles: true, detail: { seconds } }));
    } catch (error) {
      tell(error.message);
    } finally {
      progress.hidden = true;
    }
  });

  function keep(media) {
    node.dataset.media = media ?? "";
    node.dataset.has = media ? kindOfName(media) : "";
  }

  function tell(words) {
    setText(says, words);
  }

  // A file of the other kind is not this notice's.
  return { node, input, get: () => (node.dataset.has === node.dataset.kind ? node.dataset.media : ""), set: keep };
}

function wrongWith({ type, size }, wanted) {
  const kind = TYPES[type];
  if (kind !== wanted) return wanted === "video" ? t("Choose a video: MP4 or WebM.") : t("Choose a picture: PNG, JPEG or WebP.");
  return size > LARGEST[kind] * MEGABYTE ? t("This file is too large: at most %(most)s MB.", { most: LARGEST[kind] }) : "";
}

// fetch() does not tell how far a body has gone.
function send(file, onShare) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/v1/notices/media");
    request.setRequestHeader("Content-Type", file.type);
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => onShare(loaded / total));
    request.addEventListener("load", () => (request.status < 300 ? resolve(request.response)
      : reject(new Error(request.response?.detail ?? t("The server gave an answer that is not understood.")))));
    request.addEventListener("error", () => reject(new Error(t("The server does not answer."))));
    request.send(file);
  });
}

/** Seconds that a video lasts, as far as a notice may; null where this browser cannot tell. */
function lengthOf(file) {
  return new Promise((resolve) => {
    const video = document.createElement("video");
    const settle = (seconds) => {
      URL.revokeObjectURL(video.src);
      resolve(Number.isFinite(seconds) ? Math.min(LONGEST_S, Math.max(SHORTEST_S, Math.ceil(seconds))) : null);
    };
    video.preload = "metadata";
    video.addEventListener("loadedmetadata", () => settle(video.duration));
    video.addEventListener("error", () => settle(NaN));
    video.src = URL.createObjectURL(file);
  });
}

function kindOfName(media) {
  return /\.(mp4|webm)$/.test(media) ? "video" : "picture";
}
