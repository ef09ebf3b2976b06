// What lets a screen hang for weeks without a touch.

import { version } from "/static/page.js";

const REMOVED_NOTE_MS = 3000;
const TRIED = "toiluot.reloaded-for";

/** Load the page anew when the hub came back with other files; quietly, and once for each version. */
export async function reloadIfOutdated(state) {
  if (!state.version || !version || state.version === version) return;
  if (sessionStorage.getItem(TRIED) === state.version) return;
  const answer = await fetch(location.href, { cache: "no-store" });
  if (!answer.ok) return;
  sessionStorage.setItem(TRIED, state.version);
  location.reload();
}

/** A screen that was removed from the centre's devices shows its joining code again. */
export function startAgainIfRemoved({ code }) {
  if (code === "role_forbids") setTimeout(() => location.reload(), REMOVED_NOTE_MS);
}

/** Keep the screen from going dark, where the browser allows it (https or localhost only). */
export async function stayAwake() {
  if (!("wakeLock" in navigator)) return;
  const ask = () => document.visibilityState === "visible" && navigator.wakeLock.request("screen").catch(refused);
  document.addEventListener("visibilitychange", ask);
  await ask();
}

function refused(error) {
  console.info("The browser does not keep this screen awake; set that on the device itself.", error.name);
}
