// Adding a board, in steps: the port, what hangs there, what it shows; then it is seen to work.

import { el, replace, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { makeForm } from "../form.js";
import { mayDiscard, watchUnsaved } from "../guard.js";
import { freeName, lineAt, lineFrom, listOf, LINE_DEFAULTS, withLine, withThing } from "./config.js";
import { doneNode } from "./done.js";
import { makeDoubts, twinWords } from "./doubts.js";
import { ADDRESS_FIELD, boardFrom, boardValues, counterWithout, FACE_FIELDS, kindField, OPTIONS_FIELD, placeFields, showOwnSettings } from "./fields.js";
import { makeFinder } from "./find.js";
import { erases, ERASE_WORDS, mayErase } from "./memory.js";
import { makePorts } from "./ports.js";
import { addPreview } from "./preview.js";
import { attempt } from "./problems.js";

const TITLES = [t("Port"), t("Kind of board"), t("Counter and look"), t("See it work")];

export function addBoard(latest) {
  const { config, setup, counters } = latest();
  const draft = { ...LINE_DEFAULTS, url: "", kind: "", address: 1, line: {} };
  const dialog = el("dialog", { class: "sheet sheet-hardware", "aria-label": t("Add a board") });
  const head = el("ol", { class: "steps" }, TITLES.map((title) => el("li", {}, title)));
  const body = el("div", { class: "step" });
  const back = el("button", { type: "button", class: "button", onclick: () => go(at - 1) }, t("Back"));
  const next = el("button", { type: "button", class: "button button-primary", "data-next": true, onclick: onNext }, t("Next"));
  const leave = el("button", { type: "button", class: "button button-quiet", onclick: cancel }, t("Cancel"));
  const makers = [ports, finder, face, done];
  const made = [];
  const nameOver = (counter) => freeName(config, "boards", t("Counter %(n)s", { n: counter }));
  let at = 0;
  let isSaved = false;
  const isDirty = () => Boolean(draft.url) && !isSaved;
  const unwatch = watchUnsaved(isDirty);

  dialog.append(el("h2", {}, t("Add a board")), head, body, el("div", { class: "dialog-actions" }, leave, back, next));
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    cancel();
  });
  dialog.addEventListener("close", () => {
    made.forEach((step) => step?.stop?.());
    unwatch();
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  go(0);

  // A step that was left keeps what was typed in it; only a step that has not been seen yet is made.
  function go(to) {
    made[at]?.stop?.();
    at = to;
    made[at] ??= makers[at]();
    made[at].enter?.();
    [...head.children].forEach((item, index) => {
      item.classList.toggle("over", index < at);
      if (index === at) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    replace(body, made[at].node);
    back.hidden = at === 0 || isSaved;
    leave.hidden = isSaved;
    next.textContent = [t("Next"), t("Next"), t("Save"), t("Done")][at];
    update();
    body.scrollTop = 0;
  }

  function update() {
    next.disabled = !(made[at]?.ready?.() ?? true);
  }

  async function onNext() {
    if (at === 3) return dialog.close();
    if (at === 2 && !(await keep())) return undefined;
    return go(at + 1);
  }

  function cancel() {
    if (mayDiscard(isDirty)) dialog.close();
  }

  function ports() {
    return makePorts(latest, draft, update);
  }

  function finder() {
    return makeFinder(latest, draft, update);
  }

  function face() {
    const form = makeForm([{ fields: placeFields(counters) }, { title: t("On the line"), fields: [kindField(setup.families), ADDRESS_FIELD, OPTIONS_FIELD] },
      { title: t("What it shows"), fields: FACE_FIELDS }]);
    const warning = el("p", { class: "warning", hidden: true }, ERASE_WORDS);
    const counter = counterWithout(listOf(config, "boards"), counters);
    form.fill({ ...boardValues({}, null), ...draft, counter, name: counter && nameOver(counter) });
    followCounter(form, counter && nameOver(counter));
    form.node.append(warning);
    addPreview(form);
    const doubts = makeDoubts(form, next, ({ kind, address }) => twinWords(latest().config, draft.url, kind, address));
    const refreshOwn = showOwnSettings(form);
    form.node.addEventListener("submit", (event) => {
      event.preventDefault();
      onNext();
    });
    let taken = `${draft.kind} ${draft.address}`;
    const enter = () => {
      // gone back for another kind: what was typed here stays, but for what was chosen there
      if (taken !== `${draft.kind} ${draft.address}`) form.fill({ ...form.values(), ...draft });
      taken = `${draft.kind} ${draft.address}`;
      refreshOwn();
      doubts.forget();
      warning.hidden = !erases(form.values().kind, setup.families);
    };
    return { node: form.node, form, enter, isSure: doubts.isSure };
  }

  // The name goes with the counter until somebody gives it another.
  function followCounter(form, first) {
    const name = form.node.querySelector("[name=name]");
    let given = first;
    form.node.addEventListener("input", ({ target }) => {
      if (target.name !== "counter" || name.value !== given || !target.value) return;
      given = nameOver(target.value);
      name.value = given;
    });
  }

  async function keep() {
    const { form, isSure } = made[2];
    if (!form.isRight() || !isSure() || !mayErase(form.values().kind, setup.families)) return false;
    next.disabled = true;
    const values = form.values();
    const [, isTaken] = await attempt(form.node, () => latest().save((present) => withBoard(present, values)));
    next.disabled = false;
    if (!isTaken) return false;
    isSaved = true;
    draft.name = values.name;
    toast(t("Saved. It is in force."), "done");
    return true;
  }

  function withBoard(present, values) {
    const known = lineAt(present, draft.url);
    const [lined, bus] = known ? [present, known.name] : withLine(present, lineFrom({ ...draft, ...draft.line }));
    return withThing(lined, "boards", boardFrom({}, values, bus));
  }

  function done() {
    return doneNode(latest, draft.name, () => {
      dialog.close();
      addBoard(latest);
    });
  }
}
