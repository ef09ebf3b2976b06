// The one line in which a clerk tells the dossiers of a citizen: "1 2o k1s" is one received in person, two online, and one
// result (kết quả) returned early (sớm); k1 on its date, k1m after it (muộn). A number left out is 1. Pure.

import { t } from "/static/i18n.js";

const MOST = 99;
const PIECE = /k\d{0,2}(?!\d)[sm]?|\d{1,2}(?!\d)o?/g;
const SIGNS = {
  received_in_person: ["", ""],
  received_online: ["", "o"],
  returned_before: ["k", "s"],
  returned_on: ["k", ""],
  returned_after: ["k", "m"],
};

/** The five counts, in the order in which they are told. */
export const KINDS = Object.keys(SIGNS);

/** What a line means: {counts, wrong}; `wrong` is the first word that means nothing, or "". */
export function readLine(line) {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  let wrong = "";
  for (const word of plain(line).split(/[\s,;.+]+/).filter(Boolean)) {
    const pieces = word === "o" ? ["o"] : (word.match(PIECE) ?? []);
    if (pieces.join("") !== word) wrong ||= word;
    else for (const piece of pieces) add(counts, piece);
  }
  const tooMany = KINDS.find((kind) => counts[kind] > MOST);
  return { counts, wrong: wrong || (tooMany ? String(counts[tooMany]) : "") };
}

/** The shortest line that means these counts. */
export function writeLine(counts) {
  const words = KINDS.filter((kind) => counts[kind] > 0).map((kind) => `${SIGNS[kind][0]}${counts[kind]}${SIGNS[kind][1]}`);
  return words.join(" ");
}

/** One more or one less of a kind. */
export function stepped(counts, kind, by) {
  return { ...counts, [kind]: Math.min(MOST, Math.max(0, counts[kind] + by)) };
}

/** The counts in words, "" for nothing. */
export function lineWords(counts) {
  return KINDS.filter((kind) => counts[kind] > 0).map((kind) => PHRASES[kind](counts[kind])).join(", ");
}

const PHRASES = {
  received_in_person: (n) => t("%(n)s in person", { n }),
  received_online: (n) => t("%(n)s online", { n }),
  returned_before: (n) => t("%(n)s returned before its date", { n }),
  returned_on: (n) => t("%(n)s returned on its date", { n }),
  returned_after: (n) => t("%(n)s returned after its date", { n }),
};

function add(counts, piece) {
  const [, sign, digits, end] = /^(k?)(\d*)([osm]?)$/.exec(piece);
  const kind = KINDS.find((each) => SIGNS[each][0] === sign && SIGNS[each][1] === end);
  counts[kind] += digits === "" ? 1 : Number(digits);
}

// An input method may have put marks on the letters.
function plain(line) {
  return line.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
