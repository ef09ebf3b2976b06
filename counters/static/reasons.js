// Why a ticket was called, as the hub said it in its answer; kept so that a reload and an undo still know it.

const STORED = "toiluot.reasons";
const KEPT = 8;

/** Remember the reason of an answer to "next" or "call". */
export function rememberReason({ ticket, reason }) {
  if (!ticket || !reason?.text || reason.code === "repeated") return;
  const others = read().filter(([id]) => id !== ticket.id);
  sessionStorage.setItem(STORED, JSON.stringify([[ticket.id, reason.text], ...others].slice(0, KEPT)));
}

/** The reason why this ticket was called, or "" where somebody else called it. */
export function reasonOf(ticketId) {
  return read().find(([id]) => id === ticketId)?.[1] ?? "";
}

function read() {
  return JSON.parse(sessionStorage.getItem(STORED) ?? "[]");
}
