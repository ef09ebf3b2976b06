// The keyboard: a clerk works without looking, so the keys mean the same wherever the focus is, unless one is typing.

const NEXT = new Set(["Space", "F9", "NumpadEnter"]);
// By place on the keyboard, not by letter: a Vietnamese input method turns some letters into others.
const VERBS = { KeyR: "recall", KeyA: "arrive", KeyF: "finish", KeyM: "miss", KeyP: "park", KeyT: "transfer", KeyZ: "undo", KeyH: "dossiers", KeyV: "why", KeyD: "confirm", KeyK: "refuse", KeyU: "priority", KeyG: "help" };
const NOT_TEXT = new Set(["checkbox", "radio", "button", "submit"]);

/** Listen; `act(verb)` is called once for each press, never for a key held down. `awake()`: do keys count now? */
export function listenToKeys(act, awake) {
  window.addEventListener("keydown", (event) => {
    const verb = verbOf(event);
    if (!verb || !awake()) return;
    event.preventDefault();
    if (!event.repeat) act(verb);
  });
  // A focused button would be pressed by the space bar's way up.
  window.addEventListener("keyup", (event) => {
    if (event.code === "Space" && awake() && !typing(event.target)) event.preventDefault();
  });
}

function verbOf(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return null;
  if (document.querySelector("dialog[open]")) return null;
  return NEXT.has(event.code) ? "next" : (VERBS[event.code] ?? null);
}

function typing(target) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.matches("textarea, select")) return true;
  return target.matches("input") && !NOT_TEXT.has(target.type);
}
