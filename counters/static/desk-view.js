// The desk: what stands still on the page (names, number, ring, buttons) filled in. Nothing is made or removed here,
// so the focus stays where the clerk left it and every button stays in its place.

import { hhmm, hubRate } from "/static/clock.js";
import { setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { presentOf, runningClock, undoOf, verbsOf } from "/static/counters/model.js";
import { classWords, servesHere } from "/static/counters/visit-view.js";
import { counterState, nameOf, paceWords, undoLabel } from "/static/counters/words.js";

const $ = (id) => document.getElementById(id);
const MARKS = { open: "mark mark-done", paused: "mark mark-amber", closed: "mark" };

/** Show the counter. `view` is {state, counter, now, press, resting, down, reason, waiting}. */
export function showDesk(view) {
  showBar(view);
  showPresent(view);
  showNext(view);
  showVerbs(view);
  showUndo(view);
}

function showBar({ counter }) {
  setText($("desk-number"), t("Counter %(n)s", { n: counter.number }));
  setText($("desk-name"), counter.clerk?.full_name || counter.name || "");
  setText($("desk-state"), counterState(counter));
  setAttribute($("desk-state"), "class", MARKS[counter.state]);
  $("pause").hidden = counter.state !== "open";
}

function showPresent({ state, counter, now, reason }) {
  const present = presentOf(state, counter, now);
  const stage = $("stage");
  setAttribute(stage, "data-level", present?.level ?? "empty");
  stage.style.setProperty("--share", present?.share ?? 0);
  if (present) stage.style.setProperty("--tick", present.goal.amber_s / present.goal.target_s);
  setText($("number"), present?.number ?? "–");
  setText($("clock"), present ? runningClock(present.elapsedMs) : "");
  $("pace").hidden = !present;
  if (present) {
    setText($("pace"), paceWords(present.level, present.goal));
    setAttribute($("pace"), "class", `mark mark-${{ calm: "done", amber: "amber", late: "late" }[present.level]}`);
  }
  setText($("doing"), doing(present));
  setText($("reason"), present ? reason : "");
  setText($("belongs"), belongs(state, present));
}

function doing(present) {
  if (!present) return t("Nobody at the counter");
  const values = { time: hhmm(present.since) };
  return present.state === "called" ? t("Called at %(time)s", values) : t("Here since %(time)s", values);
}

function belongs(state, present) {
  if (!present) return "";
  const words = [nameOf(state.services.get(present.service)) || present.service];
  if (present.priority) words.push(present.claimed ? t("priority") : classWords(state.centre, present.priority));
  return words.join(" · ");
}

function showNext({ state, counter, press, resting, down, waiting, stuck }) {
  const calling = press && ["next", "call", "open"].includes(press.verb);
  const button = $("next");
  setAttribute(button, "aria-disabled", press || resting ? "true" : "false");
  setAttribute(button, "aria-busy", press ? "true" : "false");
  setAttribute(button, "data-mode", press && (down || stuck) ? "held" : press ? "busy" : resting ? "done" : "ready");
  setText($("next-label"), label(counter, press, calling, resting, down || stuck));
  setText($("next-note"), note(state, counter, press, down || stuck, waiting, resting));
}

function label(counter, press, calling, resting, down) {
  if (press && down) return t("Waiting for the line…");
  if (calling && press.verb !== "open") return t("Calling…");
  if (resting && counter.ticket) return t("%(number)s called", { number: counter.ticket.number });
  if (counter.state === "paused") return t("Back to work");
  return counter.state === "closed" ? t("Open the counter") : t("Call the next number");
}

function note(state, counter, press, down, waiting, resting) {
  if (press && down) return t("The line is down: this will be sent when it is back");
  if (down) return t("The line is down: a press is kept and sent later");
  if (counter.state !== "open") return counterState(counter);
  if (resting) return "";
  if (counter.ticket) return ending(state, counter);
  return waiting ? t("%(n)s people waiting", { n: waiting }) : t("Nobody is waiting.");
}

function ending(state, counter) {
  const { number, then } = counter.ticket;
  if (!then?.length) return t("%(number)s will be marked finished", { number });
  const service = nameOf(state.services.get(then[0])) || then[0];
  if (servesHere(counter, then[0])) return t("%(number)s goes on here: %(service)s", { number, service });
  return t("%(number)s will wait for %(service)s", { number, service });
}

function showVerbs({ counter, press }) {
  const possible = verbsOf(counter);
  for (const button of document.querySelectorAll("[data-verb]")) {
    const { verb } = button.dataset;
    setAttribute(button, "aria-disabled", press || !possible[verb] ? "true" : "false");
    setAttribute(button, "aria-busy", press?.verb === verb ? "true" : "false");
  }
}

function showUndo({ counter, now, press }) {
  const undo = undoOf(counter, now, hubRate());
  $("undo").hidden = !undo;
  if (!undo) return;
  setText($("undo-left"), undo.seconds);
  setAttribute($("undo"), "title", undoLabel(undo.verb));
  setAttribute($("undo"), "aria-disabled", press ? "true" : "false");
}

function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}
