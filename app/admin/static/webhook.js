// The centre's SMS or Zalo gateway: where it is, what came of the last messages, and a test message to try it.

import { ApiError, command, get } from "/static/api.js";
import { hhmm, longDate } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";

import { showTable } from "./table.js";

const LOOK_MS = 500;
const LONGEST_MS = 30_000; // the hub gives up earlier
const table = document.querySelector("[data-view=table]");
const told = document.querySelector("[data-view=test]");
const button = document.querySelector("[data-test]");
const STATES = { waiting: t("to be sent"), done: t("arrived"), failed: t("given up") };

button.addEventListener("click", tryOut);
show();

async function show() {
  const { on, to, events, deliveries } = await get("/outgoing");
  button.hidden = !on;
  setText(document.querySelector("[data-view=where]"), on
    ? t("Messages go to %(to)s, of these events: %(events)s.", { to, events: events.join(", ") })
    : t("No gateway is set. Write webhook_url and webhook_secret into toiluot.toml, then start the hub again."));
  showTable(table, {
    rows: deliveries, key: ({ id }) => id, empty: t("Nothing has been sent yet."),
    columns: [
      { title: t("When"), class: "when", cell: ({ at }) => [hhmm(at), el("small", { class: "quiet" }, longDate(at))] },
      { title: t("Event"), cell: ({ event }) => el("code", {}, event) },
      { title: t("Tries"), cell: ({ attempts }) => String(attempts) },
      { title: t("What came of it"), cell: ({ status, error }) => [STATES[status], error && el("small", { class: "quiet" }, error)] },
    ],
  });
}

async function tryOut() {
  button.disabled = true;
  try {
    tell(await outcome(await command("POST", "/outgoing/test")));
    await show();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    tell({ state: "failed", says: error.message });
  } finally {
    button.disabled = false;
  }
}

async function outcome(first) {
  const until = performance.now() + LONGEST_MS;
  let trial = first;
  while (trial.state === "waiting" && performance.now() < until) {
    tell(trial);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    trial = await get("/outgoing/test");
  }
  return trial;
}

function tell({ state, says }) {
  replace(told, el("span", { class: { done: "done", failed: "problem" }[state], "data-state": state }, says));
}
