// Choosing a poster: its address follows the choice, and is tried before anybody opens it.

import { ApiError, get } from "/static/api.js";
import { el, replace } from "/static/dom.js";
import { t } from "/static/i18n.js";

const form = document.querySelector("[data-view=posters]");
const problem = form.querySelector("[data-problem]");
const links = form.querySelectorAll("[data-open], [data-save]");
let asked = 0;

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("change", show);
fill();

async function fill() {
  try {
    const [{ services }, { procedures }] = await Promise.all([get("/services"), get("/procedures")]);
    const open = services.filter(({ active }) => active);
    replace(form.elements.service, open.map(option));
    replace(form.elements.procedure, open.map((service) =>
      el("optgroup", { label: service.name }, procedures.filter((each) => each.service === service.code).map(option))));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return tell(error.message);
  }
  show();
}

function option({ code, name }) {
  return el("option", { value: code }, name);
}

async function show() {
  const { kind, size } = Object.fromEntries(new FormData(form));
  for (const part of form.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== kind;
  const code = form.elements[kind]?.value;
  const path = code === undefined ? kind : `${kind}/${encodeURIComponent(code)}`;
  const address = `/api/v1/posters/${path}.pdf?size=${size}`;
  for (const link of links) link.href = address;
  const mine = ++asked;
  const why = await whyNot(address);
  if (mine === asked) tell(why);
}

/** Why there would be no poster, "" if there is one. */
async function whyNot(address) {
  try {
    const answer = await fetch(address, { method: "HEAD" });
    if (answer.ok) return "";
    const { detail } = await (await fetch(address)).json();
    return detail;
  } catch (error) {
    return `${t("The server does not answer.")} ${error}`;
  }
}

function tell(why) {
  problem.hidden = why === "";
  problem.textContent = why;
  for (const link of links) {
    if (why) link.removeAttribute("href");
    link.setAttribute("aria-disabled", String(why !== ""));
  }
}
