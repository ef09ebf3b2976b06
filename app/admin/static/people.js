// Who may sign in: name, role, password; someone who leaves is deactivated, so that the log still knows the name.

import { command, get } from "/static/api.js";
import { el, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { data } from "/static/page.js";

import { ACCOUNT_PATTERN, ROLES } from "./facts.js";
import { openSheet } from "./sheet.js";
import { showTable } from "./table.js";

const place = document.querySelector("[data-view=table]");

const ACCOUNT = { name: "name", label: t("Account"), required: true, pattern: ACCOUNT_PATTERN, most: 40,
  hint: t("For signing in: letters, digits, dots or dashes, no spaces. It stays for ever.") };
const FIELDS = [
  { name: "full_name", label: t("Full name"), required: true },
  { name: "role", label: t("Role"), kind: "select", options: ROLES.map(([role, words, duty]) => [role, `${words}: ${duty}`]) },
];
const ACTIVE = { name: "active", label: t("Access"), kind: "check", says: t("May sign in") };

document.querySelector("[data-add]").addEventListener("click", () => edit(null));
show();

async function show() {
  const { people } = await get("/people");
  people.sort((one, other) => one.full_name.localeCompare(other.full_name, "vi"));
  const roles = new Map(ROLES);
  showTable(place, {
    rows: people, key: (person) => person.name, open: edit, empty: t("There is nobody yet."),
    columns: [
      { title: t("Full name"), cell: ({ full_name: name }) => el("b", {}, name) },
      { title: t("Account"), cell: ({ name }) => name },
      { title: t("Role"), cell: ({ role }) => roles.get(role) },
      { title: t("Access"), cell: ({ active }) => (active ? t("may sign in") : el("span", { class: "mark" }, t("deactivated"))) },
    ],
  });
}

function edit(person) {
  openSheet({
    title: person ? person.full_name : t("New person"),
    groups: [{ fields: person ? [...FIELDS, ACTIVE, passwordField(person)] : [ACCOUNT, ...FIELDS, passwordField(null)] }],
    value: person ? { ...person, password: "" } : { role: "clerk" },
    save: ({ name = person?.name, ...facts }) => command("PUT", `/people/${encodeURIComponent(name)}`, bodyOf(facts)),
    saved: () => {
      toast(t("Saved."), "done");
      show();
    },
  });
}

function passwordField(person) {
  const length = t("At least %(n)s characters.", { n: data.least });
  return {
    name: "password", kind: "password", required: !person, pattern: new RegExp(`^.{${data.least},}$`, "s"),
    label: person ? t("New password") : t("Password"),
    hint: person ? `${length} ${t("Leave empty to keep the present one. A new one signs the person out everywhere.")}` : length,
  };
}

function bodyOf({ password, ...facts }) {
  return { active: true, ...facts, ...(password ? { password } : {}) };
}
