// Who waits how long, counted live from the waiting tickets. Times are ms by the hub's clock. Pure: no page, no clock.

import { waitsSince } from "/static/hall-state.js";
import { t } from "/static/i18n.js";
import { amberOf } from "/static/targets.js";

/** One row a service: { service, count, longest, grade, fresh, amber, late, amberMs, targetMs }; fresh + amber + late = count. */
export function waitingByService(state, now) {
  const rows = new Map();
  for (const service of state.services.values()) rows.set(service.code, emptyRow(service, state.centre));
  for (const ticket of state.tickets.values()) {
    const row = ticket.state === "waiting" && rows.get(ticket.service);
    if (row) countIn(row, Math.max(0, now - waitsSince(ticket)));
  }
  return [...rows.values()].map((row) => ({ ...row, grade: row.late ? "late" : row.amber ? "amber" : "fresh" }));
}

/** The whole hall: { count, longest, amber, late }. */
export function waitingInAll(rows) {
  const sum = (name) => rows.reduce((total, row) => total + row[name], 0);
  return {
    count: sum("count"),
    longest: Math.max(0, ...rows.map((row) => row.longest)),
    amber: sum("amber"),
    late: sum("late"),
  };
}

/** "12 phút", and "0 phút" within the first: short enough for a column. */
export function wholeMinutes(ms) {
  return t("%(n)s min", { n: Math.floor(ms / 60_000) });
}

/** "fresh", "amber" or "late" for a wait or a handling of `ms`. */
export function graded(ms, { amberMs, targetMs }) {
  if (ms >= targetMs) return "late";
  return ms >= amberMs ? "amber" : "fresh";
}

/** When a service's wait turns amber and red. */
export function limitsOf(service, centre) {
  return limits(service?.target_s ?? centre.target_s, centre);
}

/** The same for being served. */
export function handlingLimitsOf(service, centre) {
  return limits(service?.handle_target_s ?? centre.target_s, centre);
}

/** How long a citizen at a counter has been served, in ms: from their arrival, or from when they are held to be there. */
export function handledFor({ called_at: called, arrived_at: arrived }, centre, now) {
  const began = arrived ? Date.parse(arrived) : Date.parse(called) + (centre.arrive_after_s ?? 0) * 1000;
  return Math.max(0, now - began);
}

function limits(targetS, centre) {
  return { amberMs: amberOf(targetS, centre) * 1000, targetMs: targetS * 1000 };
}

function emptyRow(service, centre) {
  return { service, count: 0, longest: 0, fresh: 0, amber: 0, late: 0, ...limitsOf(service, centre) };
}

function countIn(row, waited) {
  row.count += 1;
  row.longest = Math.max(row.longest, waited);
  row[graded(waited, row)] += 1;
}
