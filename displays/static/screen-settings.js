// What belongs to one screen, said once in its address (/tv?sound=off&theme=dark) and remembered from then on.

const asked = new URLSearchParams(location.search);

/** The screen's own `name`: from the address, else as remembered, else `usual`. */
export function setting(name, allowed, usual) {
  const wish = asked.get(name);
  if (allowed.includes(wish)) remember(name, wish);
  const kept = localStorage.getItem(keyOf(name));
  return allowed.includes(kept) ? kept : usual;
}

export function remember(name, value) {
  localStorage.setItem(keyOf(name), value);
}

function keyOf(name) {
  return `toiluot.screen.${name}`;
}

/** Light or dark, for the hall that the screen hangs in. */
export function applyTheme() {
  document.documentElement.dataset.theme = setting("theme", ["light", "dark"], "light");
}
