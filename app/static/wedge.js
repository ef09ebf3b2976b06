// A scanner that types: a burst of keys that ends with Enter. What it read goes to the hub and is shown nowhere.

const KEY_GAP_MS = 100; // hardly anybody types so fast
const FEWEST_KEYS = 6;
const MOST_KEYS = 600;
const CODE = /\||:\/\//; // a card or an address: what nobody asks in a sentence

/** `read` gets what was scanned. */
export function listenToScanner(read) {
  let typed = "";
  let at = 0;
  addEventListener("keydown", (event) => {
    if (event.timeStamp - at > KEY_GAP_MS) typed = "";
    at = event.timeStamp;
    if (event.key.length === 1) typed = (typed + event.key).slice(-MOST_KEYS);
    if (event.key !== "Enter" || typed.length < FEWEST_KEYS) return;
    const field = event.target.matches?.("input") ? event.target : null;
    if (field && !CODE.test(typed)) return;
    event.preventDefault(); // it would press the button that was touched last
    event.stopImmediatePropagation();
    if (field) field.value = "";
    read(typed);
    typed = "";
  }, { capture: true });
}
