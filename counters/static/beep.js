// A soft beep, only if the clerk chose it: somebody begins to wait while the counter is open and free, or an alarm.

import { playTones, tonesUnlocked, unlockTones } from "/static/tones.js";

const STORED = "toiluot.beep";
const TONE = 660; // Hz
let wasIdle = true;

/** Tie the choice to its box; it is kept in this browser. */
export function prepareBeep(box) {
  box.checked = localStorage.getItem(STORED) === "on";
  box.addEventListener("change", async () => {
    localStorage.setItem(STORED, box.checked ? "on" : "off");
    if (!box.checked) return;
    await unlockTones();
    playTones(TONE);
  });
  // A page that was loaded anew may sound from the first press in it, whatever that is for.
  for (const press of ["pointerdown", "keydown"]) document.addEventListener(press, () => isChosen() && unlockTones(), { once: true });
}

/** Told with every change: is there work that nobody has begun? */
export function noticeWork(counter, waiting) {
  const work = counter.state === "open" && !counter.ticket && waiting > 0;
  if (work && wasIdle) beepIfChosen();
  wasIdle = !work;
}

/** For what the clerk should hear, if the clerk wants to hear anything. */
export function beepIfChosen() {
  if (isChosen() && tonesUnlocked()) playTones(TONE);
}

function isChosen() {
  return localStorage.getItem(STORED) === "on";
}
