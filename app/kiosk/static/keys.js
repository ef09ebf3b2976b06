// The kiosk by keys alone: Tab and the arrows lead to every button, Enter or Space presses it, Escape goes back.

const WAYS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const LEADING = new Set(["Tab", "Escape", ...Object.keys(WAYS)]);
const ASIDE = 3; // what lies straight ahead comes before what is nearer but off the way

/** Has the last one who did something here come by keys? */
export let byKeys = false;

export function listenToKeys({ back }) {
  addEventListener("pointerdown", () => (byKeys = false), { capture: true });
  addEventListener("keydown", (event) => {
    byKeys ||= LEADING.has(event.key);
    if (event.key === "Escape") back();
    else if (event.key in WAYS && !isWriting(event)) go(event);
  });
}

function isWriting({ key, target }) {
  return target.matches?.("input, textarea, select") && WAYS[key][1] === 0;
}

function go(event) {
  event.preventDefault();
  const buttons = [...document.querySelectorAll("button:not(:disabled), a[href], input")].filter((each) => each.checkVisibility() && !each.closest("[inert]"));
  const here = buttons.includes(document.activeElement) ? document.activeElement : null;
  (here ? nearest(here, buttons, WAYS[event.key]) : buttons[0])?.focus();
}

function nearest(here, buttons, [right, down]) {
  const from = middle(here);
  const way = (each) => {
    const { x, y } = middle(each);
    const ahead = (x - from.x) * right + (y - from.y) * down;
    const aside = Math.abs((x - from.x) * down) + Math.abs((y - from.y) * right);
    return ahead > 1 ? ahead + ASIDE * aside : Infinity;
  };
  const ways = buttons.filter((each) => each !== here).map((each) => ({ each, length: way(each) }));
  const best = ways.reduce((one, other) => (other.length < one.length ? other : one), { each: null, length: Infinity });
  return best.each;
}

function middle(node) {
  const { left, top, width, height } = node.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
