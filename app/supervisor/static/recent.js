// The last two hours of each service, asked for anew every five minutes.

import { ApiError, get } from "/static/api.js";
import { hubNow } from "/static/clock.js";

const EVERY_MS = 5 * 60_000;
const KEPT_MS = 20 * 60_000; // an older line would pass for the present
const NO_POINTS = [];
const PAUSE_MS = 60_000; // of this machine's clock: a demo's hub may run a hundred times as fast

/** Answers { refresh(), pointsOf(code) }, points as sparkline.js draws them; `changed()` is called when there are others. */
export function recentHistory(changed) {
  let lines = new Map();
  let askedAt = -Infinity;
  let toldAt = -Infinity;
  let triedAt = -Infinity;

  function refresh() {
    const now = hubNow();
    if (Math.abs(now - askedAt) < EVERY_MS || performance.now() - triedAt < PAUSE_MS) return;
    [askedAt, triedAt] = [now, performance.now()];
    ask();
  }

  async function ask() {
    try {
      const { services } = await get("/reports/recent");
      lines = new Map(services.map(({ code, points }) => [code, points.map(asShares)]));
      toldAt = hubNow();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (Math.abs(hubNow() - toldAt) > KEPT_MS) lines = new Map();
    }
    changed();
  }

  return { refresh, pointsOf: (code) => lines.get(code) ?? NO_POINTS };
}

// The hub counts who is between the two limits apart from who is past both.
function asShares({ at, waiting, amber, late }) {
  const share = (people) => (waiting ? people / waiting : 0);
  return { at, amber: share(amber + late), late: share(late) };
}
