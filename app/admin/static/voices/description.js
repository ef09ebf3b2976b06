// The few facts of a language that is recorded: what is left empty is named by its Vietnamese words.

import { t } from "/static/i18n.js";

const REGIONS = [["north", t("North")], ["central", t("Centre")], ["south", t("South")]];
export const NEW_LANGUAGE = [
  { name: "code", label: t("Code"), required: true, pattern: /^[a-z]{2,3}$/, most: 3,
    hint: t("Two or three small letters (ISO 639): hre Hrê, cua Cor, sed Xơ Đăng, km Khmer.") },
  { name: "name", label: t("Name of the language in itself"), required: true, most: 60 },
  { name: "region", label: t("Region of the speaker"), kind: "select", options: REGIONS },
  { name: "opening", label: t("“Invites number” in this language"), most: 120,
    hint: t("Written as you like, to know the recording by; empty: the Vietnamese words. What counts is what you say.") },
  { name: "to_counter", label: t("“Please go to counter” in this language"), most: 120 },
];

/** The request's body: what was left empty is left out. */
export function bodyOf(facts) {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== "" && value !== null));
}
