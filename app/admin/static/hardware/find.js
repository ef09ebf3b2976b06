// The second step: what hangs on the line. Found by asking, by trying until somebody sees it, or known already.

import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { makeForm } from "../form.js";
import { lineToAsk, speedWords } from "./config.js";
import { ADDRESS_FIELD, kindField } from "./fields.js";
import { kindsOf } from "./kinds.js";
import { makeScan } from "./scan.js";
import { makeTry } from "./try.js";

const WAYS = [
  ["scan", t("Find boards"), t("Asks each address. Changes nothing on the boards.")],
  ["try", t("Try each kind"), t("Sends 8888 in one way after the other, until you see it.")],
  ["know", t("I know the kind"), t("It stands on the back, or in the maker's leaflet.")],
];

/** Puts `kind` and `address` into `draft`, and into `line` the speed at which the board was found, where it is another. */
export function makeFinder(latest, draft, changed) {
  const panel = el("div", { class: "find-panel" });
  const chosen = el("p", { class: "chosen", role: "status", hidden: true });
  const kinds = kindsOf(latest().setup.families);
  const { options } = kindField(latest().setup.families);
  let present = null;
  let way = "";
  let asked = lineKey();
  let typed = null; // an address that was typed under one way goes along to another

  function lineKey() {
    const { url, ...line } = lineToAsk(latest().config, draft);
    return `${url} ${JSON.stringify(line)}`;
  }

  const take = (kind, address, line = {}) => {
    Object.assign(draft, { kind, address, line });
    typed = null;
    const [, words] = options.find(([key]) => key === kind) ?? [];
    const speed = Object.keys(line).length ? `, ${speedWords({ ...draft, ...line })}` : "";
    replace(chosen, el("b", {}, words ?? kind), " ", t("at address %(n)s", { n: address }), speed);
    chosen.hidden = false;
    changed();
  };
  const makers = {
    scan: () => makeScan(latest, draft, { take, tryAt: (limits) => show("try", limits) }),
    try: (limits) => makeTry(latest, draft, { kinds, take, typed: (address) => { typed = address; }, address: typed ?? draft.address, ...limits }),
    know: () => makeKnown(latest, draft, take, typed ?? draft.address),
  };
  const buttons = WAYS.map(([way, words, hint]) => el("button", { type: "button", class: "way-in", "data-way": way, onclick: () => show(way) },
    el("b", {}, words), el("small", { class: "quiet" }, hint)));

  function show(wanted, limits = {}) {
    present?.stop?.();
    way = wanted;
    for (const button of buttons) button.setAttribute("aria-pressed", button.dataset.way === way);
    present = makers[way](limits);
    replace(panel, present.node);
  }

  // gone back for another port or speed: what was found there is found there no more
  function enter() {
    if (asked === lineKey()) return;
    asked = lineKey();
    if (way) show(way);
  }

  return {
    enter, node: el("div", { class: "step-find" }, el("p", {}, t("Which kind of board is it? There are three ways to tell.")),
      el("div", { class: "ways-to-find" }, buttons), panel, chosen),
    ready: () => Boolean(draft.kind), stop: () => present?.stop?.(),
  };
}

function makeKnown(latest, draft, take, address) {
  const form = makeForm([{ fields: [kindField(latest().setup.families), ADDRESS_FIELD] }]);
  form.fill({ kind: draft.kind || null, address });
  const settle = () => {
    const { kind, address: at } = form.values();
    if (at !== null) take(kind, at);
  };
  form.node.addEventListener("input", settle);
  form.node.addEventListener("submit", (event) => event.preventDefault());
  settle();
  return { node: form.node };
}
