// Short soft tones, for what somebody chose to hear. Browsers let a page sound only after a press in it.

const TONE_S = 0.26;
const LOUDNESS = 0.12;

let audio = null;

/** Tones of these frequencies (Hz), one after another. To be unlocked first, by a press. */
export function playTones(...frequencies) {
  const begin = context().currentTime + 0.02;
  frequencies.forEach((frequency, place) => tone(frequency, begin + place * TONE_S));
}

/** To be called while a press is handled: from then on the page may sound. */
export function unlockTones() {
  return context().resume();
}

/** May the page sound already? */
export function tonesUnlocked() {
  return context().state === "running";
}

function context() {
  audio ??= new AudioContext();
  return audio;
}

function tone(frequency, begin) {
  const source = new OscillatorNode(audio, { frequency });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, begin + TONE_S);
  source.connect(volume).connect(audio.destination);
  source.start(begin);
  source.stop(begin + TONE_S);
}
