// The first administrator, by the one-time link.

import { command } from "/static/api.js";
import { t } from "/static/i18n.js";
import { data } from "/static/page.js";
import { onSubmit } from "/static/entrance/form.js";

// The token is a secret: it stays in this page and leaves the address bar and the browser's history.
history.replaceState(null, "", location.pathname);

onSubmit({
  check: ({ password, again }) => {
    if (password.length < data.least) return t("The password needs at least %(n)s characters.", { n: data.least });
    return password === again ? null : t("The two passwords differ.");
  },
  send: async ({ name, full_name, password }) => {
    await command("POST", "/setup", { token: data.token, name: name.trim(), full_name: full_name.trim(), password });
    document.getElementById("ask").hidden = true;
    document.getElementById("done").hidden = false;
  },
  explain: ({ code }) =>
    code === "setup_done"
      ? t("This link is not valid or was used already. Start the server again: without an administrator it prints a new link.")
      : null,
});
