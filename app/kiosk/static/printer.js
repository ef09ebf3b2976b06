// The ticket printer in this kiosk: how it is, as the hub says, and asking the hub for paper.

const ONE_TRY_MS = 25_000; // longer than the hub waits for the printer
const REACH_MS = 10_000; // how long a hub that cannot be reached is asked again
const PAUSE_MS = 500;

// The printer may well have printed: what was lost is its word.
const UNCERTAIN = new Set(["agent_silent", "unreachable"]);
const TROUBLES = new Set(["paper_out", "cover_open", "error", "no_answer", "down"]);

/** What the hub told, {state, code, since}; null where no printer stands in this kiosk. */
export function printerOf(told) {
  return told && told.state !== "none" ? told : null;
}

/** The state of a printer that will print nothing now, as far as is known; null for one that should. */
export function troubleOf(printer) {
  return printer && TROUBLES.has(printer.state) ? printer.state : null;
}

/** What to say of it at the start, as a msgid; null where there is nothing to say. */
export function noticeOf(printer) {
  const trouble = troubleOf(printer);
  if (trouble === "paper_out") return PAPER_OUT_NOTICE;
  return trouble && NO_PAPER_NOTICE;
}

const PAPER_OUT_NOTICE = "The printer is out of paper: the number appears on the screen";
const NO_PAPER_NOTICE = "No paper tickets just now: the number appears on the screen";

/** Have the ticket printed once for each `job`. Answers "printed", "sent", "uncertain" or the code of what is wrong. */
export async function printTicket(ticket, job) {
  const until = performance.now() + REACH_MS;
  for (;;) {
    const outcome = await once(ticket, job);
    if (outcome !== "unreachable" || performance.now() > until) return UNCERTAIN.has(outcome) ? "uncertain" : outcome;
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
