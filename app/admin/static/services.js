// The services: letter, names, hint, icon, limit, target, order, in use or not.

import { command, get } from "/static/api.js";
import { el, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { SERVICE_CODE, SERVICE_FIELDS, valueWords } from "./facts.js";
import { openSheet } from "./sheet.js";
import { showTable } from "./table.js";

const place = document.querySelector("[data-view=table]");
const NEW = { icon: "document", target_s: 900, handle_target_s: 900, active: true, daily_limit: null };

document.querySelector("[data-add]").addEventListener("click", async () => edit(null, await load()));
show();

async function load() {
  const { services } = await get("/services");
  return services.sort((one, other) => one.position - other.position || one.code.localeCompare(other.code));
}

async function show() {
  const services = await load();
  showTable(place, {
    rows: services, key: (service) => service.code, open: (service) => edit(service, services),
    empty: t("There is no service yet."),
    columns: [
      { title: t("Letter"), cell: ({ letter }) => el("span", { class: "letter" }, letter) },
      { title: t("Service"), cell: nameCell },
      { title: t("Waiting target"), class: "number wide", cell: (service) => valueWords("target_s", service.target_s) },
      { title: t("Handling target"), class: "number wide", cell: (service) => valueWords("handle_target_s", service.handle_target_s) },
      { title: t("Most a day"), class: "number wide", cell: (service) => service.daily_limit ?? t("no limit") },
      { title: t("In use"), cell: ({ active }) => (active ? t("yes") : el("span", { class: "mark" }, t("not in use"))) },
      { title: t("Order"), class: "order", cell: (service) => orderButtons(service, services) },
    ],
  });
}

function nameCell({ name, hint, icon }) {
  return el("span", { class: "name-cell" }, icon && el("span", { class: `sign sign-${icon}`, "aria-hidden": "true" }),
    el("span", {}, el("b", {}, name), hint && el("small", { class: "quiet" }, hint)));
}

function edit(service, services) {
  openSheet({
    title: service ? service.name : t("New service"),
    groups: [{ fields: service ? SERVICE_FIELDS : [SERVICE_CODE, ...SERVICE_FIELDS] }],
    value: service ?? NEW,
    save: (values) => save(service ?? { code: values.code, position: services.length }, values),
    saved: () => done(t("Saved.")),
    remove: service && (() => command("DELETE", `/services/${encodeURIComponent(service.code)}`)),
    removeWords: t("Remove the service"),
  });
}

function save({ code, position }, { code: _code, ...facts }) {
  return command("PUT", `/services/${encodeURIComponent(code)}`, { position, ...facts });
}

function done(words) {
  toast(words, "done");
  return show();
}

function orderButtons(service, services) {
  const at = services.indexOf(service);
  const button = (words, sign, step) => el("button", { type: "button", class: "button button-small button-quiet", "aria-label": words,
    disabled: !services[at + step], onclick: () => move(services, at, step) }, sign);
  return el("span", {}, button(t("Move %(name)s up", { name: service.name }), "↑", -1),
    button(t("Move %(name)s down", { name: service.name }), "↓", 1));
}

async function move(services, at, step) {
  const order = [...services];
  [order[at], order[at + step]] = [order[at + step], order[at]];
  for (const [position, service] of order.entries()) {
    if (service.position !== position) await save({ code: service.code, position }, withoutPlace(service));
  }
  await show();
}

function withoutPlace({ position: _position, ...facts }) {
  return facts;
}
