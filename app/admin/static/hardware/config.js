// An agent's configuration as a value: every change makes a new one, and what this page does not know stays as it is.

export const KINDS = ["boards", "printers", "keypads", "scanners"];
export const LINE_DEFAULTS = { baudrate: 9600, bytesize: 8, parity: "N", stopbits: 1, echo: false };
export const LINE_DETAIL_DEFAULTS = { gap_ms: 20, rs485: false };

export const listOf = (config, kind) => config[kind] ?? [];
export const lineNamed = (config, name) => listOf(config, "buses").find((line) => line.name === name);
export const lineAt = (config, url) => listOf(config, "buses").find((line) => line.url === url);

/** With `thing` among `kind`, in the place of the one called `former`, or at the end. */
export function withThing(config, kind, thing, former = null) {
  const list = listOf(config, kind);
  const at = list.findIndex(({ name }) => name === former);
  return { ...config, [kind]: at < 0 ? [...list, thing] : list.toSpliced(at, 1, thing) };
}

/** Without the one called `name`, and without its line, if nothing else hangs on it. */
export function withoutThing(config, kind, name) {
  const gone = listOf(config, kind).find((thing) => thing.name === name);
  const rest = { ...config, [kind]: listOf(config, kind).filter((thing) => thing !== gone) };
  return gone?.bus ? withoutIdleLine(rest, gone.bus) : rest;
}

/** With a line to `line.url`: the one that is there already with the new settings, or a new one. Gives [config, name]. */
export function withLine(config, line) {
  const known = lineAt(config, line.url);
  const name = known?.name ?? freeName(config, "buses", nameFromUrl(line.url));
  return [withThing(config, "buses", { ...known, ...line, name }, known?.name), name];
}

export function withoutIdleLine(config, name) {
  if (usersOf(config, name).length) return config;
  return { ...config, buses: listOf(config, "buses").filter((line) => line.name !== name) };
}

/** What hangs on the line `name`. */
export function usersOf(config, name) {
  return KINDS.flatMap((kind) => listOf(config, kind)).filter((thing) => thing.bus === name);
}

/** `wanted`, or with a number after it if that name is taken. */
export function freeName(config, kind, wanted) {
  const taken = new Set(listOf(config, kind).map(({ name }) => name));
  for (let n = 2, name = wanted; ; n += 1, name = `${wanted} ${n}`) if (!taken.has(name)) return name;
}

// /dev/serial/by-id/usb-FTDI_FT232R_A50285BI-if00-port0 is told best by its last part, without the prefix.
function nameFromUrl(url) {
  const last = url.replace(/\/+$/, "").split("/").pop() || url;
  return last.replace(/^usb-/, "").slice(0, 40);
}

/** The line that a form's values make of `former`: what is usual of a line is not written down, but where it was before. */
export function lineFrom(values, former = {}) {
  const usual = { ...LINE_DEFAULTS, ...LINE_DETAIL_DEFAULTS };
  const isTold = ([name, value]) => name in former || value !== usual[name];
  const told = Object.keys(usual).filter((name) => name in values).map((name) => [name, values[name] ?? usual[name]]).filter(isTold);
  return { url: values.url, ...Object.fromEntries(told) };
}

/** "9600 7E1" */
export const speedWords = (line) => {
  const { baudrate, bytesize, parity, stopbits } = { ...LINE_DEFAULTS, ...line };
  return `${baudrate} ${bytesize}${parity}${stopbits}`;
};

/** A thing without what was left empty, so that the agent's own default holds. */
export function withoutEmpty(thing) {
  return Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== null && value !== undefined && value !== ""));
}

/** The line to a port: as it is configured already, or as the form has it. */
export const lineToAsk = (config, wanted) => lineAt(config, wanted.url) ?? { name: "new", ...lineFrom(wanted) };
