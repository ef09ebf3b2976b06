// The first screen: in which language?

import { el } from "/static/dom.js";
import { OWN_NAMES, speakerOf } from "/static/citizen-words.js";
import { servicesScreen } from "/static/kiosk/services-screen.js";

export function languageScreen(kiosk) {
  const choose = (language) => {
    kiosk.speak(language);
    kiosk.show(servicesScreen);
  };
  const languages = kiosk.hall.centre.languages;
  const node = el("div", { class: "kiosk-ask kiosk-welcome" },
    el("div", { class: "kiosk-question" },
      languages.map((language, place) => el(place ? "p" : "h1", { lang: language }, speakerOf(language)("Take a number")))),
    el("div", { class: "kiosk-choices kiosk-languages" }, languages.map((language) => languageButton(language, choose))));
  return { name: "language", node };
}

function languageButton(language, choose) {
  return el("button", { type: "button", class: "kiosk-choice kiosk-language", lang: language, onclick: () => choose(language) },
    el("strong", {}, OWN_NAMES[language] ?? language),
    el("span", {}, speakerOf(language)("Touch here to begin")));
}
