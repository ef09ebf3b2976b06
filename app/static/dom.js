// The few ways of making elements that every page needs. Text always goes in as text, never as HTML.

/** An element: el("button", {class: "primary", disabled: true, onclick: press}, "Gọi số", el("kbd", {}, "␣")). */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) set(node, name, value);
  node.append(...present(children));
  return node;
}

function set(node, name, value) {
  if (typeof value === "function") node.addEventListener(name.replace(/^on/, ""), value);
  else if (value === true) node.setAttribute(name, "");
  else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
}

function present(children) {
  return children.flat().filter((child) => child !== null && child !== undefined && child !== false);
}

/** Put `children` in the place of all that `node` holds. */
export function replace(node, ...children) {
  node.replaceChildren(...present(children));
  return node;
}

/** Set the text of `node`, touching the page only if it differs (screen readers and animations stay quiet). */
export function setText(node, text) {
  const wanted = String(text);
  if (node.textContent !== wanted) node.textContent = wanted;
}

const TOAST_MS = 6000;

/** A short message at the bottom of the page; `kind` is "info", "done" or "error". */
export function toast(text, kind = "info") {
  const note = el("p", { class: `toast toast-${kind}`, role: kind === "error" ? "alert" : "status" }, text);
  toastRack().append(note);
  setTimeout(() => note.remove(), TOAST_MS);
  return note;
}

function toastRack() {
  const rack = document.querySelector(".toasts");
  if (rack) return rack;
  const made = el("div", { class: "toasts", "aria-live": "polite" });
  document.body.append(made);
  return made;
}
