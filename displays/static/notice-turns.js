// Whose turn it is between the calls. It begins by the hub's clock, so that the screens of a hall agree with each other and
// with their first picture (notice_turns.py); while a call is up, the turn stands still and goes on afterwards.

import { hubNow, hubRate } from "/static/clock.js";

export const HALL = { id: "", seconds: 8 }; // the hall's own state has its turn too

export class Turns {
  constructor() {
    this.present = null;
    this.endsAt = 0;
    this.left = null;
  }

  /** A call is up: time does not pass for the notices. */
  stand() {
    if (this.present) this.left ??= this.endsAt - hubNow();
  }

  /** The notice of `due` whose turn it is now, or HALL. */
  now(due) {
    const [now, round] = [hubNow(), [HALL, ...due]];
    if (this.left !== null) this.endsAt = now + this.left;
    this.left = null;
    const at = round.findIndex(({ id }) => id === this.present?.id);
    if (at < 0) this.begin(round, now);
    else if (now >= this.endsAt) this.take(round[(at + 1) % round.length], now);
    else this.endsAt = Math.min(this.endsAt, now + lasts(round[at])); // the clock was set back, or it was made shorter
    return round.find(({ id }) => id === this.present.id);
  }

  begin(round, now) {
    let into = now % round.reduce((sum, turn) => sum + lasts(turn), 0);
    for (const turn of round) {
      this.take(turn, now - into);
      if (into < lasts(turn)) return;
      into -= lasts(turn);
    }
  }

  take({ id, seconds }, from) {
    this.present = { id };
    this.endsAt = from + lasts({ seconds });
  }
}

// Seconds are the watchers', also on a clock that runs fast for a demo.
function lasts({ seconds }) {
  return seconds * 1000 * hubRate();
}
