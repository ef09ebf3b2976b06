// Do the choices have room? Rather fewer to a page, and fewer words on each, than words that run over one another.

// From the roomiest on. A citizen misses the hint less than a second press on "Next".
const WORDS = ["full", "short", "brief"];
const MOST = [8, 6, 4, 2];
const MOST_LARGE = [4, 2];
const layoutsOf = (mosts) => mosts.flatMap((most) => WORDS.map((words) => ({ most, words })));
const LAYOUTS = layoutsOf(MOST);
const LARGE_LAYOUTS = layoutsOf(MOST_LARGE);
const SLACK_PX = 1;
const EDGE_PX = 3; // from words to the border of their button

/** At most eight choices, with all that is to say of each. */
export const ROOMIEST = LAYOUTS[0];

/** The first layout {most, words} that `fits`, of those for large type; if none does, the one that needs the least room. */
export function roomiest(fits, large = false) {
  const layouts = large ? LARGE_LAYOUTS : LAYOUTS;
  return layouts.find(fits) ?? layouts.at(-1);
}

/** Is every part of `node` below the one before it, and every word within its button? */
export function hasRoom(node) {
  const parts = [...node.children].map((part) => part.getBoundingClientRect());
  const end = node.getBoundingClientRect().bottom + SLACK_PX;
  return parts.every((part, n) => part.bottom <= (parts[n + 1]?.top ?? end) + SLACK_PX)
    && [...node.querySelectorAll(".kiosk-choices")].every(holdsItsButtons)
    && [...node.querySelectorAll(".kiosk-service")].every(holdsItsWords);
}

function holdsItsButtons(choices) {
  return choices.scrollHeight <= choices.clientHeight + SLACK_PX;
}

function holdsItsWords(button) {
  const room = button.getBoundingClientRect();
  return [...button.querySelectorAll("*")].every((part) => isWithin(part.getBoundingClientRect(), room))
    && linesOf(button.querySelector("strong")) <= 2
    && button.querySelector(".kiosk-service-words").getBoundingClientRect().height > 0;
}

function isWithin(part, room) {
  if (part.width === 0) return true; // not shown
  return part.top >= room.top + EDGE_PX && part.bottom <= room.bottom - EDGE_PX
    && part.left >= room.left + EDGE_PX && part.right <= room.right - EDGE_PX;
}

function linesOf(words) {
  return Math.round(words.getBoundingClientRect().height / parseFloat(getComputedStyle(words).lineHeight));
}
