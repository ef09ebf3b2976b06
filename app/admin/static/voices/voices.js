// Which languages there are, who says each and why; a click opens the recordings of one.

import { command, get } from "/static/api.js";
import { el, replace, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { openSheet } from "../sheet.js";
import { showTable } from "../table.js";
import { NEW_LANGUAGE, bodyOf } from "./description.js";
import { openPack } from "./pack.js";

const SPEAKERS = {
  clips: t("the recordings of this centre"), piper: t("the program piper"), espeak: t("the program espeak-ng"),
  shipped: t("the recordings that came with the program"),
};

const table = document.querySelector("[data-view=table]");
const problems = document.querySelector("[data-view=problems]");
const pack = document.querySelector("[data-view=pack]");

document.querySelector("[data-add]").addEventListener("click", begin);
await reload();
const asked = new URLSearchParams(location.search).get("language");
if (asked) await open(asked);

async function reload() {
  const { languages, problems: wrong } = await get("/voices");
  replace(problems, wrong.map((words) => el("p", { class: "voices-problem", role: "alert" }, words)));
  showTable(table, {
    rows: languages, key: ({ code }) => code, empty: t("There is no language yet."),
    columns: [
      { title: t("Language"), cell: nameCell },
      { title: t("Texts"), cell: ({ texts }) => (texts ? t("translated") : t("told in Vietnamese")) },
      { title: t("Calls"), cell: spokenCell },
      { title: t("Recorded here"), cell: recordedCell },
      { title: t("Kiosk offers it"), cell: offeredCell },
    ],
  });
  return languages;
}

function nameCell({ code, name }) {
  return el("button", { type: "button", class: "row-open", onclick: () => open(code) }, el("b", { lang: code }, name), " ", el("span", { class: "quiet" }, code));
}

// Why it is so is told in the log's own words, for whoever sets the machine up.
function spokenCell({ by, why, reads }) {
  const mark = by ? el("span", { class: "mark mark-done" }, SPEAKERS[by]) : el("span", { class: "mark" }, t("in Vietnamese only"));
  return [mark, reads && el("small", {}, t("other texts are read aloud too")),
    el("details", { class: "quiet" }, el("summary", {}, t("Why")), el("small", { lang: "en" }, why))];
}

function recordedCell({ own, recorded, needed }) {
  return own ? t("%(recorded)s of %(needed)s phrases", { recorded, needed }) : "–";
}

function offeredCell({ code, name, offered }) {
  const box = el("input", { type: "checkbox", "aria-label": t("The kiosk offers %(name)s", { name }), disabled: code === "vi" });
  box.checked = offered;
  box.addEventListener("change", () => offer(code, box));
  return el("label", { class: "check" }, box);
}

async function offer(code, box) {
  const settings = await get("/settings");
  const others = settings.languages.filter((each) => each !== code);
  try {
    await command("PUT", "/settings", { ...settings, languages: box.checked ? [...others, code] : others });
    toast(t("Saved. Every screen knows it now."), "done");
  } catch (error) {
    toast(error.message, "error");
  }
  await reload();
}

function begin() {
  openSheet({
    title: t("Record a language"), saveWords: t("Begin"), value: { region: "north" }, groups: [{ fields: NEW_LANGUAGE }],
    save: ({ code, ...facts }) => command("PUT", `/voices/${encodeURIComponent(code)}`, bodyOf(facts)),
    saved: async ({ code }) => {
      await reload();
      await open(code);
    },
  });
}

async function open(code) {
  history.replaceState(null, "", `?language=${encodeURIComponent(code)}`);
  await openPack(pack, code, { changed: reload });
}
