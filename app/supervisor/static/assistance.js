// Who asks for a helper, the longest first; one press says that somebody goes there.

import { isForgotten, placeWords, sinceWords } from "/static/assistance.js";
import { ApiError, command } from "/static/api.js";
import { el, replace, toast } from "/static/dom.js";
import { t } from "/static/i18n.js";

/** Shows them in `list`; nothing at all while nobody asks. */
export function assistanceView(list) {
  let shownAs = "";
  return function show({ assistance, counters }) {
    const rows = assistance.map(({ place, at }) => [place, placeWords(place, counters), sinceWords(at), isForgotten(at)]);
    const key = JSON.stringify(rows);
    if (key === shownAs) return;
    shownAs = key;
    list.hidden = !rows.length;
    replace(list, rows.map(([place, words, since, forgotten]) => el("li", { "data-forgotten": forgotten },
      el("span", {}, t("%(place)s needs a helper", { place: words }), ` · ${forgotten ? t("nobody has gone there for %(time)s", { time: since }) : since}`),
      el("button", { type: "button", class: "button button-small", "data-place": place, onclick: () => take(place) }, t("Somebody goes there")))));
  };
}

async function take(place) {
  try {
    await command("DELETE", `/assistance/${encodeURIComponent(place)}`);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    toast(error.message, "error");
  }
}
