// Some signs have their memory laid out anew when they are first spoken to: what was stored in them is gone.

import { t } from "/static/i18n.js";

const LAYS_OUT_MEMORY = new Set(["alpha"]);

/** `kind` is "driver/preset". */
export const erases = (kind, families) => {
  const driver = kind.split("/")[0];
  return LAYS_OUT_MEMORY.has(driver) || Boolean(families?.[driver]?.erases);
};

export const ERASE_WORDS = t("This kind lays out the sign's memory anew: messages that are stored in it are erased.");

/** Asks before a sign of such a kind is spoken to. */
export const mayErase = (kind, families) => !erases(kind, families) || confirm(ERASE_WORDS);
