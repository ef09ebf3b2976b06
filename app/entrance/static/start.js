// Signing out from the start page.

import { command } from "/static/api.js";

document.getElementById("sign-out").addEventListener("click", async () => {
  await command("DELETE", "/session");
  location.reload();
});
