// What the page asks of one hardware agent. Every call may throw an ApiError with the agent's own reason.

import { command, get } from "/static/api.js";

export const listAgents = () => get("/agents");
export const startOwnAgent = () => command("POST", "/agents", { name: "agent" });

/** The questions to the agent `name`. */
export function agentNamed(name) {
  const base = `/agents/${encodeURIComponent(name)}`;
  return {
    setup: () => get(`${base}/setup`),
    ports: () => get(`${base}/ports`),
    save: (config) => command("PUT", `${base}/setup`, { config }),
    send: (what) => command("POST", `${base}/send`, what),
    scan: (where) => command("POST", `${base}/scan`, where),
    printTest: (printer) => command("POST", `/printers/${encodeURIComponent(name)}/${encodeURIComponent(printer)}/test`),
    light: (board) => command("POST", `${base}/boards/${encodeURIComponent(board)}/light`),
  };
}
