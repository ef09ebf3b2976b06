// The kinds of board in plain words: what it is called by who sells it, and what it can show.

import { t } from "/static/i18n.js";

const LETTERS = t("letters and digits");
const DIGITS = t("digits only");

// In the order in which they are likely to hang in a ward.
export const FAMILIES = {
  frame: t("text frame"), modbus: "Modbus", alpha: "Alpha / BetaBrite", am03127: "AM03127", "dm-d": "Epson DM-D", cd5220: "CD5220",
};

// "driver/preset": [its name, what it shows]
const KINDS = {
  "frame/led-485": ["LED-485-xxx", LETTERS], "frame/qsystem": ["QSystem", LETTERS], "frame/numeric-4byte": [t("4 bytes"), DIGITS],
  "frame/sunpn": [t("SUNPN, alone on its line"), DIGITS], "frame/edi-ed400": ["EDI ED400", DIGITS], "frame/london-er4s": ["London Electronics ER4S", DIGITS],
  "frame/mled": ["FDS / TAG Heuer MLED", LETTERS], "frame/rice-lake": ["Rice Lake Laser LT", LETTERS], "frame/ledmsg": ["DABIT LEDmsg", LETTERS],
  "frame/strasil": ["Strašil", LETTERS], "frame/student-q": [t("Q1-025, one line of text"), DIGITS],
  "modbus/led-485": ["LED-485-xxx", LETTERS], "modbus/led-485-number": ["LED-485-xxx", DIGITS],
  "modbus/led-485-decimal": [t("LED-485-xxx, with a decimal point"), DIGITS],
  "modbus/led-046": [t("LED-046, LED-485-046, newer"), LETTERS], "modbus/led-046-number": [t("LED-046, LED-485-046, newer"), DIGITS],
  "modbus/led-046-segments": [t("LED-046, LED-485-046, each segment drawn"), LETTERS],
  "modbus/dm56a04": [t("DM56A04 with 4 places, one after the other"), LETTERS], "modbus/dm56a04-number": [t("DM56A04 with 4 places"), DIGITS],
  "modbus/dm36b06": [t("DM36B06 with 6 places, one after the other"), LETTERS], "modbus/dm36b06-number": [t("DM36B06 with 6 places"), DIGITS],
  "modbus/embeddedart": ["EmbeddedArt", LETTERS], "modbus/embeddedart-line-2": [t("EmbeddedArt, second line"), LETTERS],
  "modbus/clone-056-number": [t("copy of LED-485-056, uncertain"), DIGITS],
  "alpha/alpha": ["Alpha", LETTERS], "alpha/betabrite": ["BetaBrite", LETTERS], "alpha/alpha-215c": ["Alpha 215C", LETTERS],
  "alpha/alpha-2x0c": ["Alpha 2x0C", LETTERS], "alpha/alpha-ack": [t("Alpha, newer, which answers"), LETTERS],
  "am03127/am03127": ["AM03127", LETTERS], "am03127/am03127-three-colours": [t("AM03127 with three colours"), LETTERS],
  "dm-d/dm-d": [t("Epson DM-D customer display"), LETTERS], "dm-d/dm-d-behind-printer": [t("Epson DM-D behind a printer"), LETTERS],
  "cd5220/cd5220": [t("CD5220 customer display"), LETTERS],
};

export const familyWords = (driver) => FAMILIES[driver] ?? driver;

/** "LED-485-xxx, letters and digits (Modbus led-485)": plain words, and the identifier that the maker's table has. */
export function kindWords(driver, preset) {
  const family = familyWords(driver);
  if (!preset) return t("%(family)s, own settings", { family });
  const [name, shows] = KINDS[`${driver}/${preset}`] ?? [preset.toUpperCase(), ""];
  return `${[name, shows].filter(Boolean).join(", ")} (${preset === driver ? family : `${family} ${preset}`})`;
}

/** Every kind that the agent knows: [{ driver, preset, words }]; a family without presets is one kind. */
export function kindsOf(families) {
  const place = ([driver]) => (Object.keys(FAMILIES).indexOf(driver) + 1) || Infinity;
  return Object.entries(families ?? {}).toSorted((a, b) => place(a) - place(b)).flatMap(([driver, { presets = [] }]) =>
    (presets.length ? presets : [""]).map((preset) => ({ driver, preset, words: kindWords(driver, preset) })));
}
