// Scanning: by the camera where browser and machine can, else by a scanner that types (wedge.js).

import { el, replace } from "/static/dom.js";
import { sign } from "/static/sign.js";
import { choice } from "/static/robot/pieces.js";
import { bookingCodePanel } from "/static/robot/check-in.js";
import { scanned } from "/static/robot/scanned.js";

const LOOK_EVERY_MS = 250;

export function scanPanel(robot) {
  const { t } = robot;
  const view = el("div", { class: "robot-view" }, sign("phone"));
  const node = el("div", { class: "robot-scan" }, view,
    choice({ icon: "document", words: t("I have a code of six digits"), onclick: () => robot.show(bookingCodePanel) }));
  let over = false;
  let stream = null;
  const close = () => {
    over = true;
    stream?.getTracks().forEach((track) => track.stop());
  };
  openCamera().then(async (opened) => {
    stream = opened;
    if (!stream || over) return close();
    const code = await firstCode(stream, view, () => over);
    if (code) scanned(robot, code);
  });
  robot.say(t("Please hold your ticket, your booking or your citizen card before the scanner."));
  return { name: "scan", node, close };
}

/** Null where there is no camera, nobody allowed it, or the browser reads no codes. */
async function openCamera() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return null;
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" } });
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

async function firstCode(stream, view, isOver) {
  const video = el("video", { muted: true, playsinline: true });
  video.srcObject = stream;
  replace(view, video);
  await video.play();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  while (!isOver()) {
    const [code] = await detector.detect(video);
    if (code) return code.rawValue;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return null;
}
