"""A language is data: a description and recordings, and no code."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from app.voice import languages, packs, phrases, wav
from app.voice.clip_engine import ClipEngine
from app.voice.engines import choose_engine
from app.voice.errors import BadClipPack, BadLanguage, BadText, NoEngine
from app.voice.espeak import EspeakEngine
from app.voice.recording import OwnPacks
from app.voice.service import SpokenCall, Voice, VoiceSettings

if TYPE_CHECKING:
    from pathlib import Path

# Stand-ins for its words: nobody here may make up another people's language
SENTENCE: dict[str, Any] = {
    "opening": "opening",
    "opening_again": ["again", "opening"],
    "to_counter": "counter",
    "letters": {"A": "letter a"},
    "digits": [f"d{figure}" for figure in range(10)],
    "numbers": {"23": "twenty-three", "45": "forty-five"},
}
WORDS = ["opening", "again", "counter", "letter a", *SENTENCE["digits"]]
IN_HRE = SpokenCall("A023", 12, language="hre")


@pytest.fixture
def own(tmp_path: Path) -> OwnPacks:
    found = OwnPacks(tmp_path / "voices")
    found.describe("hre", "Hrê", "central", SENTENCE)
    return found


def aloud(text: str) -> bytes:
    """Somebody reads it into a microphone: here a program with another voice."""
    command = ["espeak-ng", "-v", "en-us", "-s", "120", "--stdin", "--stdout", "-z"]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout


def record(own: OwnPacks, *words: str, code: str = "hre") -> None:
    for word in words:
        own.keep(code, word, aloud(word))


def voice_of(own: OwnPacks, folder: Path, **settings: Any) -> Voice:
    return Voice(folder / "cache", VoiceSettings(**settings), pack_folders=[own.folder, packs.SHIPPED])


@pytest.mark.usefixtures("espeak")
def test_a_folder_of_recordings_calls_in_its_language(own: OwnPacks, tmp_path: Path):
    record(own, *WORDS)
    voice = voice_of(own, tmp_path)
    assert voice.text(IN_HRE).endswith("đến quầy số, mười hai. opening, letter a, d0 d2 d3, counter, d1 d2")
    assert "the clip pack hre says 'hre', since this centre recorded it" in voice.engines["hre"].why
    both = wav.decode(voice.audio(IN_HRE).read_bytes(), "both")
    vietnamese = wav.decode(voice.audio(SpokenCall("A023", 12)).read_bytes(), "vi")
    assert both[: len(vietnamese)] == vietnamese
    assert len(both) > len(vietnamese) + 2 * wav.RATE
    assert wav.rms(both[len(vietnamese) + wav.RATE :]) > wav.TARGET_RMS / 2


@pytest.mark.usefixtures("espeak")
def test_a_number_that_was_recorded_whole_is_said_whole(own: OwnPacks, tmp_path: Path):
    record(own, *WORDS, "twenty-three")
    voice = voice_of(own, tmp_path)
    assert "letter a, d0 twenty-three, counter, d4 d5" in voice.text(SpokenCall("A023", 45, language="hre"))


@pytest.mark.usefixtures("espeak")
def test_a_pack_in_the_making_does_not_take_the_word(own: OwnPacks, tmp_path: Path):
    record(own, "opening", "d1")
    voice = voice_of(own, tmp_path)
    assert "hre" in voice.silent
    assert voice.key(IN_HRE) == voice.key(SpokenCall("A023", 12))
    own.describe("vi", "", "north", None)
    record(own, "xin mời số", "hai", code="vi")
    assert isinstance(voice_of(own, tmp_path).engines["vi"].engine, EspeakEngine)


@pytest.mark.usefixtures("espeak")
def test_a_whole_pack_in_vietnamese_comes_before_espeak(own: OwnPacks, tmp_path: Path):
    own.describe("vi", "", "north", None)
    shipped = packs.load(packs.SHIPPED / "vi-north")
    for each in phrases.needed(languages.LANGUAGES["vi"], "A"):
        own.keep("vi", each.text, shipped.clips[each.text])
    choice = voice_of(own, tmp_path).engines["vi"]
    assert isinstance(choice.engine, ClipEngine)
    assert choice.why == "the clip pack vi says 'vi', since this centre recorded it."
    assert voice_of(own, tmp_path).audio(SpokenCall("K023", 3)).exists(), "a letter that was not recorded"
    assert isinstance(choose_engine("vi", pack_folders=[packs.SHIPPED]).engine, EspeakEngine)


@pytest.mark.usefixtures("espeak")
def test_a_letter_that_was_not_recorded_is_called_in_vietnamese_alone(own: OwnPacks, tmp_path: Path):
    record(own, *WORDS)
    voice = voice_of(own, tmp_path)
    for number in ("Z001", "A001"):
        assert voice.audio(SpokenCall(number, 1, language="hre")).exists()
    (own.folder / "hre" / "manifest.json").unlink()
    assert voice.key(SpokenCall("Z001", 1, language="hre")) == voice.key(SpokenCall("Z001", 1))


def test_a_language_that_espeak_speaks_needs_no_recordings(tmp_path: Path):
    own = OwnPacks(tmp_path / "voices")
    own.describe("ja", "日本語", "north", SENTENCE | {"espeak": "ja"})
    voice = voice_of(own, tmp_path)
    assert "espeak-ng says 'ja'" in voice.engines["ja"].why
    assert len(voice.audio(SpokenCall("A023", 12, language="ja")).read_bytes()) > 300_000


def test_every_recording_may_be_made_anew(own: OwnPacks):
    record(own, "opening")
    first = own.clip("hre", "opening")
    own.keep("hre", "opening", aloud("something else"))
    assert own.clip("hre", "opening") != first
    assert len(list((own.folder / "hre").glob("*.wav"))) == 1
    packs.load(own.folder / "hre")
    own.describe("hre", "Hre", "south", SENTENCE)
    assert own.clip("hre", "opening") is not None, "a new description keeps the recordings"
    own.forget("hre", "opening")
    assert list((own.folder / "hre").glob("*.wav")) == []
    own.remove("hre")
    assert list(own.folder.iterdir()) == []


def test_the_phrases_to_record_are_those_of_the_centre_and_their_meaning_is_told(own: OwnPacks):
    tongue = packs.load(own.folder / "hre").tongue
    assert tongue
    found = {each.text: (each.kind, each.meaning) for each in phrases.needed(tongue, ["A", "B"])}
    assert found["counter"] == ("counter", "đến quầy số")
    assert found["letter a"] == ("letter", "A")
    assert found["d7"] == ("digit", "7")
    assert found["twenty-three"] == ("number", "23")
    assert "again" in found


def test_silence_around_a_voice_is_cut_though_the_room_hums():
    hum = wav.decode(wav.encode(wav.join([wav.silence(10)])), "x")
    assert wav.spoken(hum, 180) == hum[:0]
    word = wav.trimmed(wav.decode(aloud("counter"), "word"))
    room = wav.join([type(word)("h", [60, -60] * wav.RATE)])
    cut = wav.spoken(wav.join([room, word, room]), 180)
    assert len(word) * 0.8 < len(cut) < len(word) + wav.RATE // 5


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"digits": ["d0"]}, "'digits' has 1 texts"),
        ({"opening": ""}, "'opening' is not a text"),
        ({"opening": 3}, "'opening' is not a text or a list"),
        ({"letters": ["A"]}, "'letters' is not a table"),
        ({"numbers": {"023": "x"}}, "'023', which is not a whole number"),
        ({"counting": "roman"}, "known are vietnamese, english"),
        ({"espeak": "en gb"}, "name of a voice"),
        ({"espeak": {"north": "vi"}}, "three regions"),
        ({"to_counter": None}, "'to_counter' is not a text"),
    ],
)
def test_a_wrong_description_says_what_is_wrong(tmp_path: Path, change: dict[str, Any], complaint: str):
    with pytest.raises(BadLanguage, match=complaint):
        languages.from_data("hre", "Hrê", SENTENCE | change, "test")
    path = tmp_path / "hre"
    path.mkdir()
    manifest = {"language": "hre", "region": "", "sample_rate": wav.RATE, "licence": "", "clips": {}}
    (path / "manifest.json").write_text(json.dumps(manifest | {"sentence": SENTENCE | change}), "utf-8")
    with pytest.raises(BadClipPack, match="does not describe a language"):
        packs.load(path)


def test_a_language_file_that_is_none_is_named(tmp_path: Path):
    (tmp_path / "xx.toml").write_text("code = ")
    with pytest.raises(BadLanguage, match=r"xx\.toml"):
        languages.read(tmp_path / "xx.toml")


@pytest.mark.usefixtures("espeak")
def test_a_text_is_read_aloud_and_kept_under_a_name_that_needs_the_secret(tmp_path: Path):
    voice = Voice(tmp_path)
    text = "Xin chào bác! Bác cần mang theo: giấy khai sinh, căn cước. [[xin]] <b>chờ</b>"
    path = voice.speech(text, "vi", b"one")
    assert 4_000 < voice.duration_ms(path) < 12_000
    assert wav.rms(wav.decode(path.read_bytes(), "speech")) > wav.TARGET_RMS / 2
    assert voice.speech(text, "vi", b"one") == path
    assert voice.speech(text, "vi", b"two") != path
    assert voice.spoken(path.stem) == path
    assert voice.spoken("0" * 64) is None
    assert voice.spoken("../" + path.stem) is None


@pytest.mark.parametrize("text", ["", "  ...!", "a" * 601, "[[]]"])
def test_a_text_without_words_or_without_end_is_refused(tmp_path: Path, text: str):
    with pytest.raises(BadText):
        Voice(tmp_path).speech(text, "vi", b"")


def test_recordings_read_no_text_and_say_so(own: OwnPacks, tmp_path: Path):
    record(own, *WORDS)
    with pytest.raises(NoEngine, match="recordings can say calls only"):
        voice_of(own, tmp_path).speech("Xin chào", "hre", b"")
    with pytest.raises(NoEngine, match="recordings can say calls only"):
        voice_of(own, tmp_path, engine="clips").speech("Xin chào", "vi", b"")
    with pytest.raises(NoEngine, match="not known here"):
        voice_of(own, tmp_path).speech("Bonjour", "fr", b"")
