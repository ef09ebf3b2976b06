"""What an ear would tell of a sound."""

from __future__ import annotations

import cmath
import math
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from app.voice import wav

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Features = list[list[float]]


def stretches(data: bytes, shortest_ms: int = 100) -> list[tuple[bool, list[int]]]:
    """The sound cut at its pauses: (is it sound, samples). A stop inside a word is too short to be a pause."""
    shortest = wav.RATE * shortest_ms // 1000
    cut: list[tuple[bool, list[int]]] = []
    for quiet, group in groupby(wav.decode(data, "test"), key=lambda sample: sample == 0):
        samples = list(group)
        is_sound = not quiet or len(samples) < shortest
        if cut and cut[-1][0] == is_sound:
            cut[-1][1].extend(samples)
        else:
            cut.append((is_sound, samples))
    return cut


# A small recogniser of whole words, as in the first voice-dialling telephones: the loudness in a few bands of
# pitch every 23 ms, compared with known words by dynamic time warping (Sakoe and Chiba, 1978).

FRAME = 256
BANDS_HZ = (100, 300, 500, 700, 950, 1250, 1600, 2000, 2500, 3200, 4200, 5500)


def understood_as(samples: Sequence[int], known: Mapping[str, Features]) -> str:
    heard = features(samples)
    return min(known, key=lambda words: distance(heard, known[words]))


def features(samples: Sequence[int]) -> Features:
    halved = [(first + second) / 2 for first, second in zip(samples[::2], samples[1::2], strict=False)]
    starts = range(0, max(1, len(halved) - FRAME), FRAME)
    return [bands(halved[start : start + FRAME]) for start in starts]


def bands(frame: list[float]) -> list[float]:
    """The loudness of each band in dB against the mean of all: the voice's own loudness does not count."""
    padded = frame + [0.0] * (FRAME - len(frame))
    windowed = [s * (0.5 - 0.5 * math.cos(2 * math.pi * i / FRAME)) for i, s in enumerate(padded)]
    power = [abs(value) ** 2 for value in fourier([complex(sample) for sample in windowed])[: FRAME // 2]]
    edges = [round(hertz * FRAME / (wav.RATE / 2)) for hertz in BANDS_HZ]
    loudness = [10 * math.log10(sum(power[low:high]) + 1e5) for low, high in pairwise(edges)]
    mean = sum(loudness) / len(loudness)
    return [level - mean for level in loudness]


def fourier(samples: list[complex]) -> list[complex]:
    if len(samples) == 1:
        return samples
    even, odd = fourier(samples[::2]), fourier(samples[1::2])
    turned = [cmath.exp(-2j * cmath.pi * k / len(samples)) * value for k, value in enumerate(odd)]
    pairs = list(zip(even, turned, strict=True))
    return [e + o for e, o in pairs] + [e - o for e, o in pairs]


def distance(heard: Features, known: Features) -> float:
    """How far one must be bent to become the other, for each frame of both."""
    costs = [0.0] + [math.inf] * len(known)
    for frame in heard:
        row = [math.inf]
        for index, other in enumerate(known):
            step = math.dist(frame, other)
            row.append(min(costs[index] + 2 * step, costs[index + 1] + step, row[index] + step))
        costs = row
    return costs[-1] / (len(heard) + len(known))
