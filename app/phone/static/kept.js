// What this phone keeps for a bad line: what it last heard of its ticket, and the citizen's wishes.

const WISHES = "toiluot.wishes";
const HEARD = "toiluot.heard";

/** The citizen's wishes: {walk: minutes, sound: boolean, push: {id, walk: as the hub was told}}. */
export function wishes() {
  return read(WISHES) ?? {};
}

export function wish(some) {
  write(WISHES, { ...wishes(), ...some });
}

/** Keep `ticket` as the hub told it at `at` (hub ms); one ticket is kept, the last. */
export function keep(ticket, at) {
  write(HEARD, { ticket, at, wall: Date.now() });
}

/** What was kept of the ticket `id`: {ticket, at, ago: ms of this phone's clock since}, or null. */
export function recall(id) {
  const kept = read(HEARD);
  return kept?.ticket?.id === id ? { ...kept, ago: Math.max(0, Date.now() - kept.wall) } : null;
}

// A browser may keep nothing (private mode, a full store): then the page works without a memory.
function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch (error) {
    return forgetful(error);
  }
}

function write(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch (error) {
    forgetful(error);
  }
}

function forgetful(error) {
  if (!(error instanceof DOMException || error instanceof SyntaxError)) throw error;
  console.info("This phone keeps nothing for later.", error.name);
  return null;
}
