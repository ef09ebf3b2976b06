// A soft beep, only if the clerk chose it: somebody begins to wait while the counter is open and free, or an alarm.

const STORED = "toiluot.beep";
let wasIdle = true;
let audio = null;

/** Tie the choice to its box; it is kept in this browser. */
export function prepareBeep(box) {
  box.checked = localStorage.getItem(STORED) === "on";
  box.addEventListener("change", () => {
    localStorage.setItem(STORED, box.checked ? "on" : "off");
    if (box.checked) beep();
  });
}

/** Told with every change: is there work that nobody has begun? */
export function noticeWork(counter, waiting) {
  const work = counter.state === "open" && !counter.ticket && waiting > 0;
  if (work && wasIdle) beepIfChosen();
  wasIdle = !work;
}

/** For what the clerk should hear, if the clerk wants to hear anything. */
export function beepIfChosen() {
  if (localStorage.getItem(STORED) === "on") beep();
}

function beep() {
  audio ??= new AudioContext();
  const tone = new OscillatorNode(audio, { frequency: 660 });
  const volume = new GainNode(audio, { gain: 0 });
  const now = audio.currentTime;
  volume.gain.linearRampToValueAtTime(0.12, now + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, now + 0.25);
  tone.connect(volume).connect(audio.destination);
  tone.start(now);
  tone.stop(now + 0.3);
}
