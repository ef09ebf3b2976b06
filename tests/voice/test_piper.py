"""Piper, stood in for by a program that takes the words that both lines of piper document."""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from app.voice import wav
from app.voice.clip_engine import ClipEngine
from app.voice.engines import choose_engine
from app.voice.errors import BadWav, NoEngine, PiperFailed, PiperMissing, PiperTimedOut
from app.voice.espeak import EspeakEngine
from app.voice.piper import PiperEngine, models
from app.voice.sentences import Phrase, Utterance, sentence
from app.voice.service import SpokenCall, Voice, VoiceSettings

if TYPE_CHECKING:
    from pathlib import Path

CALL = sentence("A023", 3)

# As `piper --help`: the text comes on standard input, the WAV goes to a file; a voice of low quality has 16 kHz.
STAND_IN = """#!{python}
import argparse, math, os, sys, wave
from array import array
parser = argparse.ArgumentParser()
parser.add_argument("-m", "--model", required=True)
parser.add_argument("-f", "--output_file", "--output-file", required=True)
parser.add_argument("--length_scale", type=float, default=1.0)
asked = parser.parse_args()
if not os.path.exists(asked.model):
    sys.exit("Unable to find voice")
rate = int(open(asked.model).read())
text = sys.stdin.read().strip()
with open(os.path.join(os.path.dirname(asked.model), "said.txt"), "a", encoding="utf-8") as log:
    print(text, file=log)
length = int(rate * asked.length_scale * (0.1 + 0.05 * len(text)))
hertz = 200 + sum(text.encode()) % 400
with wave.open(asked.output_file, "wb") as file:
    file.setnchannels(1)
    file.setsampwidth(2)
    file.setframerate(rate)
    step = 2 * math.pi * hertz / rate
    file.writeframes(array("h", [round(9000 * math.sin(step * i)) for i in range(length)]).tobytes())
"""


@pytest.fixture
def piper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program is installed, and beside it a voice."""
    return installed(tmp_path, monkeypatch, STAND_IN.format(python=sys.executable))


def installed(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    programs = folder / "bin"
    programs.mkdir()
    (programs / "piper").write_text(script, encoding="utf-8")
    (programs / "piper").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/bin:/usr/bin")
    model = folder / "vi_VN-somebody-low.onnx"
    model.write_text("16000")
    return model


def test_piper_says_a_call_at_our_rate(piper: Path):
    samples = wav.decode(PiperEngine("vi", piper).render(CALL), "call")
    assert 2 < len(samples) / wav.RATE < 6
    assert wav.rms(samples) > wav.TARGET_RMS / 2


@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100])
def test_a_voice_of_any_rate_takes_as_long_and_has_its_pitch(piper: Path, rate: int):
    piper.write_text(str(rate))
    samples = wav.decode(PiperEngine("vi", piper).render(Utterance("vi", "north", (Phrase("một"),))), "word")
    expected_hertz = 200 + sum("một".encode()) % 400
    crossings = sum(1 for a, b in pairwise(samples) if a < 0 <= b)
    seconds = len(samples) / wav.RATE
    assert seconds == pytest.approx(0.25, abs=0.01)
    assert crossings / seconds == pytest.approx(expected_hertz, rel=0.03)


def test_prompts_are_asked_of_it_once(piper: Path):
    engine = PiperEngine("vi", piper)
    engine.render(CALL)
    engine.render(sentence("A024", 3))
    said = (piper.parent / "said.txt").read_text("utf-8").splitlines()
    assert said == ["xin mời số", "a", "không hai mươi ba", "đến quầy số", "ba", "không hai mươi tư"]


def test_choosing_anew_does_not_ask_piper_anew(piper: Path):
    for _ in range(3):
        assert isinstance(choose_engine("vi", piper_models={"vi": piper}).engine, PiperEngine)
    assert (piper.parent / "said.txt").read_text("utf-8").splitlines() == ["xin mời số", "đến quầy số"]


def test_a_slower_rate_is_passed_on(piper: Path):
    assert len(PiperEngine("vi", piper, rate_wpm=100).render(CALL)) > 1.15 * len(PiperEngine("vi", piper).render(CALL))


def test_piper_comes_before_espeak_and_behind_it_stand_the_others(piper: Path):
    choice = choose_engine("vi", piper_models={"vi": piper})
    assert choice.why == "piper says 'vi' with its voice 'vi_VN-somebody-low.onnx', since it and a voice are installed."
    assert [type(each) for each in choice.all] == [PiperEngine, EspeakEngine, ClipEngine]
    assert isinstance(choose_engine("en", piper_models={"vi": piper}).engine, EspeakEngine)


def test_a_missing_model_or_program_gives_way_to_espeak(tmp_path: Path, piper: Path, monkeypatch: pytest.MonkeyPatch):
    absent = {"vi": tmp_path / "absent.onnx"}
    assert isinstance(choose_engine("vi", piper_models=absent).engine, EspeakEngine)
    with pytest.raises(PiperMissing, match=r"absent\.onnx"):
        choose_engine("vi", engine="piper", piper_models=absent)
    with pytest.raises(PiperMissing, match="no voice for 'en'"):
        choose_engine("en", engine="piper", piper_models={"vi": piper})
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PiperMissing, match="not installed"):
        choose_engine("vi", engine="piper", piper_models={"vi": piper})


@pytest.mark.parametrize(
    ("script", "error", "words"),
    [
        ("echo 'onnxruntime: bad magic' >&2; exit 2", PiperFailed, "exit code 2: onnxruntime: bad magic"),
        ("exit 0", PiperFailed, "it wrote no file"),
        ('while [ "$1" != --output_file ]; do shift; done; echo garbage >"$2"', BadWav, "RIFF"),
    ],
)
def test_what_ails_piper_is_told_and_espeak_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, error: type[Exception], words: str
):
    model = installed(tmp_path, monkeypatch, f"#!/bin/sh\n{script}\n")
    with pytest.raises(error, match=words):
        PiperEngine("vi", model).render(CALL)
    assert isinstance(choose_engine("vi", piper_models={"vi": model}).engine, EspeakEngine)


def test_a_stuck_piper_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    model = installed(tmp_path, monkeypatch, "#!/bin/sh\nexec sleep 600\n")
    monkeypatch.setattr("app.voice.piper.A_CHARACTER_S", 0)
    with pytest.raises(PiperTimedOut, match=r"within 0\.3 s"):
        PiperEngine("vi", model, timeout_s=0.3).render(CALL)


def test_a_piper_that_breaks_later_gives_the_call_to_espeak(tmp_path: Path, piper: Path):
    voice = Voice(tmp_path / "voice", piper_models={"vi": piper})
    (tmp_path / "bin" / "piper").write_text("#!/bin/sh\nexit 1\n")
    heard = wav.decode(voice.audio(SpokenCall("A023", 3)).read_bytes(), "call")
    alone = Voice(tmp_path / "other")
    assert heard == wav.decode(alone.audio(SpokenCall("A023", 3)).read_bytes(), "call")


def test_a_text_is_read_aloud_by_piper(tmp_path: Path, piper: Path):
    voice = Voice(tmp_path / "voice", VoiceSettings(engine="piper"), piper_models={"vi": piper, "en": piper})
    path = voice.speech("Xin chào. Bác cần gì ạ?", "vi", b"secret")
    assert voice.duration_ms(path) > 1000
    assert (piper.parent / "said.txt").read_text("utf-8").splitlines()[-2:] == ["Xin chào.", "Bác cần gì ạ?"]


def test_a_voice_is_known_by_its_entry_or_by_its_name(tmp_path: Path):
    for name in ("vi_VN-a-low.onnx", "vi_VN-b-low.onnx", "en_GB-c-medium.onnx", "notes.txt", "Voice.onnx"):
        (tmp_path / name).write_text("")
    found = models(["en=/srv/own.onnx", str(tmp_path), str(tmp_path / "absent")])
    assert {code: path.name for code, path in found.items()} == {"en": "own.onnx", "vi": "vi_VN-a-low.onnx"}


def test_a_voice_says_no_other_language(piper: Path):
    with pytest.raises(NoEngine, match="'en'"):
        PiperEngine("vi", piper).render(sentence("A023", 3, language="en"))
