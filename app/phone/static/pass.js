// Letting others go first: told before what it costs, then done.

import { command, get } from "/static/api.js";
import { t } from "/static/i18n.js";

export const COUNT = 2;

/** What it would mean: {count, text}; `count` is 0 where nobody waits behind. Throws ApiError. */
export async function askPass(id) {
  const { count, ahead, more_min: more } = await get(`/tickets/${id}/let-pass?count=${COUNT}`);
  return { count, text: words(count, ahead, more) };
}

function words(count, ahead, more) {
  if (count === 0) return t("Nobody is waiting behind you.");
  if (more === null) return t("You would then have about %(ahead)s people ahead of you.", { ahead });
  return t("You would then have about %(ahead)s people ahead of you, and wait about %(more)s minutes longer.", { ahead, more });
}

/** The ticket as it is after that. Throws ApiError. */
export function letPass(id, count) {
  return command("POST", `/tickets/${id}/let-pass`, { count });
}
