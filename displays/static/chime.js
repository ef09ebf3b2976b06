// A two-tone chime made here, for when the spoken call cannot be had: people still look up.

const TONES = [[659.3, 0], [523.3, 0.28]]; // hertz, seconds from the start
const TONE_S = 0.45;
const LOUDNESS = 0.25;

let context = null;

function audioContext() {
  context ??= new AudioContext();
  return context;
}

/** May this page make a sound yet? Most browsers want one touch first. */
export function chimeMayPlay() {
  return audioContext().state === "running";
}

/** To be called from a touch or a key. */
export function wakeChime() {
  void audioContext().resume();
}

export function chime() {
  if (!chimeMayPlay()) return;
  for (const [hertz, after] of TONES) tone(hertz, context.currentTime + after);
}

function tone(hertz, at) {
  const source = new OscillatorNode(context, { frequency: hertz });
  const volume = new GainNode(context, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, at + TONE_S);
  source.connect(volume).connect(context.destination);
  source.start(at);
  source.stop(at + TONE_S);
}
