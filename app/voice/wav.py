"""Sound as 16-bit samples: reading, writing, silence, trimming, equal level. Mono, 22,050 Hz throughout."""

from __future__ import annotations

import io
import itertools
import math
import operator
import struct
import sys
import wave
from array import array
from typing import TYPE_CHECKING

from app.voice.errors import BadWav

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

RATE = 22_050
"""Samples a second: what espeak-ng gives, and enough for speech."""

# Speech peaks about 15 dB over its RMS: -20 dBFS leaves headroom, so that the peak rule hardly ever applies
TARGET_RMS = 32_767 * 10 ** (-20 / 20)
PEAK_LIMIT = 32_767 * 0.95

_LOWEST_RATE, _HIGHEST_RATE = 8_000, 48_000
_HEADER_BYTES = 44
_SAMPLE_BYTES = 2
_LEFT_FRAMES = 4

Samples = array  # of type code "h"


def decode(data: bytes, source: str) -> Samples[int]:
    """Samples of a WAV; `BadWav` names `source` when it is not mono 16-bit PCM at 22,050 Hz."""
    samples, rate = _read(data, source)
    if rate != RATE:
        raise BadWav(source, f"1 channels of 16 bits at {rate} Hz; 1 of 16 at {RATE} is needed")
    return samples


def decode_any(data: bytes, source: str) -> Samples[int]:
    """As `decode`, of any rate from 8 to 48 kHz, brought to ours."""
    samples, rate = _read(data, source)
    if not _LOWEST_RATE <= rate <= _HIGHEST_RATE:
        raise BadWav(source, f"its rate is {rate} Hz")
    return resampled(samples, rate)


def resampled(samples: Samples[int], rate: int) -> Samples[int]:
    """At our rate: a straight line between two samples where there are too few, their mean where too many."""
    if rate == RATE:
        return samples
    if rate < RATE:
        last = len(samples) - 1
        places = (index * rate / RATE for index in range(len(samples) * RATE // rate))
        return array("h", [_between(samples, place, last) for place in places])
    sums = [0, *itertools.accumulate(samples)]
    edges = [round(index * rate / RATE) for index in range(len(samples) * RATE // rate + 1)]
    return array("h", [(sums[b] - sums[a]) // (b - a) for a, b in itertools.pairwise(edges)])


def _between(samples: Samples[int], place: float, last: int) -> int:
    index = int(place)
    here, there = samples[index], samples[min(index + 1, last)]
    return round(here + (there - here) * (place - index))


def _read(data: bytes, source: str) -> tuple[Samples[int], int]:
    try:
        with wave.open(io.BytesIO(data)) as sound:
            channels, width, rate = sound.getnchannels(), sound.getsampwidth(), sound.getframerate()
            raw = sound.readframes(sound.getnframes())
    except (wave.Error, EOFError) as error:
        raise BadWav(source, str(error) or "it ends too early") from error
    if (channels, width) != (1, _SAMPLE_BYTES):
        raise BadWav(source, f"{channels} channels of {8 * width} bits at {rate} Hz; 1 of 16 at {RATE} is needed")
    return _little_endian(array("h", raw[: len(raw) - len(raw) % _SAMPLE_BYTES])), rate


def encode(samples: Samples[int]) -> bytes:
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(_SAMPLE_BYTES)
        sound.setframerate(RATE)
        sound.writeframes(_little_endian(samples[:]).tobytes())
    return buffer.getvalue()


def join(pieces: Iterable[Samples[int]]) -> Samples[int]:
    joined = array("h")
    for piece in pieces:
        joined.extend(piece)
    return joined


def silence(ms: int) -> Samples[int]:
    return array("h", bytes(_SAMPLE_BYTES * (RATE * ms // 1000)))


def trimmed(samples: Samples[int], floor: int = 30) -> Samples[int]:
    """From the first to the last sample over `floor` (-60 dBFS, not to be heard in any hall)."""
    heard = [index for index, sample in enumerate(samples) if sample > floor or sample < -floor]
    return samples[heard[0] : heard[-1] + 1] if heard else array("h")


def spoken(samples: Samples[int], quietest_rms: float) -> Samples[int]:
    """From the first to the last frame of 10 ms with a voice in it, before a microphone in a room.

    A voice is louder than `quietest_rms` and than a fifteenth (-24 dB) of the loudest frame. A little is left at both
    ends, for soft consonants.
    """
    frame = RATE // 100
    loudness = [rms(samples[start : start + frame]) for start in range(0, len(samples) - frame + 1, frame)]
    floor = max(quietest_rms, max(loudness, default=0.0) / 15)
    voiced = [index for index, level in enumerate(loudness) if level > floor]
    if not voiced:
        return array("h")
    first, last = max(0, voiced[0] - _LEFT_FRAMES), voiced[-1] + 1 + _LEFT_FRAMES
    return samples[first * frame : last * frame]


def levelled(samples: Samples[int]) -> Samples[int]:
    """As loud as every other piece (equal RMS), but never clipped."""
    loudness = rms(samples)
    if not loudness:
        return samples
    peak = max(map(abs, samples))
    gain = min(TARGET_RMS / loudness, PEAK_LIMIT / peak)
    return array("h", map(int, map(gain.__mul__, samples)))


def rms(samples: Samples[int]) -> float:
    if not samples:
        return 0.0
    return math.sqrt(sum(map(operator.mul, samples, samples)) / len(samples))


def duration_ms(path: Path) -> int:
    """Milliseconds of a whole file as `encode` writes it, else `BadWav`; reads the header only."""
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    size = path.stat().st_size
    sound_bytes = size - _HEADER_BYTES
    if sound_bytes <= 0 or header != _header(sound_bytes):
        raise BadWav(str(path), f"its header does not describe its {size} bytes")
    return 1000 * (sound_bytes // _SAMPLE_BYTES) // RATE


def _header(sound_bytes: int) -> bytes:
    """The canonical 44 bytes: RIFF, fmt (PCM, mono, 16 bit), data."""
    form = (b"RIFF", sound_bytes + _HEADER_BYTES - 8, b"WAVE")
    shape = (b"fmt ", 16, 1, 1, RATE, RATE * _SAMPLE_BYTES, _SAMPLE_BYTES, 8 * _SAMPLE_BYTES)
    return struct.pack("<4sI4s4sIHHIIHH4sI", *form, *shape, b"data", sound_bytes)


def _little_endian(samples: Samples[int]) -> Samples[int]:
    if sys.byteorder == "big":
        samples.byteswap()
    return samples
