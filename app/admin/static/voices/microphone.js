// From the microphone, or a file of sound, to a WAV: mono, 16 bit, 22,050 Hz.

export const RATE = 22_050;
const HEADER = 44;

/** Why this browser gives no microphone: "insecure", "none", or "" where it may. */
export function whyNoMicrophone() {
  if (!window.isSecureContext) return "insecure";
  return navigator.mediaDevices?.getUserMedia ? "" : "none";
}

/**
 * Begin to record; `onLevel(peak 0..1)` is told some ten times a second. Answers { stop() -> Promise<WAV as Blob> }.
 * Throws what getUserMedia throws: NotAllowedError, NotFoundError.
 */
export async function record(onLevel) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, autoGainControl: true, noiseSuppression: true } });
  const context = new AudioContext();
  await context.resume();
  await context.audioWorklet.addModule("/static/admin/voices/take-worklet.js");
  const take = new AudioWorkletNode(context, "take", { numberOfOutputs: 0 });
  const pieces = [];
  take.port.onmessage = ({ data }) => {
    pieces.push(data);
    onLevel(data.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0));
  };
  const source = context.createMediaStreamSource(stream);
  source.connect(take);
  return {
    async stop() {
      source.disconnect();
      for (const track of stream.getTracks()) track.stop();
      const rate = context.sampleRate;
      await context.close();
      onLevel(0);
      return toWav(await resampled(joined(pieces), rate));
    },
  };
}

/** A file that the browser can decode, as WAV. Throws EncodingError where it cannot. */
export async function fromFile(file) {
  const context = new OfflineAudioContext(1, 1, RATE); // decodes to its own rate
  const sound = await context.decodeAudioData(await file.arrayBuffer());
  return toWav(mono(sound));
}

function mono(sound) {
  const channels = Array.from({ length: sound.numberOfChannels }, (_, index) => sound.getChannelData(index));
  return channels[0].map((_, index) => channels.reduce((sum, channel) => sum + channel[index], 0) / channels.length);
}

function joined(pieces) {
  const all = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

async function resampled(samples, rate) {
  if (!samples.length) return samples;
  const context = new OfflineAudioContext(1, Math.ceil((samples.length * RATE) / rate), RATE);
  const buffer = context.createBuffer(1, samples.length, rate);
  buffer.copyToChannel(samples, 0);
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  source.start();
  return (await context.startRendering()).getChannelData(0);
}

function toWav(samples) {
  const view = new DataView(new ArrayBuffer(HEADER + 2 * samples.length));
  const text = (at, words) => [...words].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, HEADER - 8 + 2 * samples.length, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, RATE, true);
  view.setUint32(28, 2 * RATE, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((sample, index) => view.setInt16(HEADER + 2 * index, Math.max(-1, Math.min(1, sample)) * 32_767, true));
  return new Blob([view], { type: "audio/wav" });
}
