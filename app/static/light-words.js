// What came of lighting a board, for whoever looks for it: [words, the kind of toast].

import { t } from "/static/i18n.js";
import { reasonWords } from "/static/reasons.js";

const ALL_LIT = "8888"; // of an agent older than the hub, which does not tell what it showed

/** `name` is what people call the board; the rest is the hub's answer. Only one that has answered so is said to be lit. */
export function lightWords(name, { sent = false, state, text, code, detail }) {
  const facts = { board: name, text: text || ALL_LIT, why: reasonWords({ code, detail }) };
  if (state === "shown") return [t("%(board)s says that it shows %(text)s.", facts), "done"];
  if (state === "sent") return [t("%(text)s was sent to %(board)s. It cannot answer: look up whether it is lit.", facts)];
  if (!facts.why) return [t("%(board)s could not be lit; its state says why.", facts), "error"];
  if (sent) return [t("%(text)s was sent to %(board)s; look up whether it is lit. It reports: %(why)s", facts), "error"];
  return [t("%(board)s could not be lit: %(why)s", facts), "error"];
}
