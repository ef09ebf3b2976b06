// Commands to the hub. A retry carries the same Idempotency-Key, so a lost answer never does a thing twice.

import { t } from "/static/i18n.js";

const BASE = "/api/v1";
const GIVE_UP_MS = 15_000; // longer than the hub needs to start anew
const ONE_TRY_MS = 8_000;
const FIRST_PAUSE_MS = 300;
const RETRIED = new Set([502, 503]);

/** A refusal, as the hub put it: `status`, a stable `code`, `title` and `detail` in words, further facts in `facts`. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || problem.code);
    this.name = "ApiError";
    this.status = status;
    this.code = problem.code ?? "";
    this.title = problem.title ?? "";
    this.detail = problem.detail ?? "";
    this.facts = problem;
  }
}

/** Send a command ("POST", "/counters/3/next", {...}); tries again for 15 s while the hub cannot be reached. */
export function command(method, path, body = {}, { key = newKey() } = {}) {
  return persist(() =>
    once(path, {
      method,
      headers: { "Content-Type": "application/json", "Idempotency-Key": key },
      body: JSON.stringify(body),
    }),
  );
}

/** Read a resource ("/procedures?q=khai+sinh"). */
export function get(path) {
  return persist(() => once(path, { headers: { Accept: "application/json" } }));
}

async function persist(attempt) {
  const deadline = performance.now() + GIVE_UP_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
    try {
      return await attempt();
    } catch (error) {
      if (!worthRetrying(error) || performance.now() + pause > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

function worthRetrying(error) {
  return error instanceof ApiError && (error.code === "unreachable" || RETRIED.has(error.status));
}

async function once(path, request) {
  const response = await reach(path, request);
  const body = await readBody(response);
  if (!response.ok) throw new ApiError(response.status, body);
  return body;
}

// A refusal is shown on this page: it is told in the page's language, whatever the browser's own is.
async function reach(path, request) {
  const headers = { ...request.headers, "Accept-Language": document.documentElement.lang || "vi" };
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), ONE_TRY_MS);
  try {
    return await fetch(BASE + path, { ...request, headers, credentials: "same-origin", signal: limit.signal });
  } catch (error) {
    throw new ApiError(0, { code: "unreachable", title: t("The server does not answer."), cause: String(error) });
  } finally {
    clearTimeout(timer);
  }
}

async function readBody(response) {
  if (response.status === 204) return null;
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return { code: "not_json", title: t("The server gave an answer that is not understood."), text };
  }
}

// crypto.randomUUID exists only on https and localhost; a kiosk on plain http has getRandomValues.
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
