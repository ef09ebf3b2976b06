// What the keys of a pad do: the standard table of its kind, and lines of "key = action" that go before it.

import { t } from "/static/i18n.js";

const ACTIONS = new Set(["next", "recall", "arrive", "finish", "miss", "park", "undo", "pause", "miss/finish", "none"]);

export const keyControls = [{
  name: "keys", label: t("Keys"), kind: "area",
  hint: t("One line a key, such as KP_ENTER = next. Leave empty for what is usual. Actions: %(actions)s, transfer:CODE.", { actions: [...ACTIONS].join(", ") }),
}];

export const keyValues = (keys = {}) => ({ keys: Object.entries(keys).map(([key, action]) => `${key} = ${action}`).join("\n") });

/** The pad with its lines as a table again. */
export function keysFrom(former, values) {
  const lines = values.keys.split("\n").map((line) => line.split("=").map((part) => part.trim())).filter(([key]) => key);
  return { ...former, ...values, keys: Object.fromEntries(lines.map(([key, action = ""]) => [key, action])) };
}
