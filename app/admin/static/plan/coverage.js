// When a service would have nobody, from the rota and what the counters serve. Pure.

/**
 * A day of the rota: { from, to, spans: [{ start, end, there: [counter] }] }; null where nobody works that day.
 * A span is a time in which nobody comes or goes.
 */
export function dayOf(shifts, counters, weekday) {
  const today = shifts.filter((shift) => shift.weekday === weekday && shift.start < shift.end);
  const bounds = [...new Set(today.flatMap(({ start, end }) => [start, end]))].sort();
  if (!bounds.length) return null;
  const spans = bounds.slice(1).map((end, index) => {
    const start = bounds[index];
    const numbers = new Set(today.filter((shift) => shift.start <= start && shift.end >= end).map(({ counter }) => counter));
    return { start, end, there: counters.filter(({ number }) => numbers.has(number)) };
  });
  return { from: bounds[0], to: bounds.at(-1), spans };
}

/** The day as `code` sees it: [{ start, end, count }], count null while the whole centre is closed. */
export function runsOf(day, code) {
  const runs = [];
  for (const { start, end, there } of day.spans) {
    const count = there.length ? there.filter(({ own, help }) => own.includes(code) || help.includes(code)).length : null;
    if (runs.at(-1)?.count === count) runs.at(-1).end = end;
    else runs.push({ start, end, count });
  }
  return runs;
}

/**
 * What is missing, the same on several days told once: [{ days, start, end, codes }], the earliest first.
 * `codes` null: the whole centre is closed between two shifts.
 */
export function missing(week, services) {
  const bySpan = new Map();
  week.forEach((day, weekday) => {
    for (const { start, end, code } of day ? missingOf(day, services) : []) {
      const key = `${start} ${end} ${code}`;
      bySpan.set(key, { start, end, code, days: [...(bySpan.get(key)?.days ?? []), weekday] });
    }
  });
  return together([...bySpan.values()]);
}

function missingOf(day, services) {
  const closed = runsOf(day, "").filter(({ count }) => count === null).map((run) => ({ ...run, code: null }));
  return [...closed, ...services.flatMap(({ code }) => runsOf(day, code).filter(({ count }) => count === 0).map((run) => ({ ...run, code })))];
}

function together(found) {
  const byTime = new Map();
  for (const { days, start, end, code } of found) {
    const key = `${code === null} ${days.join()} ${start} ${end}`;
    const codes = code === null ? null : [...(byTime.get(key)?.codes ?? []), code];
    byTime.set(key, { days, start, end, codes });
  }
  return [...byTime.values()].sort((one, other) => one.days[0] - other.days[0] || one.start.localeCompare(other.start));
}
