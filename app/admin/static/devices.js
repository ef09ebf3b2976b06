// Screens, kiosks, agents and programs: joined by the code that a screen shows, or by a token shown once.

import { command, get } from "/static/api.js";
import { hhmm, longDate, hubNow } from "/static/clock.js";
import { el, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { follow } from "/static/link.js";

import { ACCOUNT_PATTERN } from "./facts.js";
import { openSheet } from "./sheet.js";
import { showTable } from "./table.js";
import { showToken } from "./token.js";

const place = document.querySelector("[data-view=table]");
const NAME = { name: "name", label: t("Device name"), required: true, pattern: ACCOUNT_PATTERN, most: 40,
  hint: t("Letters, digits, dots or dashes, no spaces, such as tv-hall-1.") };
const CODE = { name: "code", label: t("Code on the screen"), required: true, pattern: /^\d{3} ?\d{3}$/, most: 7,
  hint: t("Six digits. On the new screen, open this server's address and choose what it shall be.") };
const KINDS = new Map([
  ["display", t("screen")], ["kiosk", t("kiosk")], ["agent", t("hardware agent")], ["robot", t("robot or program")],
]);
const PAGES = new Map([["/tv", t("lobby TV")], ["/kiosk", t("kiosk")], ["/boards", t("virtual boards")]]);

document.querySelector("[data-join]").addEventListener("click", join);
document.querySelector("[data-add]").addEventListener("click", add);
follow("supervisor", { onSnapshot: ({ devices }) => show(devices), onHealth: ({ devices }) => show(devices) });
reload();

async function reload() {
  show((await get("/devices")).devices);
}

function show(devices) {
  showTable(place, {
    rows: devices, key: (device) => device.name, empty: t("No screen or device has been added yet."),
    columns: [
      { title: t("Device name"), cell: ({ name }) => el("b", {}, name) },
      { title: t("Kind"), cell: ({ kind }) => KINDS.get(kind) ?? kind },
      { title: t("Shows"), cell: ({ page }) => pageWords(page) },
      { title: t("Last seen"), cell: seenCell },
      { title: el("span", { class: "visually-hidden" }, t("Remove")), class: "order", cell: removeButton },
    ],
  });
}

function pageWords(page) {
  const counter = /^\/counter-screen\/(\d+)/.exec(page ?? "");
  if (counter) return t("screen of counter %(n)s", { n: counter[1] });
  return PAGES.get(page) ?? (page || "–");
}

function seenCell({ online, last_seen: seen }) {
  if (online) return el("span", { class: "mark mark-done" }, t("connected"));
  if (!seen) return el("span", { class: "mark" }, t("not yet connected"));
  const when = hubNow() - Date.parse(seen) < 86_400_000 ? hhmm(seen) : longDate(seen);
  return el("span", { class: "mark mark-late" }, t("away since %(time)s", { time: when }));
}

function removeButton({ name }) {
  return el("button", { type: "button", class: "button button-small", onclick: () => remove(name),
    "aria-label": t("Remove %(name)s", { name }) }, t("Remove"));
}

async function remove(name) {
  if (!confirm(t("Remove %(name)s? It must be joined again to come back.", { name }))) return;
  await command("DELETE", `/devices/${encodeURIComponent(name)}`);
  toast(t("%(name)s is removed.", { name }), "done");
  reload();
}

function join() {
  openSheet({
    title: t("Join a screen"), saveWords: t("Join"), value: {}, groups: [{ fields: [CODE, NAME] }],
    save: ({ code, name }) => command("POST", "/devices/join", { code: code.replace(" ", ""), name }),
    saved: ({ name, page }) => {
      toast(t("%(name)s has joined: %(page)s.", { name, page: pageWords(page) }), "done");
      reload();
    },
  });
}

function add() {
  const kind = { name: "kind", label: t("Kind"), kind: "select", options: [...KINDS] };
  openSheet({
    title: t("Add a program"), saveWords: t("Make a token"), value: { kind: "agent" }, groups: [{ fields: [NAME, kind] }],
    save: (facts) => command("POST", "/devices", facts),
    saved: (device) => {
      showToken(device);
      reload();
    },
  });
}
