// The ticket printer in this kiosk: how it is, as the hub says, and asking the hub for paper.

const ONE_TRY_MS = 35_000; // longer than the hub waits for the printer
const REACH_MS = 10_000; // how long a hub that cannot be reached is asked again
const PAUSE_MS = 500;

// The printer may well have printed: what was lost is its word.
const UNCERTAIN = new Set(["agent_silent", "agent_lost", "unreachable"]);
const AWAY = new Set(["agent_lost", "agent_away", "unreachable"]);
const TROUBLES = new Set(["paper_out", "cover_open", "error", "no_answer", "down"]);

/** What the hub told, {state, code, since}; null where no printer stands in this kiosk. */
export function printerOf(told) {
  return told && told.state !== "none" ? told : null;
}

/** The state of a printer that will print nothing now, as far as is known; null for one that should. */
export function troubleOf(printer) {
  if (printer?.code === "not_asked") return null; // its agent has only just begun
  return printer && TROUBLES.has(printer.state) ? printer.state : null;
}

/** What to say of it at the start, as a msgid; null where there is nothing to say. */
export function noticeOf(printer) {
  return NOTICES[printer?.state === "paper_low" ? "paper_low" : troubleOf(printer)] ?? null;
}

// The paper's end is for the staff who pass by: a citizen's ticket still comes.
const NOTICES = {
  paper_low: "The paper is nearly used up",
  paper_out: "The printer is out of paper: the number appears on the screen",
  cover_open: "The printer's cover is open: the number appears on the screen",
  error: "The printer reports a fault: the number appears on the screen",
  no_answer: "The printer does not answer: the number appears on the screen",
  down: "No paper tickets just now: the number appears on the screen",
};

/** Have the ticket printed once for each `job`. Answers "printed", "sent", "uncertain" or the code of what is wrong. */
export async function printTicket(ticket, job) {
  const until = performance.now() + REACH_MS;
  for (let mayBeOut = false; ;) {
    const outcome = await once(ticket, job);
    mayBeOut ||= UNCERTAIN.has(outcome);
    // an agent that comes back says what became of the job; until then it is just as uncertain
    const isLost = AWAY.has(outcome) && mayBeOut;
    if (!isLost || performance.now() > until) return isLost || UNCERTAIN.has(outcome) ? "uncertain" : outcome;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

// Not api.js' command: that tries again when paper is out, and the citizen is to be told at once.
async function once(ticket, job) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ONE_TRY_MS);
  try {
    const response = await fetch(`/api/v1/tickets/${ticket.id}/print`, {
      method: "POST", credentials: "same-origin", signal: limit.signal, body: "{}",
      headers: { "Content-Type": "application/json", "Idempotency-Key": job },
    });
    const answer = await response.json();
    return response.ok ? answer.result : answer.code;
  } catch {
    return "unreachable"; // no line, or half an answer: asked again, the same job prints nothing twice
  } finally {
    clearTimeout(timer);
  }
}
