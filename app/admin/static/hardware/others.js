// Printers, keypads and scanners: a table each, and a form with the few settings that matter.

import { ApiError, get } from "/static/api.js";
import { el, replace, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { sectionHead } from "./boards.js";
import { lineAt, lineNamed, listOf, withLine, withoutEmpty, withoutIdleLine, withoutThing, withThing } from "./config.js";
import { counterField, counterWithout } from "./fields.js";
import { addKeyHelper, keyControls, keysFrom, keyValues } from "./keys.js";
import { openThing } from "./sheet.js";
import { errorWords, stateNode } from "./words.js";
import { showTable } from "../table.js";

const NAME = { name: "name", label: t("Its name"), required: true, most: 60 };
const kioskField = (kiosks, hint) => ({ name: "kiosk", label: t("Kiosk"), kind: "select", hint,
  options: [["", t("none")], ...kiosks.map((name) => [name, name])] });
const SPEED = { name: "baudrate", label: t("Speed, on a serial cable"), kind: "select",
  options: [115_200, 9600, 19_200, 38_400, 57_600].map((speed) => [speed, `${speed} baud`]) };

const PRINTERS = {
  title: t("Ticket printers"), add: t("Add a printer"), empty: t("None."), usual: { paper_mm: 80, kiosk: "", qr: "native", baudrate: 9600, mute: false },
  proposed: () => ({ baudrate: 115_200 }),
  fields: ({ kiosks }) => [NAME,
    { name: "url", label: t("Port"), required: true, hint: t("/dev/usb/lp0 on a USB cable, tcp://192.168.1.50:9100 in the network, or a serial port.") },
    kioskField(kiosks, t("The kiosk in which it stands; none for the staff's own printer.")),
    { name: "paper_mm", label: t("Paper"), kind: "select", options: [[80, "80 mm"], [58, "58 mm"]] },
    { name: "qr", label: t("QR code"), kind: "select", hint: t("If rubbish comes out in its place, draw it dot by dot."),
      options: [["native", t("made by the printer")], ["raster", t("drawn dot by dot")]] }, SPEED,
    { name: "mute", label: t("Answers"), kind: "check", says: t("The printer does not answer (status = false)"), hint: t("For a one-way cable or a print server: what is wrong with it is then not known.") }],
  values: (printer) => ({ ...printer, mute: printer.status === false }),
  put: (config, { mute, status: _status, ...rest }) => [config, mute ? { ...rest, status: false } : rest],
  extra: (page) => [{ title: el("span", { class: "visually-hidden" }, t("Print a test")), class: "order", cell: ({ name }) => testButton(name, page) }],
  place: ({ kiosk }) => kiosk || t("for the staff"), port: ({ url }) => url, offers: { url: ["printers", "ports"] },
};

const KEYPADS = {
  title: t("Keypads"), add: t("Add a keypad"), empty: t("None."), usual: { driver: "usb", address: null, device: "", url: "", pattern: "", counter: "" },
  fields: ({ counters, thing }) => [NAME, counterField(counters, { former: thing?.counter }),
    { name: "driver", label: t("Kind of keypad"), kind: "select",
      options: [["usb", t("USB number pad")], ["qsystem", t("RS-485 pad (QSystem)")], ["bytes", t("another, by its bytes")]] },
    { name: "device", label: t("USB device"), hint: t("For a USB pad: /dev/input/by-path/…-event-kbd, on the agent's PC.") },
    { name: "url", label: t("Port"), hint: t("For a pad on a cable: the line that it shares with the boards, such as /dev/ttyUSB0.") },
    { name: "address", label: t("Address"), kind: "number", low: 0, high: 65_535, hint: t("For a pad on a cable; 32 to 254 for QSystem.") },
    { name: "pattern", label: t("Bytes of a press"), hint: t("For another kind only, such as EE A4 nn sum8: nn is the key.") },
    ...keyControls],
  proposed: (config, counters) => ({ counter: counterWithout(listOf(config, "keypads"), counters) }),
  values: (pad, config) => ({ ...pad, url: lineNamed(config, pad.bus)?.url ?? "", ...keyValues(pad.keys) }),
  beside: addKeyHelper,
  // what belongs to another kind of pad is out of sight
  fits: { device: ["usb"], url: ["qsystem", "bytes"], address: ["qsystem", "bytes"], pattern: ["bytes"] },
  place: ({ counter }) => t("Counter %(n)s", { n: counter }), port: ({ device, bus }) => device ?? bus,
  put: (config, values, former) => {
    const { url, ...rest } = keysFrom(former, values);
    if (values.driver === "usb") return [config, { ...rest, bus: null, address: null, pattern: null }];
    const [lined, bus] = lineAt(config, url) || !url ? [config, lineAt(config, url)?.name] : withLine(config, { url });
    return [lined, { ...rest, bus, device: null, pattern: values.driver === "bytes" ? rest.pattern : null }];
  },
};

const SCANNERS = {
  title: t("Scanners"), add: t("Add a scanner"), empty: t("None."), usual: { kiosk: "", url: "", device: "", suffix: "CR", counter: "" },
  fields: ({ kiosks, counters, thing }) => [NAME,
    { name: "url", label: t("Serial port"), hint: t("For a scanner that is a serial port (USB-CDC): /dev/serial/by-id/…") },
    { name: "device", label: t("USB device"), hint: t("For a scanner that types like a keyboard: /dev/input/by-path/…-event-kbd. One of the two.") },
    counterField(counters, { former: thing?.counter, none: t("none"), hint: t("The counter at which it lies, or else the kiosk in which it is built.") }),
    kioskField(kiosks, ""),
    { name: "suffix", label: t("Sends after each code"), kind: "select", options: ["CR", "LF", "CRLF", "Tab"].map((name) => [name, name]) }],
  place: ({ counter, kiosk }) => (counter ? t("Counter %(n)s", { n: counter }) : kiosk), port: ({ url, device }) => url ?? device,
};

const PORTS_AND_TYPISTS = { url: ["ports"], device: ["typists"] };

export const OTHERS = { printers: PRINTERS, keypads: KEYPADS, scanners: SCANNERS };

export function showOthers(place, kind, page) {
  const about = OTHERS[kind];
  const table = el("div");
  replace(place, sectionHead(about.title, about.add, () => edit(page.latest, kind), { off: !page.online }), table);
  showTable(table, {
    rows: listOf(page.config, kind), key: ({ name }) => name, open: (thing) => edit(page.latest, kind, thing), empty: about.empty,
    columns: [
      { title: t("Its name"), cell: ({ name }) => el("b", {}, name) },
      { title: t("Place"), cell: about.place },
      { title: t("Port"), class: "wide", cell: (thing) => el("small", { class: "port" }, about.port(thing)) },
      { title: t("State"), cell: ({ name }) => stateNode(page.healthOf(kind, name), page.online) },
      ...(about.extra?.(page) ?? []),
    ],
  });
}

function testButton(name, { agent, online }) {
  const button = el("button", { type: "button", class: "button button-small", "data-print-test": name, disabled: !online,
    "aria-label": t("Print a test on %(name)s", { name }), onclick: print }, t("Print a test"));

  async function print() {
    button.disabled = true;
    try {
      const { result } = await agent.printTest(name);
      if (result === "printed") toast(t("%(name)s says that it has printed.", { name }), "done");
      else toast(t("Sent to %(name)s. It cannot say whether paper came out: please look.", { name }));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast(t("%(name)s did not print: %(why)s", { name, why: errorWords(error) }), "error");
    }
    button.disabled = false;
  }
  return button;
}

async function edit(latest, kind, thing = null) {
  const about = OTHERS[kind];
  const { config, counters } = latest();
  const { devices } = await get("/devices");
  const kiosks = devices.filter((device) => device.kind === "kiosk").map(({ name }) => name);
  if (thing?.kiosk && !kiosks.includes(thing.kiosk)) kiosks.push(thing.kiosk);
  const proposed = { ...about.usual, ...about.proposed?.(config, counters) };
  const values = thing ? { ...about.usual, ...(about.values?.(thing, config) ?? thing) } : { ...proposed, ...about.values?.({}, config) };
  openThing(latest, {
    beside: (form) => {
      about.beside?.(form);
      if (about.fits) showFitting(form, about.fits);
    },
    title: thing?.name ?? about.add, groups: [{ fields: about.fields({ kiosks, counters, thing }) }], value: values, offers: about.offers ?? PORTS_AND_TYPISTS,
    change: (now, given) => {
      const [lined, made] = about.put?.(now, { ...thing, ...given }, thing) ?? [now, { ...thing, ...given }];
      return withoutIdleLine(withThing(lined, kind, withoutEmpty(made), thing?.name), thing?.bus);
    },
    remove: thing && ((now) => withoutThing(now, kind, thing.name)),
  });
}

function showFitting(form, fits) {
  const refresh = () => {
    const { driver } = form.values();
    for (const [name, drivers] of Object.entries(fits)) form.node.querySelector(`[data-field=${name}]`).hidden = !drivers.includes(driver);
  };
  form.node.addEventListener("change", refresh);
  refresh();
}
