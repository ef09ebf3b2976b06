// What the keys of a pad do: the standard table of its kind, and lines of "key = action" that go before it.

import { t } from "/static/i18n.js";

const ACTIONS = new Set(["next", "recall", "arrive", "finish", "miss", "park", "undo", "pause", "miss/finish", "none"]);

export const keyControls = [{
  name: "keys", label: t("Keys"), kind: "area",
  hint: t("One line a key, such as KP_ENTER = next. Leave empty for what is usual. Actions: %(actions)s, transfer:CODE.", { actions: [...ACTIONS].join(", ") }),
}];

/** A table as lines of "left = right", and back. */
export const linesOf = (table = {}) => Object.entries(table).map((pair) => pair.join(" = ")).join("\n");
export const tableOf = (lines) => Object.fromEntries(lines.split("\n").map((line) => line.split("=").map((part) => part.trim()))
  .filter(([left]) => left).map(([left, right = ""]) => [left, right]));

export const keyValues = (keys) => ({ keys: linesOf(keys) });

/** The pad with its lines as a table again. */
export const keysFrom = (former, values) => ({ ...former, ...values, keys: tableOf(values.keys) });
