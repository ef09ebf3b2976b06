from __future__ import annotations

import json
import shutil
import zipfile
from typing import TYPE_CHECKING, Any, get_args

import pytest
from recording import make_pack

from app.voice import packs, wav
from app.voice.clip_engine import ClipEngine
from app.voice.errors import BadClipPack, MissingWord, NoEngine
from app.voice.languages import LANGUAGES
from app.voice.numbers import Region, Style
from app.voice.sentences import Phrase, sentence

if TYPE_CHECKING:
    from pathlib import Path


TICKETS = [*(f"{number:03}" for number in range(1000)), *(f"{number}" for number in range(1000, 10_000, 97))]


@pytest.fixture(params=["vi-north", "en"])
def pack(request: pytest.FixtureRequest) -> packs.ClipPack:
    return packs.load(packs.SHIPPED / request.param)


@pytest.mark.parametrize("region", get_args(Region))
@pytest.mark.parametrize("style", get_args(Style))
def test_the_shipped_packs_can_say_every_ticket_number(pack: packs.ClipPack, region: Region, style: Style):
    for ticket in TICKETS:
        assert_can_say(pack, sentence(ticket, 1, language=pack.language, region=region, style=style))


def test_the_shipped_packs_can_say_every_letter_and_every_counter(pack: packs.ClipPack):
    for letter in LANGUAGES[pack.language].letters:
        assert_can_say(pack, sentence(f"{letter}001", 1, language=pack.language))
    for counter in range(1, 100):
        assert_can_say(pack, sentence("A001", counter, language=pack.language, again=True))


def test_every_shipped_clip_is_trimmed_and_as_loud_as_the_others(pack: packs.ClipPack):
    for key in pack.clips:
        samples = wav.decode(pack.clips[key], key)
        assert 0.1 < len(samples) / wav.RATE < 1.6, key
        assert len(samples) - len(wav.trimmed(samples)) < wav.RATE // 50, key
        assert wav.rms(samples) == pytest.approx(wav.TARGET_RMS, rel=0.1), key


def test_no_two_words_of_a_shipped_pack_are_the_same_sound(pack: packs.ClipPack):
    assert len(set(pack.clips.values())) == len(pack.clips)


def test_the_shipped_packs_are_small_and_say_their_licence():
    files = [path for path in packs.SHIPPED.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 2_500_000
    for path in packs.installed(packs.SHIPPED):
        assert packs.load(path).licence == "CC0-1.0"
        assert "espeak-ng" in (path / "LICENCE").read_text()


def test_the_longest_clip_that_fits_is_taken(tmp_path: Path):
    engine = packs.load(make_pack(tmp_path, "hai", "mươi", "hai mươi", "ba"))
    assert engine.split("Hai mươi ba hai ba") == ["hai mươi", "ba", "hai", "ba"]


def test_a_word_without_a_clip_is_named(tmp_path: Path):
    engine = ClipEngine(packs.load(make_pack(tmp_path, "xin mời số")))
    with pytest.raises(MissingWord, match="'a'") as caught:
        engine.render(sentence("A023", 3))
    assert caught.value.word == "a"


def test_a_pack_does_not_pretend_to_speak_another_language(clips: ClipEngine):
    with pytest.raises(NoEngine, match="'en'"):
        clips.render(sentence("A023", 3, language="en"))


def test_a_pack_may_be_a_zip_file(tmp_path: Path, clips: ClipEngine):
    path = tmp_path / "own.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in (packs.SHIPPED / "vi-north").iterdir():
            archive.write(file, file.name)
    assert packs.installed(tmp_path) == [path]
    assert ClipEngine(packs.load(path)).render(sentence("A023", 3)) == clips.render(sentence("A023", 3))


def test_a_damaged_clip_is_named(tmp_path: Path):
    path = make_pack(tmp_path, "hai")
    (path / "0.wav").write_bytes(b"RIFF")
    with pytest.raises(BadClipPack, match="'hai' is not what the manifest says"):
        packs.load(path)


def test_an_absent_clip_is_named(tmp_path: Path):
    path = make_pack(tmp_path, "hai")
    (path / "0.wav").unlink()
    with pytest.raises(BadClipPack, match="'hai' is missing"):
        packs.load(path)


def test_a_pack_reads_no_file_outside_of_itself(tmp_path: Path):
    path = make_pack(tmp_path, "hai")
    shutil.copy(path / "0.wav", tmp_path / "0.wav")
    change(path, lambda manifest: manifest["clips"]["hai"].update(file="../0.wav"))
    with pytest.raises(BadClipPack, match="outside of the pack"):
        packs.load(path)


@pytest.mark.parametrize(
    ("key", "value", "complaint"),
    [
        ("sample_rate", 16_000, "16000; 22050 is needed"),
        ("licence", None, "lacks or misplaces 'licence'"),
        ("clips", None, "lacks or misplaces 'clips'"),
        ("clips", ["hai"], "lacks or misplaces"),
        ("clips", {"hai": "0.wav"}, "lacks or misplaces"),
    ],
)
def test_a_wrong_manifest_says_what_is_wrong(tmp_path: Path, key: str, value: object, complaint: str):
    path = make_pack(tmp_path, "hai")
    change(path, lambda manifest: manifest.pop(key) if value is None else manifest.update({key: value}))
    with pytest.raises(BadClipPack, match=complaint):
        packs.load(path)


def test_a_pack_without_a_readable_manifest_is_refused(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("hai")
    with pytest.raises(BadClipPack, match="neither a folder nor a zip"):
        packs.load(tmp_path / "notes.txt")
    with pytest.raises(BadClipPack, match="cannot be read"):
        packs.load(tmp_path)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(BadClipPack, match="not JSON"):
        packs.load(tmp_path)


def assert_can_say(pack: packs.ClipPack, utterance: Any) -> None:
    for part in utterance.parts:
        if isinstance(part, Phrase):
            assert " ".join(pack.split(part.text)) == part.text.lower()


def change(path: Path, edit: Any) -> None:
    manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    edit(manifest)
    (path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
