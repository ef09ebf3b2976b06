// The head and the foot of an office paper (Decree 30/2020/NĐ-CP): who writes, from where, when, and who signs.

import { setText } from "/static/dom.js";
import { t } from "/static/i18n.js";

const KEPT = "toiluot.briefing";
const FIELDS = ["superior", "place", "position", "signer"];
const UNIT = /\s(phường|xã|đặc khu|thị trấn)\s+([^,]+)/iu;
const BRACKETS = /\s*\([^)]*\)/g; // "(bản chạy thử)" is said of the centre, not of the ward
const LINE = "……………";

/** Fills the paper's head and foot from the form, and keeps what is typed; `changed` is called after each change. */
export function letterhead(form, find, { centre, today, changed }) {
  const typed = { ...known(centre), ...kept() };
  for (const name of FIELDS) form.elements[name].value = typed[name] ?? "";
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    const values = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value.trim()]));
    localStorage.setItem(KEPT, JSON.stringify(values));
    fill(values);
    changed();
  });
  fill(typed);

  function fill({ superior, place, position, signer }) {
    setText(find("superior"), upper(superior));
    setText(find("centre"), upper(centre));
    setText(find("number"), t("No.: ……/BC-%(initials)s", { initials: initialsOf(centre) }));
    setText(find("dateline"), t("%(place)s, %(day)s/%(month)s/%(year)s", { place: place || LINE, ...dayOf(today) }));
    setText(find("position"), upper(position) || t("HEAD OF THE CENTRE"));
    setText(find("signer"), signer ?? "");
  }
}

/** What the centre's own name tells: "... phường Bến Thành" belongs to that ward's committee and lies there. */
export function known(centre) {
  const [, unit, name] = UNIT.exec(plain(centre)) ?? [];
  return unit ? { superior: `Ủy ban nhân dân ${unit.toLowerCase()} ${name.trim()}`, place: name.trim() } : {};
}

/** "TTPVHCC" of "Trung tâm Phục vụ hành chính công phường Bến Thành". */
export function initialsOf(centre) {
  return plain(centre).split(UNIT)[0].trim().split(/\s+/).map((word) => upper(word.charAt(0))).join("");
}

function plain(centre) {
  return centre.replace(BRACKETS, "");
}

// Two digits for the day, and for the months of January and February: so the decree wants it.
function dayOf(today) {
  const [year, month, day] = today.split("-");
  return { year, day, month: Number(month) > 2 ? String(Number(month)) : month };
}

function upper(text) {
  return (text ?? "").toLocaleUpperCase("vi");
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return {}; // somebody else's words under our name
  }
}
