// Messages that come also while the page is closed: only where a browser has a service worker and the line is HTTPS.

import { command, get } from "/static/api.js";

export function canPush() {
  return isSecureContext && "serviceWorker" in navigator && "PushManager" in window;
}

/** Ask the citizen and subscribe this ticket; false where the browser or the citizen said no. Throws ApiError. */
export async function subscribe(id, walkMin) {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const { key } = await get("/push-key");
  const worker = await navigator.serviceWorker.ready;
  const found = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  const { endpoint, keys } = found.toJSON();
  await command("POST", `/tickets/${id}/push`, { endpoint, keys, walk_min: walkMin });
  return true;
}

function bytes(base64url) {
  const text = atob(base64url.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
