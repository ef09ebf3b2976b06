// What the agent says by codes, in the words of whoever stands on the ladder.

import { hhmm } from "/static/clock.js";
import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { reasonWords } from "/static/reasons.js";

const STATES = {
  shown: ["mark-done", t("answers")], sent: ["", t("sent")], down: ["mark-late", t("down")],
  ready: ["mark-done", t("ready")], paper_low: ["mark-amber", t("paper is near its end")],
  paper_out: ["mark-late", t("paper is out")], cover_open: ["mark-late", t("the cover is open")],
  error: ["mark-late", t("fault")], no_answer: ["mark-late", t("does not answer")],
  heard: ["mark-done", t("heard")], silent: ["", t("nothing heard yet")],
};
const VERDICTS = {
  shown: t("The board answered that it shows it."), sent: t("Sent. This kind does not answer."),
  unanswered: t("No answer."), garbled: t("An answer that is not understood."), refused: t("The board refused it."),
};

export const verdictWords = ({ verdict, detail }) => VERDICTS[verdict] ?? [verdict, detail].filter(Boolean).join(": ");

/** A refusal of the agent, or of the hub, as a sentence. */
export function errorWords(error) {
  if (error.facts?.problems) return error.facts.problems.map(({ what }) => problemWords(what)).join(" ");
  return reasonWords({ code: error.facts?.reason, detail: error.message });
}

/** The cell of a piece of equipment: a word in colour, and below it what else is known. */
export function stateNode(thing, online) {
  if (!online) return el("span", { class: "mark mark-late" }, t("the agent is not connected"));
  if (!thing) return el("span", { class: "mark" }, t("no news yet"));
  const [colour, words] = STATES[thing.state] ?? ["", thing.state];
  const more = moreWords(thing, words);
  return el("span", { class: "state", "data-state": thing.state }, el("span", { class: `mark ${colour}` }, words), more && el("small", {}, more));
}

const WELL = new Set(["ready", "heard", "silent"]);

function moreWords({ state, shown, code, detail, since, next_attempt: next }, words) {
  if (state === "shown") return shown ? t("shows %(text)s", { text: shown }) : t("dark now");
  if (state === "sent") return [shown, t("this kind does not answer")].filter(Boolean).join(" – ");
  const why = WELL.has(state) && !code ? "" : reasonWords({ code, detail });
  return [why === words ? "" : why, since && state !== "heard" && t("since %(time)s", { time: hhmm(since) }),
    next && t("tries again at %(time)s", { time: hhmm(next) })].filter(Boolean).join(" – ");
}

const PIECES = [
  [/^start$/, () => t("start")], [/^end$/, () => t("end")], [/^(?:address|unit) (\d+)$/, (n) => t("address %(n)s", { n })],
  [/^text '(.*)'$/, (text) => t("the text “%(text)s”", { text })], [/checksum|CRC/i, () => t("checksum")], [/^bytes as given$/, () => ""],
];

/** What some bytes of a frame are. */
export const pieceWords = (meaning) => said(PIECES, meaning);

const PROBLEMS = [
  [/^the name .* is already/, () => t("Something else has this name already.")],
  [/^address \d+ is no Modbus unit/, () => t("A Modbus board has an address between 1 and 247.")],
  [/greater than or equal to (\S+)/, (n) => t("At least %(n)s.", { n })],
  [/less than or equal to (\S+)/, (n) => t("At most %(n)s.", { n })],
  [/is already another bus's port/, () => t("Another line uses this port already.")],
  [/the board has (\d+) .*(?:places|digits)/, (n) => t("The board has %(n)s places only.", { n })],
  [/^width \d+ is more than the (\d+) characters/, (n) => t("The board has %(n)s places only.", { n })],
  [/^cannot show .*(?:does not fit in|file has) \d+ bytes/, () => t("The board has no room for so much.")],
  [/characters that the board does not have|end mark|seven segments cannot draw/, () => t("The board cannot show these characters.")],
  [/^say the width/, () => t("Give the width: only then can a text be aligned to the right.")],
  [/takes a (?:whole )?number/, () => t("This kind shows digits only.")],
  [/the brightness of .* cannot be set/, () => t("The brightness of this kind cannot be set over the line; leave it empty.")],
  [/already (?:another printer's port|used by something else|the port of)|another pad has this very device/, () => t("Something else is at this port or device already.")],
  [/give either 'url'/, () => t("Give the serial port or the USB device: one of the two.")],
  [/give either 'counter'/, () => t("Give the counter or the kiosk: one of the two.")],
  [/a USB pad has a device/, () => t("Give the USB device.")], [/has a bus and no device/, () => t("Give the port to which it is wired.")],
  [/has an address of (\d+ to \d+)/, (range) => t("Its address is one of %(range)s.", { range: range.replace(" to ", "–") })],
  [/no way to a/, () => t("A port begins with /dev/, or for a network adapter with socket://.")],
  [/a network printer is written/, () => t("A printer in the network is written tcp://192.168.1.50:9100.")],
  [/names no host/, () => t("Give the address in the network, such as tcp://192.168.1.50:9100.")],
  [/^rs485 is for this machine's own ports/, () => t("RS-485 is switched only at a port of this PC; a network adapter does that by itself.")],
  [/^echo is for a real adapter/, () => t("A simulated line has no echo.")],
  [/at least 1 character/, () => t("Please fill this in.")],
  [/^address \d+ does not fit .*\((\d+ to \d+)\)/, (range) => t("Its address is one of %(range)s.", { range: range.replace(" to ", "–") })],
  [/^address \d+ is no address of .*\((\d+ to \d+)/, (range) => t("Its address is one of %(range)s.", { range: range.replace(" to ", "–") })],
  [/^the key '(.*?)' is missing/, (key) => t("“%(key)s” is missing.", { key })],
  [/^unknown key '(.*?)'/, (key) => t("“%(key)s” is not known here.", { key })],
  [/non-hexadecimal/, () => t("Give bytes in hex, such as 02 41.")],
  [/^Input should be ('.*)/, (choices) => t("One of: %(choices)s.", { choices: choices.replaceAll("'", "").replace(" or ", ", ") })],
  [/needs a pattern/, () => t("Give the bytes of a press.")],
  [/^an address and 'ii'/, () => t("An address and ii in the bytes go together: give both or neither.")],
  [/is too large for the pattern/, () => t("This address is too large for ii in the bytes.")],
  [/is no part of a pattern/, () => t("Only bytes in hex, ii, nn and ??, and at the end sum8, xor8, sum16 or crc16.")],
  [/^no key does anything/, () => t("Give at least one key, such as 31 = next.")],
  [/^no action '(.*?)'/, (name) => t("There is no action “%(name)s”.", { name })], [/^no key '(.*?)'/, (name) => t("There is no key “%(name)s”.", { name })],
];

/** One of the agent's problems with a configuration. */
export const problemWords = (what) => said(PROBLEMS, bare(what));

/** Without what the checker adds: its own name for an error, and the whole of what was given. */
export const bare = (what) => what.replace(/^Value error, /, "").replace(/ \(it is .*\)$/s, "");

// In the reader's words where they are known, else in the agent's.
function said(table, text) {
  for (const [pattern, words] of table) {
    const found = pattern.exec(text);
    if (found) return words(found[1]);
  }
  return text;
}
