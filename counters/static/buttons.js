// The buttons that a pointer presses; the keys come in through keys.js and end in the same `act`.

import { command } from "/static/api.js";
import { setText, toast } from "/static/dom.js";

const $ = (id) => document.getElementById(id);

/** Tie the buttons to {act(verb), pause(), close(), title()}. */
export function listenToButtons({ act, pause, close, title }) {
  on("next", () => act("next"));
  on("undo", () => act("undo"));
  on("pause", pause);
  on("more", () => openMore(title()));
  on("give-priority", () => {
    $("more-dialog").close();
    act("priority");
  });
  on("close-counter", () => {
    $("more-dialog").close();
    close();
  });
  for (const button of document.querySelectorAll("[data-verb]")) {
    button.addEventListener("click", () => act(button.dataset.verb));
  }
  for (const button of document.querySelectorAll("[data-sign-out]")) button.addEventListener("click", signOut);
}

function on(id, press) {
  $(id).addEventListener("click", press);
}

function openMore(title) {
  setText($("more-title"), title);
  $("more-dialog").showModal();
}

async function signOut() {
  try {
    await command("DELETE", "/session");
    window.location.assign("/sign-in");
  } catch (error) {
    toast(error.message, "error");
  }
}
