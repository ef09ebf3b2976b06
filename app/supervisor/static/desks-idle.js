// Counters that are open and call nobody while people wait for what they take. Pure: no page, no clock.

const PATIENCE_MS = 2 * 60_000;

/** Remembers since when each counter has been free, as far as this page has seen it. */
export class IdleCounters {
  #freeSince = new Map(); // counter's number -> ms by the hub's clock

  /** How many wait for what the open counter takes, once it has called nobody for two minutes and one has waited as long; else 0. */
  unserved(counter, state, now) {
    const since = this.#since(counter, state, now);
    if (since === null || now - since <= PATIENCE_MS) return 0;
    const taken = [...counter.own, ...counter.help].map((code) => state.services.get(code)).filter((service) => service?.waiting);
    const isLong = taken.some(({ oldest_at: oldest }) => oldest && now - Date.parse(oldest) > PATIENCE_MS);
    return isLong ? taken.reduce((sum, { waiting }) => sum + waiting, 0) : 0;
  }

  #since({ number, state: is, ticket }, { calls }, now) {
    if (is !== "open" || ticket) {
      this.#freeSince.delete(number);
      return null;
    }
    if (!this.#freeSince.has(number)) this.#freeSince.set(number, now);
    const called = calls.find((call) => call.counter === number); // it may have come and gone while the line was down
    return Math.max(this.#freeSince.get(number), called ? Date.parse(called.at) : 0);
  }
}
