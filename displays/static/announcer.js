// Announces calls strictly one after another: each stays up for its whole announcement, picture and voice.

export const EMPHASIS_MS = 6000;
// Said later than this, a call only confuses; the picture passes quickly and the counters' strip has it already.
const TOO_LATE_MS = 45_000;
const LATE_GLANCE_MS = 2000;

/**
 * `show(call)` puts it up with emphasis, `calm(call)` takes the emphasis away, `done()` runs when none is left.
 * `prepare(call)` answers {play(), drop()}; play() resolves when the voice has ended or was given up, and never fails;
 * drop() gives it up unless it has begun to speak.
 * `wanted(call)` tells whether anybody is still expected at the counter.
 */
export class Announcer {
  constructor({ show, calm, done, prepare, wanted, pause = wait, now = () => performance.now() }) {
    Object.assign(this, { show, calm, done, prepare, wanted, pause, now });
    this.queue = [];
    this.running = false;
    this.present = null;
  }

  add(call) {
    this.queue.push({ call, sound: this.prepare(call), at: this.now() });
    if (!this.running) void this.run();
  }

  /** The calls of which `undone(call)` is true were never meant: no picture from now on, and no voice that has not begun. */
  withdraw(undone) {
    const withdrawn = this.queue.filter(({ call }) => undone(call));
    this.queue = this.queue.filter(({ call }) => !undone(call));
    if (this.present && undone(this.present.call)) withdrawn.push(this.present);
    for (const { sound, end } of withdrawn) {
      sound.drop();
      end?.();
    }
  }

  async run() {
    this.running = true;
    for (let next = this.queue.shift(); next; next = this.queue.shift()) {
      if (this.wanted(next.call)) await this.announce(next);
      else next.sound.drop();
    }
    this.running = false;
    this.done();
  }

  async announce({ call, sound, at }) {
    const late = this.now() - at > TOO_LATE_MS;
    const ended = new Promise((end) => {
      this.present = { call, sound, end };
    });
    this.show(call);
    if (late) sound.drop();
    const picture = Promise.race([this.pause(late ? LATE_GLANCE_MS : EMPHASIS_MS), ended]);
    await Promise.all([late || sound.play(), picture.then(() => late || this.calm(call))]);
    this.present = null;
  }
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
