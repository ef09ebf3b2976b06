// How was it? Asked once the service is done; fetched only then.

import { ApiError, command } from "/static/api.js";
import { el, replace } from "/static/dom.js";
import { askRating, thanks } from "/static/rating.js";

/** Ask into `node` for the ticket of this id. */
export function ask(node, id) {
  askRating(node, {
    send: (rating) => send(id, rating),
    done: (counted) => replace(node, el("p", { class: "says", role: "status" }, thanks(counted))),
  });
}

async function send(id, rating) {
  try {
    return (await command("POST", `/tickets/${id}/rating`, rating)).counted;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.code === "already_rated";
  }
}
