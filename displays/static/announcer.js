// Announces calls strictly one after another: each stays up for its whole announcement, picture and voice.

export const EMPHASIS_MS = 6000;
// Said later than this, a call only confuses; the picture passes quickly and the counters' strip has it already.
const TOO_LATE_MS = 45_000;
const LATE_GLANCE_MS = 2000;

/**
 * `show(call)` puts it up with emphasis, `calm(call)` takes the emphasis away, `done()` runs when none is left.
 * `prepare(call)` answers {play(), drop()}; play() resolves when the voice has ended or was given up, and never fails.
 * `wanted(call)` tells whether anybody is still expected at the counter.
 */
export class Announcer {
  constructor({ show, calm, done, prepare, wanted, pause = wait, now = () => performance.now() }) {
    Object.assign(this, { show, calm, done, prepare, wanted, pause, now });
    this.queue = [];
    this.running = false;
  }

  add(call) {
    this.queue.push({ call, sound: this.prepare(call), at: this.now() });
    if (!this.running) void this.run();
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
    this.show(call);
    if (this.now() - at > TOO_LATE_MS) {
      sound.drop();
      await this.pause(LATE_GLANCE_MS);
      return;
    }
    await Promise.all([sound.play(), this.pause(EMPHASIS_MS).then(() => this.calm(call))]);
  }
}

function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
