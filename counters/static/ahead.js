// The hub's answer to a press may be here before the feed has told of it, or in between two of its events. Until the
// feed has caught up the counter is shown as the answer has it, so that the desk never flickers back.

const FEED_LAG_MS = 5000;
let ahead = null;

/** Take the counter of an answer. */
export function learn(counter) {
  ahead = { counter, since: performance.now() };
}

/** The counter to show, given what the feed knows; `online` is whether the feed can be expected to speak. */
export function overlaid(known, online) {
  if (!ahead || !known || known.number !== ahead.counter.number) return known;
  const given = online && performance.now() - ahead.since > FEED_LAG_MS;
  if (given || same(known, ahead.counter)) {
    ahead = null;
    return known;
  }
  return { ...known, ...ahead.counter };
}

function same(a, b) {
  return a.state === b.state && a.until === b.until && a.ticket?.id === b.ticket?.id && a.ticket?.state === b.ticket?.state && a.ticket?.service === b.ticket?.service;
}
