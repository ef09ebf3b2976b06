// When the longest wait of a service passes its first and its second alarm. Pure: no page, no clock of its own.

const RANK = { calm: 0, amber: 1, late: 2 };
const TOLD_FOR_MS = 180_000; // of the clerk's life: after that the colours of the list say it

/** Remembers what was told of the services of one counter. */
export class Alarms {
  constructor() {
    this.counter = null;
    this.known = new Map(); // code: the rank told, no more often than it is passed anew
    this.news = new Map(); // code: {number, since}
  }

  /**
   * To be told of every change and second: `groups` as of queueOf, `at` real ms. True when an alarm goes off.
   * What is late already when the clerk sits down is no news.
   */
  notice(counter, groups, at) {
    const sitsDown = this.counter !== counter;
    if (sitsDown) this.news.clear();
    this.counter = counter;
    const ranks = groups.map(({ service, oldest }) => [service.code, RANK[oldest?.level ?? "calm"], oldest]);
    const fresh = sitsDown ? [] : ranks.filter(([code, rank]) => rank > (this.known.get(code) ?? 0));
    for (const [code, , oldest] of fresh) this.news.set(code, { number: oldest.number, since: at });
    this.known = new Map(ranks);
    return fresh.length > 0;
  }

  /** The worst alarm to be shown: {service, ticket} or null. It ends when that citizen is called. */
  worst(groups, at) {
    return groups
      .filter(({ service, oldest }) => {
        const news = this.news.get(service.code);
        return news && oldest?.number === news.number && at - news.since < TOLD_FOR_MS;
      })
      .map(({ service, oldest }) => ({ service, ticket: oldest }))
      .sort((a, b) => RANK[b.ticket.level] - RANK[a.ticket.level] || b.ticket.sinceMs - a.ticket.sinceMs)[0] ?? null;
  }
}
