// The service worker of ticket pages: opens them without a line, saying how old they are; shows what is pushed.
// The hub fills in VERSION, AT_ONCE and WHEN_ASKED when it hands this out.

const VERSION = "%VERSION%";
const AT_ONCE = ["%AT_ONCE%"]; // what the page loads before it registers us
const WHEN_ASKED = ["%WHEN_ASKED%"];
const FILES = [...AT_ONCE, ...WHEN_ASKED];
const FILES_CACHE = `toiluot-files-${VERSION}`;
const PAGES_CACHE = "toiluot-tickets";
const KEPT_AT = "X-Kept-At"; // this phone's clock, ms
const VERSION_OF = "X-Toiluot-Version";
const PAGE = /^\/t\/[\w-]+$/;
const PATIENCE_MS = 6000;
const MOST_KEPT_MS = 24 * 3600 * 1000;

let outdated = false; // the hub speaks another version than the files kept here

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(keepFiles());
});

self.addEventListener("activate", (event) => event.waitUntil(Promise.all([forget(), self.clients.claim(), keepOpenPages()])));

// The page that registered us came before us; the browser still has it, so it costs nothing either.
async function keepOpenPages() {
  const pages = await caches.open(PAGES_CACHE);
  for (const { url } of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) {
    const { origin, pathname } = new URL(url);
    if (PAGE.test(pathname)) await remember(pages, origin + pathname, await fetch(url, { cache: "force-cache" }));
  }
}

// The page that registers us has just fetched most of them: the first time those cost nothing on the line.
async function keepFiles() {
  const first = !(await caches.keys()).some((name) => name.startsWith("toiluot-files-"));
  const cache = await caches.open(FILES_CACHE);
  const justFetched = (file) => first && AT_ONCE.includes(file); // any other copy the browser has may be of last month
  await cache.addAll(FILES.map((file) => new Request(file, { cache: justFetched(file) ? "force-cache" : "no-cache" })));
}

// A page of another version would not fit the files of this one.
async function forget() {
  const old = (await caches.keys()).filter((name) => name.startsWith("toiluot-files-") && name !== FILES_CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  const pages = await caches.open(PAGES_CACHE);
  for (const request of await pages.keys()) {
    const kept = await pages.match(request);
    if (ageOf(kept) > MOST_KEPT_MS || kept.headers.get(VERSION_OF) !== VERSION) await pages.delete(request);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(page(event, url));
  else if (FILES.includes(url.pathname) && !outdated) event.respondWith(file(request));
});

async function file(request) {
  const cache = await caches.open(FILES_CACHE);
  return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
}

// The hub's own word where it can be had in time; else what was kept, marked with its age.
async function page(event, url) {
  const pages = await caches.open(PAGES_CACHE);
  const key = url.origin + url.pathname;
  const kept = await pages.match(key);
  const fresh = fetch(event.request).then((answer) => remember(pages, key, answer));
  event.waitUntil(fresh.catch(() => null));
  if (!kept) return fresh;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, null));
  const answer = await Promise.race([fresh.catch(() => null), late]);
  return answer && answer.status < 500 ? answer : aged(kept);
}

async function remember(pages, key, answer) {
  outdated = (answer.headers.get(VERSION_OF) ?? VERSION) !== VERSION;
  if (answer.status === 404) await pages.delete(key);
  if (!answer.ok) return answer;
  const headers = new Headers(answer.headers);
  headers.delete("Content-Encoding");
  headers.set(KEPT_AT, Date.now());
  const text = await answer.clone().text();
  await pages.put(key, new Response(text, { headers }));
  return answer;
}

async function aged(kept) {
  const text = await kept.text();
  const headers = new Headers(kept.headers);
  headers.delete("Content-Length");
  return new Response(text.replace("<html ", `<html data-kept="${ageOf(kept)}" `), { headers });
}

function ageOf(kept) {
  return Math.max(0, Date.now() - Number(kept.headers.get(KEPT_AT)));
}

self.addEventListener("push", (event) => {
  const { title, body, url, tag } = event.data.json();
  const look = { body, tag, renotify: true, requireInteraction: true, vibrate: [400, 200, 400], data: { url } };
  event.waitUntil(self.registration.showNotification(title, look));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(show(event.notification.data.url));
});

async function show(url) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((each) => new URL(each.url).pathname === url);
  return there ? there.focus() : self.clients.openWindow(url);
}
