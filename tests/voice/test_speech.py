"""Is it sound, and does it say the number? For both engines."""

from __future__ import annotations

import subprocess
from array import array
from typing import TYPE_CHECKING, get_args

import pytest
from hearing import features, stretches, understood_as

from app.voice import wav
from app.voice.clip_engine import ClipEngine
from app.voice.engines import Engine, choose_engine
from app.voice.errors import EspeakFailed, EspeakMissing, EspeakTimedOut, NoEngine
from app.voice.espeak import EspeakEngine
from app.voice.languages import LANGUAGES
from app.voice.numbers import Region, vietnamese
from app.voice.sentences import Pause, Phrase, Utterance, sentence

if TYPE_CHECKING:
    from pathlib import Path

    from hearing import Features


CALL = sentence("A023", 3)


def test_a_call_takes_a_few_seconds(engine: Engine):
    seconds = len(wav.decode(engine.render(CALL), "test")) / wav.RATE
    assert 3.5 < seconds < 7


def test_a_call_is_loud_where_it_speaks_and_silent_where_it_pauses(engine: Engine):
    heard = stretches(engine.render(CALL))
    assert [is_sound for is_sound, _ in heard] == [isinstance(part, Phrase) for part in CALL.parts]
    for (is_sound, samples), part in zip(heard, CALL.parts, strict=True):
        if is_sound:
            assert wav.rms(array("h", samples)) > 0.7 * wav.TARGET_RMS
        else:
            assert isinstance(part, Pause)
            assert len(samples) / wav.RATE * 1000 == pytest.approx(part.ms, abs=2)


def test_what_stands_between_the_pauses_is_the_number_and_the_counter(engine: Engine):
    spoken = [samples for is_sound, samples in stretches(engine.render(CALL)) if is_sound]
    for samples, text in zip(spoken, ["xin mời số", "a", "không hai mươi ba", "đến quầy số", "ba"], strict=True):
        alone = wav.decode(engine.render(Utterance("vi", "north", (Phrase(text),))), "test")
        assert samples == list(alone)


@pytest.fixture(scope="module")
def ear(espeak: EspeakEngine) -> dict[str, Features]:  # noqa: ARG001 - must be installed
    """What a listener knows: the words as somebody else says them, slower and higher (and not in our engine)."""
    said = [vietnamese(number) for number in range(1, 10)] + [f"không {vietnamese(number)}" for number in range(20, 30)]
    return {words: features(espeak_aloud(words, "-s", "105", "-p", "65")) for words in said}


def test_a_listener_understands_to_which_counter(engine: Engine, ear: dict[str, Features]):
    for counter in range(1, 10):
        _, counter_heard = stretches(engine.render(sentence("A023", counter)))[-1]
        assert understood_as(counter_heard, ear) == vietnamese(counter)


def test_a_listener_understands_which_number(engine: Engine, ear: dict[str, Features]):
    for number in range(20, 30):
        spoken = [samples for is_sound, samples in stretches(engine.render(sentence(f"A0{number}", 3))) if is_sound]
        assert understood_as(spoken[2], ear) == f"không {vietnamese(number)}"


def test_no_two_of_the_first_hundred_numbers_are_the_same_sound(engine: Engine):
    sounds = {engine.render(Utterance("vi", "north", (Phrase(vietnamese(n)),))) for n in range(100)}
    assert len(sounds) == 100


def test_more_words_take_more_time(engine: Engine):
    lengths = [
        len(engine.render(Utterance("vi", "north", (Phrase(words),))))
        for words in ["hai", "hai mươi", "hai mươi ba", "không hai mươi ba", "một trăm hai mươi ba nghìn"]
    ]
    assert lengths == sorted(set(lengths))


def test_the_same_call_is_the_same_sound_every_time(engine: Engine):
    assert engine.render(CALL) == engine.render(CALL)


def test_two_runs_of_espeak_give_the_same_sound(espeak: EspeakEngine):
    assert EspeakEngine().render(CALL) == espeak.render(CALL)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("region", get_args(Region))
def test_espeak_speaks_in_every_region(espeak: EspeakEngine, language: str, region: Region):
    heard = stretches(espeak.render(sentence("A105", 12, language=language, region=region)))
    assert [is_sound for is_sound, _ in heard].count(True) == 5


def test_each_region_has_its_own_voice(espeak: EspeakEngine):
    assert len({espeak.render(sentence("A023", 3, region=region)) for region in get_args(Region)}) == 3


def test_a_slower_rate_takes_longer(espeak: EspeakEngine):
    assert len(EspeakEngine(rate_wpm=100).render(CALL)) > 1.15 * len(espeak.render(CALL))


@pytest.mark.parametrize("voice", ["vi", "vi-vn-x-central", "vi-vn-x-south"])
@pytest.mark.usefixtures("espeak")
def test_no_two_letters_are_spoken_alike_in_any_region(voice: str):
    vi = LANGUAGES["vi"]
    spoken = {letter: phonemes(vi.respelt.get(name, name), voice) for letter, name in vi.letters.items()}
    assert len(set(spoken.values())) == len(spoken), spoken


@pytest.mark.usefixtures("espeak")
def test_no_two_english_letters_are_spoken_alike():
    spoken = {letter: phonemes(name, "en-gb") for letter, name in LANGUAGES["en"].letters.items() if letter != "Đ"}
    assert len(set(spoken.values())) == 26, spoken


@pytest.mark.parametrize("region", get_args(Region))
@pytest.mark.usefixtures("espeak")
def test_espeak_tells_all_numbers_apart_and_says_a_syllable_for_each_word(region: Region):
    voices = LANGUAGES["vi"].espeak_voices
    assert voices
    said = [vietnamese(number, region) for number in [*range(100), 101, 105, 110, 115, 1005, 21_004]]
    spoken = phonemes("\n\n".join(said), voices[region]).split("\n")
    assert len(set(spoken)) == len(said)
    assert [line.count("_|") for line in spoken] == [len(words.split()) for words in said]


def test_without_espeak_the_shipped_clips_speak(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    choice = choose_engine("vi", "south")
    assert isinstance(choice.engine, ClipEngine)
    assert "the clip pack vi-north says 'vi'" in choice.why
    assert "package espeak-ng" in choice.why


@pytest.mark.usefixtures("espeak")
def test_with_espeak_it_speaks_and_says_why():
    choice = choose_engine("vi", "south")
    assert isinstance(choice.engine, EspeakEngine)
    assert choice.why == "espeak-ng says 'vi' with its voice 'vi-vn-x-south', since it is installed."


def test_the_settings_may_ask_for_clips():
    choice = choose_engine("vi", engine="clips")
    assert isinstance(choice.engine, ClipEngine)
    assert choice.why == "the clip pack vi-north says 'vi', as the settings ask."


def test_who_asks_for_espeak_is_told_that_it_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EspeakMissing, match="espeak-ng"):
        choose_engine("vi", engine="espeak")


def test_with_neither_espeak_nor_clips_all_reasons_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "broken.zip").write_bytes(b"")
    with pytest.raises(NoEngine, match=r"not installed.*no clip pack is in this language.*broken\.zip"):
        choose_engine("vi", pack_folders=[tmp_path])


def test_an_espeak_that_fails_at_once_gives_way_to_clips(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    program(tmp_path / "espeak-ng", 'case "$1" in --version) exit 0;; esac; echo "no such voice" >&2; exit 1')
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    choice = choose_engine("vi")
    assert isinstance(choice.engine, ClipEngine)
    assert "no such voice" in choice.why


def test_a_failing_espeak_is_reported_with_its_own_words(tmp_path: Path):
    path = program(tmp_path / "espeak", 'case "$1" in --version) exit 0;; esac; echo "no such voice" >&2; exit 3')
    with pytest.raises(EspeakFailed, match="'xin mời số' as 'vi': exit code 3: no such voice"):
        EspeakEngine(path).render(CALL)


def test_an_espeak_that_gives_silence_is_reported(tmp_path: Path):
    quiet = tmp_path / "quiet.wav"
    quiet.write_bytes(wav.encode(wav.silence(500)))
    path = program(tmp_path / "espeak", f'case "$1" in --version) exit 0;; esac; cat {quiet}')
    with pytest.raises(EspeakFailed, match="it gave silence"):
        EspeakEngine(path).render(CALL)


def test_a_stuck_espeak_is_given_up(tmp_path: Path):
    path = program(tmp_path / "espeak", 'case "$1" in --version) exit 0;; esac; exec sleep 600')
    with pytest.raises(EspeakTimedOut, match=r"within 0\.3 s"):
        EspeakEngine(path, timeout_s=0.3).render(CALL)


def test_an_espeak_that_cannot_be_started_is_reported(tmp_path: Path):
    (tmp_path / "espeak").write_text("")
    with pytest.raises(EspeakFailed, match="Permission denied"):
        EspeakEngine(str(tmp_path / "espeak"))
    with pytest.raises(EspeakMissing, match="absent"):
        EspeakEngine(str(tmp_path / "absent"))


def test_a_name_that_looks_like_an_option_is_only_said(espeak: EspeakEngine):
    assert len(espeak.render(Utterance("vi", "north", (Phrase("--version một"),)))) > 10_000


def test_the_phrases_kept_are_bounded(espeak: EspeakEngine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.voice.programs.PHRASES_KEPT", 3)
    engine = EspeakEngine()
    for number in range(6):
        engine.render(Utterance("vi", "north", (Phrase("số"), Phrase(vietnamese(number)))))
    assert [text for text, _ in engine.memory.phrases] == ["bốn", "số", "năm"]
    assert engine.identity == espeak.identity


def phonemes(text: str, voice: str) -> str:
    command = ["espeak-ng", "-q", "-x", "-v", voice, "--stdin"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout.strip()


def espeak_aloud(text: str, *options: str) -> list[int]:
    command = ["espeak-ng", "-v", "vi", *options, "-z", "--stdin", "--stdout"]
    data = subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout
    return list(wav.trimmed(wav.decode(data, text)))


def program(path: Path, script: str) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)
