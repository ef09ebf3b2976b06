"""The two tones before a sentence, which make heads turn: 0.6 s, made here so that no recording is needed."""

from __future__ import annotations

import math
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING

from app.voice import wav

if TYPE_CHECKING:
    from app.voice.wav import Samples

CHIME_MS = 600
_TONES_HZ = (659.26, 523.25)  # E5 then C5: a falling third, the old doorbell
_SECOND_STARTS_S = 0.24
_ATTACK_S = 0.012  # soft enough not to click
_DECAY_S = 0.11
_RELEASE_S = 0.03
_OVERTONE = 0.25  # an octave above, a little: heard better on small speakers than a pure tone


@lru_cache(maxsize=1)
def chime() -> Samples[int]:
    length = wav.RATE * CHIME_MS // 1000
    tones = [_sample(index / wav.RATE) for index in range(length)]
    peak = max(map(abs, tones))
    return wav.levelled(array("h", [round(tone / peak * wav.PEAK_LIMIT) for tone in tones]))


def _sample(at_s: float) -> float:
    first, second = _TONES_HZ
    return _strike(first, at_s, _SECOND_STARTS_S + 0.06) + _strike(
        second,
        at_s - _SECOND_STARTS_S,
        CHIME_MS / 1000 - _SECOND_STARTS_S,
    )


def _strike(hertz: float, at_s: float, length_s: float) -> float:
    """A struck tone: fast soft attack, exponential decay, a ramp to exact silence at its end."""
    if not 0 <= at_s < length_s:
        return 0.0
    attack = min(1.0, at_s / _ATTACK_S)
    release = min(1.0, (length_s - at_s) / _RELEASE_S)
    angle = 2 * math.pi * hertz * at_s
    return attack * release * math.exp(-at_s / _DECAY_S) * (math.sin(angle) + _OVERTONE * math.sin(2 * angle))
