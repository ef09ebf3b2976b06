// Some signs have their memory laid out anew when they are first spoken to: what was stored in them is gone.

import { t } from "/static/i18n.js";

/** `kind` is "driver/preset". */
export const erases = (kind, families) => Boolean(families?.[kind.split("/")[0]]?.erases);

export const ERASE_WORDS = t("This kind lays out the sign's memory anew: messages that are stored in it are erased.");

/** Asks before a sign of such a kind is spoken to. */
export const mayErase = (kind, families) => !erases(kind, families) || confirm(ERASE_WORDS);
