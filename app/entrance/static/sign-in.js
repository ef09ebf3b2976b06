// Sign in, then go where one was going, else to the page of one's role.

import { command } from "/static/api.js";
import { t } from "/static/i18n.js";
import { data } from "/static/page.js";
import { onSubmit } from "/static/entrance/form.js";

onSubmit({
  send: async ({ name, password }) => {
    const { person } = await command("POST", "/session", { name: name.trim(), password });
    location.assign(data.next || data.homes[person.role] || "/");
  },
  explain: ({ code }) => (code === "wrong_password" ? t("The name or the password is wrong.") : null),
});
