// A word from the staff on every TV of the hall, until a time or until it is taken back.

import { ApiError, command } from "/static/api.js";
import { everySecond, hhmm, hubNow } from "/static/clock.js";
import { el, replace, setText, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { dueMessages } from "/static/notice-due.js";

const LONGEST = 80;
const WRITTEN = /^(\d{1,2})\s*[:.hg]?\s*(\d{2})?$/i; // 11:30, 11h30, 1130, 11h

/** A button that opens the box. `read()` gives the notices as the page knows them; `changed()` runs after a change. */
export function messageButton(read, changed = () => {}) {
  const button = el("button", { type: "button", class: "button button-small", onclick: () => openBox(read, changed) });
  everySecond(() => {
    const count = dueMessages(read() ?? [], hubNow()).length;
    setText(button, count ? `${t("Message on the screens")} · ${count}` : t("Message on the screens"));
  });
  return button;
}

/** A name that nobody else takes. */
export function newId(what) {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `${what}-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function openBox(read, changed) {
  const text = el("input", { type: "text", id: "message-text", name: "text", required: true, maxlength: LONGEST, autocomplete: "off", placeholder: t("for example: 11:30 counter 3 has a lunch break") });
  const until = el("input", { type: "text", id: "message-until", name: "until", maxlength: 6, autocomplete: "off", placeholder: "11:30" });
  const problem = el("p", { class: "problem", role: "alert", hidden: true });
  const list = el("ul", { class: "message-list" });
  const form = el("form", { class: "stack", autocomplete: "off" },
    el("div", { class: "field" }, el("label", { for: "message-text" }, t("Message")), text),
    el("div", { class: "field" }, el("label", { for: "message-until" }, t("Until (leave empty: until it is taken back, at most today)")), until),
    problem, el("button", { type: "submit", class: "button button-primary" }, t("Show it now")));
  const dialog = el("dialog", { "aria-labelledby": "message-title" },
    el("h2", { id: "message-title" }, t("Message on the screens")),
    el("p", { class: "quiet" }, t("Every TV of the hall shows it under the calls at once.")), form, list,
    el("div", { class: "dialog-actions" }, el("button", { type: "button", class: "button", onclick: () => dialog.close() }, t("Back"))));

  const tell = (words) => {
    setText(problem, words);
    problem.hidden = !words;
  };
  const attempt = async (work) => {
    tell("");
    try {
      await work();
      await changed();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      tell(error.facts.what === "until" ? t("That time is over already.") : error.message);
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void attempt(async () => {
      const end = until.value.trim() && clockTime(until.value);
      if (end === null) return tell(t("Please give times such as 07:30."));
      await command("PUT", `/notices/${newId("message")}`, { kind: "message", text: text.value.trim(), until: end || null });
      text.value = "";
      return toast(t("The screens show it."), "done");
    });
  });
  const stop = everySecond(() => showList(list, dueMessages(read() ?? [], hubNow()), (id) => attempt(() => command("DELETE", `/notices/${id}`))));
  dialog.addEventListener("close", () => {
    stop();
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}

// A browser's own time field may say AM and PM.
function clockTime(text) {
  const [, hours, minutes = "00"] = WRITTEN.exec(text.trim()) ?? [];
  return hours < 24 && minutes < 60 ? `${hours.padStart(2, "0")}:${minutes}` : null;
}

function showList(list, messages, takeBack) {
  const said = JSON.stringify(messages);
  if (list.dataset.said === said) return;
  list.dataset.said = said;
  replace(list, messages.map(({ id, text, until }) => el("li", { class: "spread" },
    el("span", {}, el("b", {}, text), until && ` · ${t("until %(time)s", { time: hhmm(until) })}`),
    el("button", { type: "button", class: "button button-small", onclick: () => takeBack(id) }, t("Take it back")))));
}
