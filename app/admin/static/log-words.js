// An event of the log as a sentence: what was done, and which facts it changed.

import { t } from "/static/i18n.js";

import { labelOf, valueWords } from "./facts.js";

const SENTENCES = {
  SettingsSaved: () => t("Settings saved"),
  ServiceSaved: ({ data }) => t("Service %(name)s saved", { name: data.service.name }),
  ServiceRemoved: ({ data }) => t("Service %(name)s removed", { name: data.service }),
  CounterSaved: ({ counter }) => t("Counter %(n)s saved", { n: counter }),
  CounterRemoved: ({ counter }) => t("Counter %(n)s removed", { n: counter }),
  CounterServicesSet: ({ counter }) => t("Services of counter %(n)s changed", { n: counter }),
  CatalogueReplaced: ({ data }) => t("Procedures replaced: %(n)s", { n: data.procedures.length }),
  CounterOpened: ({ counter }) => t("Counter %(n)s opened", { n: counter }),
  CounterPaused: ({ counter }) => t("Counter %(n)s paused", { n: counter }),
  CounterClosed: ({ counter }) => t("Counter %(n)s closed", { n: counter }),
  DayStarted: () => t("A new day began"),
  TicketIssued: ({ data }) => t("Number %(number)s given out", { number: data.number }),
  TicketCalled: ({ counter }) => t("A number called to counter %(n)s", { n: counter }),
  TicketRecalled: ({ counter }) => t("A number called again to counter %(n)s", { n: counter }),
  CitizenArrived: ({ counter }) => t("A citizen arrived at counter %(n)s", { n: counter }),
  TicketFinished: ({ counter }) => t("A number finished at counter %(n)s", { n: counter }),
  TicketMissed: ({ counter }) => t("Nobody came to counter %(n)s", { n: counter }),
  TicketParked: ({ counter }) => t("A number set aside at counter %(n)s", { n: counter }),
  TicketTransferred: ({ data }) => t("A number moved to %(service)s", { service: data.service }),
  TicketReturned: () => t("A citizen came back"),
  TicketCancelled: () => t("A number was given up"),
  TicketClosed: () => t("A number was closed unserved"),
  SkillsSaved: ({ data }) => t("Skills of %(name)s saved", { name: data.clerk }),
  RotaSaved: ({ data }) => t("Rota saved: %(n)s shifts", { n: data.shifts.length }),
  SlotsSaved: ({ data }) => t("Appointment times saved: %(n)s", { n: data.slots.length }),
  ClosedDaysSaved: ({ data }) => t("Closed days saved: %(n)s", { n: data.closed.length }),
  BreaksPlanned: ({ counter }) => t("Breaks of counter %(n)s announced", { n: counter }),
  OverrunExplained: ({ counter }) => t("A long handling at counter %(n)s explained", { n: counter }),
  DossiersRecorded: ({ counter }) => t("Dossiers at counter %(n)s written down", { n: counter }),
  AdviceAccepted: ({ counter }) => t("Advice for counter %(n)s accepted", { n: counter }),
  AdviceDeclined: ({ counter }) => t("Advice for counter %(n)s declined", { n: counter }),
  PressUndone: ({ counter }) => t("A press at counter %(n)s was undone", { n: counter }),
};

const NOTES = {
  "signed in": t("%(name)s signed in"), "signed out": t("%(name)s signed out"), "person saved": t("Person %(name)s saved"),
  "password changed": t("Password of %(name)s changed"), "set-up link made": t("Set-up link made"), "set up": t("%(name)s set the centre up"),
  "device added": t("Device %(name)s added"), "device removed": t("Device %(name)s removed"),
};

// Signing in and out is every day's business, not a change of the centre.
const EVERYDAY_NOTES = new Set(["signed in", "signed out"]);
const CHANGES = new Set(["SettingsSaved", "ServiceSaved", "ServiceRemoved", "CounterSaved", "CounterRemoved", "CounterServicesSet",
  "CatalogueReplaced", "SkillsSaved", "RotaSaved", "SlotsSaved", "ClosedDaysSaved"]);

export function isChange({ type, data }) {
  return type === "Noted" ? !EVERYDAY_NOTES.has(data.what) : CHANGES.has(type);
}

export function sentence(event) {
  if (event.type !== "Noted") return SENTENCES[event.type]?.(event) ?? event.type;
  return (NOTES[event.data.what] ?? event.data.what).replace("%(name)s", event.data.name);
}

/** What the event is about, so that it can be compared with the one before it; null where that says nothing. */
export function subject({ type, counter, data }) {
  if (type === "SettingsSaved") return "settings";
  if (type === "SkillsSaved") return `skills ${data.clerk}`;
  if (type === "ServiceSaved") return `service ${data.service.code}`;
  return type === "CounterSaved" || type === "CounterServicesSet" ? `counter ${counter}` : null;
}

/** "Target: 15 min → 20 min": the facts that differ from the event before on the same subject. `names` of services. */
export function changedFacts(event, earlier, names) {
  if (event.type === "Noted") return event.data.detail ? [noteWords(event.data)] : [];
  if (!earlier) return [];
  const [now, then] = [factsOf(event), factsOf(earlier)];
  return Object.keys(now).filter((name) => name in then && JSON.stringify(now[name]) !== JSON.stringify(then[name]))
    .map((name) => `${labelOf(name)}: ${valueWords(name, then[name], names)} → ${valueWords(name, now[name], names)}`);
}

const DETAILS = { clerk: t("clerk"), supervisor: t("supervisor"), admin: t("administrator"), active: t("may sign in"),
  "not active": t("deactivated"), "new password": t("new password") };

const KINDS = { display: t("screen"), kiosk: t("kiosk"), agent: t("hardware agent"), robot: t("robot or program") };

function noteWords({ what, detail }) {
  if (what !== "device added") return detail.split(", ").map((word) => DETAILS[word] ?? word).join(", ");
  const [kind, page] = detail.split(" ");
  return [KINDS[kind] ?? kind, page].filter(Boolean).join(", ");
}

function factsOf({ data }) {
  return data.settings ?? data.service ?? data;
}
