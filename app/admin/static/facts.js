// Every fact that the administration edits, once: its name, its explanation in plain words, its unit and its bounds.

import { t } from "/static/i18n.js";
import { data } from "/static/page.js";

const MINUTE = 60;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const ICONS = [
  ["people", t("people")], ["house", t("house")], ["land", t("land")], ["document", t("document")], ["building", t("building")],
  ["heart", t("heart")], ["briefcase", t("briefcase")], ["stamp", t("stamp")], ["box", t("box")],
  ["health", t("health")], ["school", t("school")], ["star", t("star")], ["tax", t("tax")], ["", t("no icon")],
];

const minutesOf = (name, label, hint, low, high) =>
  ({ name, label, hint, kind: "number", per: MINUTE, step: 0.5, unit: t("min"), low, high, required: true });

export const SERVICE_FIELDS = [
  { name: "name", label: t("Name shown"), required: true },
  { name: "letter", label: t("Letter"), hint: t("One capital letter A–Z; numbers are called A001, A002 …"), required: true,
    pattern: /^[A-Z]$/, most: 1 },
  { name: "hint", label: t("What belongs to it"), hint: t("In the citizen's words, for the kiosk: birth, marriage, copies …") },
  { name: "icon", label: t("Icon"), kind: "icon", options: ICONS },
  minutesOf("target_s", t("Waiting target"), t("From the number to the call."), 60, 14_400),
  minutesOf("handle_target_s", t("Handling target"), t("At the counter. Past it, the clerk is asked for the reason."), 60, 14_400),
  { name: "daily_limit", label: t("Most numbers a day"), hint: t("Leave empty for no limit."), kind: "number", low: 0,
    unit: t("numbers") },
  { name: "active", label: t("In use"), kind: "check", says: t("Gives out numbers") },
  { name: "name_en", label: t("Name in English") },
  { name: "hint_en", label: t("What belongs to it, in English") },
];

export const SERVICE_CODE = { name: "code", label: t("Code"), required: true, pattern: /^[A-Za-z0-9_-]{1,12}$/, most: 12,
  hint: t("1 to 12 letters or digits, without marks, such as HT. It stays for ever.") };

export const COUNTER_KIND = { name: "kind", label: t("Kind"), kind: "select",
  options: [["desk", t("Counter with a clerk")], ["station", t("Self-service station")]],
  hint: t("A station calls by itself; its screen is the page /station/ with this number.") };

export const COUNTER_NUMBER = { name: "number", label: t("Number"), kind: "number", low: 1, high: 99, required: true,
  hint: t("As it stands over the counter.") };
export const COUNTER_NAME = { name: "name", label: t("Name shown"), hint: t("Only if it has one beside its number.") };

export const ACCOUNT_PATTERN = /^[\p{L}\p{N}._-]{1,40}$/u;
export const ROLES = [
  ["clerk", t("clerk"), t("calls numbers at a counter")],
  ["supervisor", t("supervisor"), t("sees the board and the reports, steers the counters")],
  ["admin", t("administrator"), t("all of that, and these pages")],
];

export const SETTINGS_GROUPS = [
  { title: t("The centre"), fields: [
    { name: "name", label: t("Name shown"), required: true },
    { name: "name_en", label: t("Name in English") },
    { name: "notice", label: t("Notice"), kind: "area", hint: t("Shown on the lobby TV while nobody is called. Leave empty for none.") },
    { name: "accent", label: t("Colour"), kind: "colour", hint: t("For buttons and the sign of the centre. Red stays for calls.") },
    { name: "languages", label: t("Languages of the kiosk"), kind: "checks", options: data.languages },
    { name: "timezone", label: t("Time zone"), required: true, hint: t("Numbers start again from 001 at midnight of this zone.") },
  ] },
  { title: t("Waiting and handling"), fields: [
    { ...minutesOf("amber_s", t("Amber from"), t("A wait or a handling that lasts longer is shown in amber."), 30, 14_400),
      notAbove: "target_s", aboveWords: t("Amber has to begin before red, or together with it.") },
    minutesOf("target_s", t("Red from"), t("The target. A service may have its own."), 60, 14_400),
    { name: "arrive_after_s", label: t("Handling starts after"), kind: "number", unit: t("seconds"), low: 0, high: 600, required: true,
      hint: t("After the call, if the clerk does not press “arrived”.") },
    { name: "routing", label: t("Who is called next"), kind: "select", options: [["target", t("By the waiting target")], ["oldest", t("Whoever came first")]],
      hint: t("By the target: whoever would soon pass it goes first. Either way priority is woven in and the order within a service is kept.") },
  ] },
  { title: t("Alarms and advice"), fields: [
    { name: "alarm_sound", label: t("Sound of alarms"), kind: "check", says: t("A short tone at amber and at red"),
      hint: t("On the supervisor's board and on the clerk's console.") },
    { name: "advice", label: t("Advice"), kind: "check", says: t("Suggest moves on the supervisor's board"),
      hint: t("Such as opening a counter or shifting a break. Nothing is done until somebody accepts.") },
  ] },
  { title: t("Priority"), fields: [
    { name: "priority_every", label: t("One priority citizen in"), kind: "number", unit: t("calls"), low: 1, high: 100, required: true,
      hint: t("At most so many while others wait, so that they keep moving. 3: one in three.") },
    { name: "priority_classes", label: t("Who has priority"), kind: "classes" },
  ] },
  { title: t("At the counters"), fields: [
    { name: "ratings", label: t("Ratings"), kind: "check", says: t("Ask citizens how the service was"),
      hint: t("After a visit, on the phone and on the tablet at a counter (the page /rate/ with its number).") },
    { name: "return_behind", label: t("A missed citizen returns behind"), kind: "number", unit: t("people"), low: 0, high: 100, required: true },
    { name: "double_press_ms", label: t("A second press counts after"), kind: "number", per: 1000, step: 0.1, unit: t("seconds"),
      low: 0, high: 10_000, required: true, hint: t("A quicker one is taken for the same press.") },
    { name: "undo_s", label: t("A press can be undone for"), kind: "number", unit: t("seconds"), low: 0, high: 300, required: true },
  ] },
  { title: t("From home, and by phone"), fields: [
    { name: "home_numbers", label: t("Numbers from home"), kind: "check", says: t("Citizens may take a number for today before they come"),
      hint: t("On the page /home. They check in at the centre with a code; the place counts from when the number was taken.") },
    { name: "home_from", label: t("Taken from"), required: true, pattern: CLOCK, hint: t("A time such as 07:00. Nobody gets one earlier, so nobody need queue at night.") },
    { name: "home_until", label: t("Taken until"), required: true, pattern: CLOCK, hint: t("A time such as 16:00.") },
    { name: "home_per_service", label: t("Most from home in a service"), kind: "number", unit: t("numbers"), low: 1, high: 500, required: true,
      hint: t("A day. All others are for those who come.") },
    { name: "home_travel_min", label: t("Time for the way"), kind: "number", unit: t("min"), low: 0, high: 180, required: true,
      hint: t("Nobody is asked to be there sooner than this after taking the number.") },
    { name: "home_grace_min", label: t("Kept after the time told"), kind: "number", unit: t("min"), low: 1, high: 120, required: true,
      hint: t("Whoever has not checked in by then loses the number; nobody calls it.") },
    { name: "phone_numbers", label: t("Numbers by phone in the hall"), kind: "check", says: t("Whoever scans the poster takes a number with the own phone"),
      hint: t("Print the poster “Take a number here” under Posters.") },
    { name: "one_per_person", label: t("One number for each person"), kind: "check", says: t("Ask for a citizen card's or telephone's number"),
      hint: t("From home and by phone; the kiosk asks nothing. Only a scrambled mark of it is kept, until the number is used or the day ends.") },
  ] },
  { title: t("Appointments and home visits"), fields: [
    { name: "appointments", label: t("Appointments"), kind: "check", says: t("Citizens and staff can book a time"),
      hint: t("The times stand under “Appointment times”.") },
    { name: "appointment_days", label: t("Can be booked"), kind: "number", unit: t("days ahead"), low: 1, high: 90, required: true },
    { name: "appointment_early_min", label: t("Check-in from"), kind: "number", unit: t("min before the time"), low: 0, high: 120, required: true },
    { name: "appointment_late_min", label: t("Check-in until"), kind: "number", unit: t("min after the time"), low: 0, high: 120, required: true,
      hint: t("Who comes later waits as everybody does who takes a number then.") },
    { name: "home_visits", label: t("Home visits"), kind: "check", says: t("Clerks go to citizens who cannot come") },
    { name: "personal_days", label: t("Names and addresses are kept"), kind: "number", unit: t("days after the appointment"), low: 0, high: 365, required: true,
      hint: t("Then they are deleted. A change counts for bookings that are made from now on.") },
  ] },
  { title: t("Voice"), fields: [
    { name: "voice_region", label: t("Accent"), kind: "select",
      options: [["north", t("Northern")], ["central", t("Central")], ["south", t("Southern")]] },
    { name: "voice_style", label: t("Numbers are read"), kind: "select",
      options: [["hybrid", t("A, zero, twenty-three")], ["whole", t("A, twenty-three")], ["digits", t("A, zero, two, three")]] },
    { name: "voice_repeat", label: t("Each call is said"), kind: "select",
      options: [[1, t("once")], [2, t("twice")]] },
    { name: "voice_chime", label: t("Chime"), kind: "check", says: t("Two tones before the sentence") },
  ] },
];

const ALL = [...SETTINGS_GROUPS.flatMap((group) => group.fields), ...SERVICE_FIELDS, SERVICE_CODE, COUNTER_NUMBER, COUNTER_NAME,
  { name: "own", label: t("Own services") }, { name: "help", label: t("Helps with") }, { name: "order", label: t("Order") },
  { name: "position", label: t("Order") }, { name: "services", label: t("Services") }];
const BY_NAME = new Map(ALL.map((field) => [field.name, field]));

export function labelOf(name) {
  return BY_NAME.get(name)?.label ?? name;
}

/** A value as people read it: units, yes and no, the words of a choice; codes of services by their `names`. */
export function valueWords(name, value, names = new Map()) {
  const field = BY_NAME.get(name);
  if (value === null || value === undefined || value === "") return t("nothing");
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (field?.options && !Array.isArray(value)) return field.options.find(([option]) => option === value)?.[1] ?? String(value);
  if (typeof value === "number") return `${value / (field?.per ?? 1)} ${field?.unit ?? ""}`.trim();
  if (Array.isArray(value)) return value.map((entry) => entry.name ?? names.get(entry) ?? entry).join(", ") || t("nothing");
  return typeof value === "object" ? value.name || t("nothing") : String(value);
}
