from __future__ import annotations

import math
from array import array
from typing import TYPE_CHECKING

import pytest

from app.voice import wav
from app.voice.chime import chime
from app.voice.errors import BadWav

if TYPE_CHECKING:
    from pathlib import Path


def test_the_chime_is_six_tenths_of_a_second_and_always_the_same():
    assert len(chime()) == wav.RATE * 600 // 1000
    chime.cache_clear()
    first = chime()
    chime.cache_clear()
    assert chime() == first


def test_the_chime_neither_clicks_nor_clips():
    samples = chime()
    assert abs(samples[0]) < 50
    assert abs(samples[-1]) < 50
    assert 8_000 < max(map(abs, samples)) <= wav.PEAK_LIMIT


def test_the_chime_falls_from_a_higher_tone_to_a_lower():
    samples = chime()
    early, late = samples[: wav.RATE * 200 // 1000], samples[wav.RATE * 350 // 1000 :]
    assert strength(early, 659.26) > 5 * strength(early, 523.25)
    assert strength(late, 523.25) > 5 * strength(late, 659.26)


def test_what_is_written_is_read_back():
    samples = array("h", [0, 1, -1, 32_767, -32_768])
    assert wav.decode(wav.encode(samples), "test") == samples


def test_silence_is_exact():
    assert wav.silence(250) == array("h", [0] * (wav.RATE // 4))


def test_quiet_and_loud_pieces_become_equally_loud():
    quiet, loud = (array("h", [round(sample * gain) for sample in chime()]) for gain in (0.05, 0.9))
    assert wav.rms(wav.levelled(quiet)) == pytest.approx(wav.rms(wav.levelled(loud)), rel=0.02)


def test_levelling_never_clips():
    click = array("h", [0] * 1000 + [20_000] + [0] * 1000)
    assert max(wav.levelled(click)) <= wav.PEAK_LIMIT


def test_silence_around_a_word_is_cut_and_the_word_is_not():
    word = array("h", [5000, -5000] * 500)
    assert wav.trimmed(wav.join([wav.silence(300), word, wav.silence(300)])) == word


def test_nothing_but_silence_is_cut_to_nothing_and_stays_silent():
    assert len(wav.trimmed(wav.silence(100))) == 0
    assert wav.levelled(wav.silence(100)) == wav.silence(100)


def test_the_length_of_a_file_is_told_in_milliseconds(tmp_path: Path):
    path = tmp_path / "a.wav"
    path.write_bytes(wav.encode(wav.silence(1500)))
    assert wav.duration_ms(path) == 1500


@pytest.mark.parametrize("keep", [0, 3, 44, 45, 1000])
def test_a_file_cut_short_is_noticed(tmp_path: Path, keep: int):
    path = tmp_path / "a.wav"
    path.write_bytes(wav.encode(wav.silence(1500))[:keep])
    with pytest.raises(BadWav, match=r"a\.wav"):
        wav.duration_ms(path)


@pytest.mark.parametrize("data", [b"", b"RIFF", b"not sound at all, and long enough to hold a header of 44 bytes"])
def test_what_is_not_sound_is_refused_by_name(data: bytes):
    with pytest.raises(BadWav, match="the clip"):
        wav.decode(data, "the clip")


def test_sound_of_another_kind_is_refused_with_what_is_needed():
    data = bytearray(wav.encode(wav.silence(10)))
    data[24:28] = (16_000).to_bytes(4, "little")
    with pytest.raises(BadWav, match="16000 Hz; 1 of 16 at 22050"):
        wav.decode(bytes(data), "the clip")


def strength(samples: array[int], hertz: float) -> float:
    """How much of one frequency is in the samples (Goertzel's algorithm)."""
    factor = 2 * math.cos(2 * math.pi * hertz / wav.RATE)
    before, last = 0.0, 0.0
    for sample in samples:
        before, last = last, sample + factor * last - before
    return math.sqrt(before * before + last * last - factor * before * last)
