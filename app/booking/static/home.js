// Taking a number by phone: from home (/home), or in the hall by the poster's code (/take).

import { ApiError, command, get } from "/static/api.js";
import { everySecond, hhmm, hubNow, hubRate, setHubClock, toMs } from "/static/clock.js";
import { el, replace, setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { data, language } from "/static/page.js";

const LOOK_MS = 30_000;
const SPREAD_MS = 3_000; // all the phones that wait for the opening do not ask in the same moment

const atHall = Boolean(data.secret);
const list = document.querySelector(".home-services");
const wished = new URLSearchParams(location.search);
const asked = wished.get("lang");
const refusal = document.querySelector("[data-refused]");

async function take(service) {
  const body = { service, language };
  if (service === wished.get("service") && wished.get("procedure")) body.procedure = wished.get("procedure");
  const person = document.getElementById("person");
  if (person) body.person = person.value.trim();
  if (atHall) body.secret = data.secret;
  busy(true);
  tell(t("Taking your number …"));
  try {
    const { url } = await command("POST", atHall ? "/take" : "/home", body);
    location.assign(asked ? `${url}?lang=${asked}` : url);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    tell(error.detail || error.title, error.facts.url);
    if (error.code === "person_needed" || error.code === "not_a_person") person?.focus();
    busy(false);
    if (!atHall) look();
  }
}

function busy(now) {
  list.classList.toggle("home-busy", now);
  list.inert = now;
}

/** `mine`: where the number that this phone holds already is. */
function tell(words, mine = null) {
  refusal.hidden = false;
  replace(refusal, el("p", {}, words), mine && el("a", { href: mine }, t("To my number")));
  refusal.scrollIntoView({ block: "nearest" });
}

async function look() {
  if (document.hidden) return;
  try {
    const offer = await get(`/home?service=${encodeURIComponent(wished.get("service") ?? "")}`);
    setHubClock(offer.now, hubRate());
    if (offer.state !== data.state) return location.reload();
    for (const each of offer.services) show(each);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error; // the next look may have a line
  }
}

function show({ code, left, served, ready_at: ready }) {
  const button = list?.querySelector(`[data-service="${CSS.escape(code)}"]`);
  if (!button) return;
  button.disabled = !left;
  setText(button.querySelector("[data-left]"), left ? t("%(n)s left", { n: left }) : served ? t("All gone for today") : t("No counter serves this any more today"));
  setText(button.querySelector("[data-ready]"), left ? t("Be there at about %(at)s", { at: hhmm(ready) }) : "");
}

function countDown(node) {
  const leftS = Math.ceil((toMs(node.dataset.opens) - hubNow()) / 1000);
  setText(node, t("It opens in %(time)s.", { time: clockWords(Math.max(0, leftS)) }));
  if (leftS <= 0 && !node.dataset.asked) {
    node.dataset.asked = "yes";
    setTimeout(() => location.reload(), Math.random() * SPREAD_MS);
  }
}

function clockWords(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return (parts[0] ? parts : parts.slice(1)).map((part) => String(part).padStart(2, "0")).join(":");
}

list?.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-service]");
  if (button) take(button.dataset.service);
});
if (list) busy(false); // as it comes, nothing hears a press yet
addEventListener("pageshow", ({ persisted }) => persisted && location.reload()); // "back" from one's number
const count = document.querySelector("[data-opens]");
if (count) everySecond(() => countDown(count));
if (!atHall) {
  setInterval(look, LOOK_MS);
  document.addEventListener("visibilitychange", look);
}
