// Sound, vibration and a screen that stays lit, once the citizen asked for them: a browser wants a tap first.

import { wish, wishes } from "/static/phone/kept.js";
import { playTones, unlockTones } from "/static/tones.js";

const NEAR = { tones: [660, 880], pattern: [300, 150, 300] };
const CALLED = { tones: [880, 660, 880, 660, 880], pattern: [400, 200, 400, 200, 800] };

let lock = null;

export function soundIsOn() {
  return wishes().sound === true;
}

/** To be called while a tap is handled: switch sound on or off; on, it is tried at once. */
export function switchSound(on) {
  wish({ sound: on });
  if (on) {
    unlockTones();
    sound(NEAR);
  }
  stayLit();
}

export const soundNear = () => soundIsOn() && sound(NEAR);
export const soundCalled = () => soundIsOn() && sound(CALLED);

function sound({ tones, pattern }) {
  playTones(...tones);
  navigator.vibrate?.(pattern);
}

/** The lock ends whenever the page is hidden, so it is asked for again each time it is seen. */
export async function stayLit() {
  const wanted = soundIsOn() && !document.hidden && "wakeLock" in navigator;
  if (!wanted) {
    await lock?.release();
    lock = null;
    return;
  }
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch (error) {
    console.info("The screen may go dark.", error.name); // a nearly empty battery refuses
  }
}

// After a reload the wish is kept, but the browser wants a tap again: any will do.
addEventListener("pointerdown", () => soundIsOn() && unlockTones(), { once: true });
addEventListener("visibilitychange", stayLit);
stayLit();
