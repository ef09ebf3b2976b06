// What the server put in the page: its data and the facts on <html>.

const page = document.documentElement;

function block(id) {
  const text = document.getElementById(id)?.textContent.trim();
  return text ? JSON.parse(text) : null;
}

export const data = block("page-data") ?? {};
export const catalogue = block("catalogue") ?? {};
export const language = page.lang || "vi";
export const timezone = page.dataset.timezone || "Asia/Ho_Chi_Minh";
export const version = page.dataset.version || "";

// A style attribute would need a hole in the Content-Security-Policy; setting a property from here does not.
if (/^#[0-9a-f]{6}$/i.test(page.dataset.accent ?? "")) {
  page.style.setProperty("--accent", page.dataset.accent);
}
