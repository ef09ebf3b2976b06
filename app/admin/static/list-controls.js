// Controls for lists: the priority classes of a centre, and the services of a counter.

import { el } from "/static/dom.js";
import { t } from "/static/i18n.js";

/** Priority classes: [{ code, name, name_en }], one line each. */
export function classes(_field, id) {
  const list = el("div", { class: "class-list" });
  const add = el("button", { type: "button", class: "button button-small", id, onclick: () => addLine({}).focus() }, t("Add a class"));

  function addLine({ code = "", name = "", name_en: nameEn = "" }) {
    const inputs = [["code", t("Code"), code], ["name", t("Name shown"), name], ["name_en", t("Name in English"), nameEn]]
      .map(([key, words, value]) => {
        const input = el("input", { type: "text", "data-key": key, "aria-label": words, placeholder: words, required: key !== "name_en" });
        input.value = value;
        return input;
      });
    const line = el("div", { class: "class-line" }, inputs,
      el("button", { type: "button", class: "button button-small button-quiet", onclick: () => line.remove() }, t("Remove")));
    list.append(line);
    return inputs[0];
  }

  return {
    node: el("div", {}, list, add), input: add,
    get: () => [...list.children].map((line) => Object.fromEntries(
      [...line.querySelectorAll("input")].map((input) => [input.dataset.key, input.value.trim()]))),
    set: (values) => {
      list.replaceChildren();
      for (const value of values ?? []) addLine(value);
    },
  };
}

const WAYS = ["none", "own", "help"];

/** The services of a counter, { own: [code], help: [code] }: not, own, or help, one choice a service. */
export function served(field, id) {
  const words = { none: t("not"), own: t("own"), help: t("helps") };
  let former = [];
  const choice = (code, way, first) => {
    const radio = el("input", { type: "radio", name: `served-${code}`, value: way, id: first ? id : null });
    return el("label", { class: "way" }, radio, words[way]);
  };
  const lines = field.services.map(({ code, letter, name }, index) =>
    el("div", { class: "served-line", role: "radiogroup", "aria-label": name, "data-code": code },
      el("span", { class: "letter" }, letter), el("span", {}, name),
      el("span", { class: "ways" }, WAYS.map((way, place) => choice(code, way, !index && !place)))));
  const node = el("div", { class: "served" }, lines);
  const taken = (way) => {
    const now = lines.filter((line) => line.querySelector("input:checked")?.value === way).map((line) => line.dataset.code);
    // The order in which a counter has taken its services is kept; new ones come last.
    return [...former.filter((code) => now.includes(code)), ...now.filter((code) => !former.includes(code))];
  };
  return {
    node, input: node.querySelector("input") ?? el("input"),
    get: () => ({ own: taken("own"), help: taken("help") }),
    set: ({ own = [], help = [] }) => {
      former = [...own, ...help];
      for (const line of lines) {
        const { code } = line.dataset;
        const way = own.includes(code) ? "own" : help.includes(code) ? "help" : "none";
        line.querySelector(`[value=${way}]`).checked = true;
      }
    },
  };
}
