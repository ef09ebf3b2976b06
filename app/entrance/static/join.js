// A new screen shows six digits until an administrator has typed them, then becomes what it was asked to be.

import { ApiError, command, get } from "/static/api.js";
import { t } from "/static/i18n.js";
import { data } from "/static/page.js";

const ASK_EVERY_MS = 1500;
const code = document.getElementById("code");
const says = document.getElementById("says");

async function join() {
  for (;;) {
    const { code: digits, secret } = await patiently(() => command("POST", "/join", { page: data.page }));
    code.textContent = `${digits.slice(0, 3)} ${digits.slice(3)}`;
    says.textContent = t("Waiting for the administrator. This page goes on by itself.");
    const { state, page } = await outcome(secret);
    if (state === "joined") return location.replace(page || data.page);
  }
}

async function outcome(secret) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    const answer = await patiently(() => get(`/join/${secret}`));
    if (answer.state !== "waiting") return answer;
  }
}

// A screen may be switched on before its server is: it keeps trying, and says so.
async function patiently(ask) {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      says.textContent = error.detail || error.title;
      await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    }
  }
}

join();
