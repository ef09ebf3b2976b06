// The sound of an alarm: where the centre wants it, and whoever looks here has allowed it by a press.

import { setText } from "/static/dom.js";
import { t } from "/static/i18n.js";
import { playTones, tonesUnlocked, unlockTones } from "/static/tones.js";

const STORED = "toiluot.alarms";
const TONES = { amber: [587, 784], late: [784, 587, 784, 587] };

/** `button` turns it on and off; what was chosen is kept in this browser. Answers { show(centre), ring(grade) }. */
export function alarmSound(button) {
  const isOn = () => localStorage.getItem(STORED) === "on";
  let centre = {};

  function show(shown = centre) {
    centre = shown;
    button.hidden = !centre.alarm_sound;
    button.setAttribute("aria-pressed", String(isOn()));
    setText(button, isOn() ? t("Alarms sound") : t("Let alarms sound"));
  }

  button.addEventListener("click", async () => {
    localStorage.setItem(STORED, isOn() ? "off" : "on");
    show();
    if (!isOn()) return;
    await unlockTones();
    playTones(...TONES.amber);
  });
  // A page that was loaded anew may sound from the first press in it, whatever that is for.
  document.addEventListener("pointerdown", () => isOn() && unlockTones(), { once: true });

  return { show, ring: (grade) => centre.alarm_sound && isOn() && tonesUnlocked() && playTones(...TONES[grade]) };
}
