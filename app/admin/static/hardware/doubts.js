// What may well be a slip, and is saved only when it is said once more.

import { el, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { lineAt, listOf } from "./config.js";

// These are alone on their line, whatever number stands there.
const WITHOUT_ADDRESS = ["cd5220", "dm-d", "frame/sunpn"];

/** The words of warning if another board than `name` has this address on the line already, else "". */
export function twinWords(config, url, kind, address, name = null) {
  const bus = lineAt(config, url)?.name;
  if (!bus || WITHOUT_ADDRESS.some((each) => kind === each || kind.startsWith(`${each}/`))) return "";
  const twin = listOf(config, "boards").find((board) => board.bus === bus && (board.address ?? 1) === address && board.name !== name);
  return twin ? t("%(name)s has address %(n)s on this line already: both would show the same.", { name: twin.name, n: address }) : "";
}

/** Asks `doubtOf(values)` for words of warning; `button` then says that it saves all the same. */
export function makeDoubts(form, button, doubtOf) {
  const node = el("p", { class: "warning", role: "alert", hidden: true });
  let told = "";

  function forget() {
    if (!told) return;
    told = "";
    node.hidden = true;
    setText(button, t("Save"));
  }

  function isSure() {
    const words = doubtOf(form.values());
    if (!words || words === told) return true;
    told = words;
    setText(node, words);
    node.hidden = false;
    setText(button, t("Save all the same"));
    node.scrollIntoView({ block: "center" });
    return false;
  }

  form.node.addEventListener("input", forget);
  form.node.append(node);
  return { isSure, forget };
}
