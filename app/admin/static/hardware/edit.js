// Changing a board that is there.

import { t } from "/static/i18n.js";

import { lineAt, lineNamed, withLine, withoutIdleLine, withoutThing, withThing } from "./config.js";
import { ADDRESS_FIELD, boardFrom, boardValues, FACE_FIELDS, kindField, kindKey, OPTIONS_FIELD, placeFields, PORT_FIELD, showOwnSettings } from "./fields.js";
import { addPreview } from "./preview.js";
import { openThing } from "./sheet.js";
import { kindWords } from "./kinds.js";
import { mayErase } from "./memory.js";
import { twinWords } from "./doubts.js";

export function editBoard(latest, board) {
  const { config, setup, counters } = latest();
  const kind = withPresent(kindField(setup.families), board);
  openThing(latest, {
    title: board.name, value: boardValues(board, lineNamed(config, board.bus)),
    groups: [{ fields: placeFields(counters, board.counter) }, { title: t("On the line"), fields: [PORT_FIELD, kind, ADDRESS_FIELD, OPTIONS_FIELD] }, { title: t("What it shows"), fields: FACE_FIELDS }],
    beside: (form) => {
      addPreview(form);
      showOwnSettings(form);
    },
    doubt: ({ url, kind: chosen, address }) => twinWords(latest().config, url, chosen, address, board.name),
    sure: ({ kind: chosen }) => chosen === kindKey(board.driver, board.options?.preset) || mayErase(chosen, setup.families),
    change: (now, values) => withoutIdleLine(changed(now, board, values), board.bus),
    remove: (now) => withoutThing(now, "boards", board.name),
  });
}

function changed(config, board, values) {
  const [lined, bus] = lineAt(config, values.url) ? [config, lineAt(config, values.url).name] : withLine(config, { url: values.url });
  return withThing(lined, "boards", boardFrom(board, values, bus), board.name);
}

// A board with options of its own is of a kind that no preset has.
function withPresent(field, { driver, options }) {
  const key = kindKey(driver, options?.preset);
  if (field.options.some(([value]) => value === key)) return field;
  return { ...field, options: [...field.options, [key, kindWords(driver, options?.preset)]] };
}
