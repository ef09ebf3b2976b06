// When a service's longest wait passes ten or fifteen minutes: told once, and not again for every next one in the queue.
// Times are ms by the hub's clock. Pure: no page, no clock, no sound.

const MARKED_MS = 60_000;
const QUIET_MS = 5 * 60_000; // a full hall has somebody passing ten minutes all the time; that is one alarm, not twenty
const GRADES = ["fresh", "amber", "late"];

export class Alarms {
  #grades = new Map(); // code -> grade as last seen
  #told = new Map(); // code -> { grade, at } of its last alarm

  /** The rows of waits.js as they are found: a page that opens, or comes back, rings for nothing that it did not see. */
  begin(rows) {
    for (const { service, grade } of rows) this.#grades.set(service.code, grade);
  }

  /** The rows that have just passed a limit. */
  notice(rows, now) {
    const passed = rows.filter((row) => this.#hasPassed(row, now));
    for (const { service, grade } of passed) this.#told.set(service.code, { grade, at: now });
    return passed;
  }

  /** "amber" or "late" while the alarm of a service is less than a minute old, else "". */
  markOf(code, now) {
    const told = this.#told.get(code);
    return told && isWithin(told.at, now, MARKED_MS) ? told.grade : "";
  }

  #hasPassed({ service: { code }, grade }, now) {
    const before = this.#grades.get(code) ?? grade;
    this.#grades.set(code, grade);
    if (rank(grade) <= rank(before)) return false;
    const told = this.#told.get(code);
    return !told || rank(told.grade) < rank(grade) || !isWithin(told.at, now, QUIET_MS);
  }
}

function rank(grade) {
  return GRADES.indexOf(grade);
}

// A clock that was set back has not come to that time yet.
function isWithin(at, now, ms) {
  return now >= at && now - at < ms;
}
