"""The hub's one voice: built anew for other settings and packs; what it read aloud, and nothing else, is found."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.api.problems import status_of
from app.config import Config
from app.core.hall import Hall, Settings
from app.speaker import NotReadAloud, Speaker, UnknownSpeech
from app.voice import packs, phrases
from app.voice.languages import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def speaker(tmp_path: Path) -> Speaker:
    return Speaker(Config(db=tmp_path / "centre.db", voice="espeak"))


@pytest.fixture
def hall() -> Hall:
    return Hall(settings=Settings())


@pytest.mark.usefixtures("espeak")
def test_what_was_read_aloud_is_found_by_its_key_until_the_hub_starts_anew(speaker: Speaker, hall: Hall):
    path = speaker.speech(hall, "Mời bác ngồi chờ.", "vi")
    assert speaker.spoken(hall, path.stem) == path
    with pytest.raises(UnknownSpeech):
        speaker.spoken(hall, "0" * 64)
    again = Speaker(speaker.config)
    with pytest.raises(UnknownSpeech):
        again.spoken(hall, path.stem)
    assert again.speech(hall, "Mời bác ngồi chờ.", "vi").stem != path.stem, "the name cannot be worked out"


@pytest.mark.parametrize(("text", "language"), [("Xin chào", "hre"), ("", "vi"), ("a" * 601, "vi")])
@pytest.mark.usefixtures("espeak")
def test_what_is_not_read_aloud_is_refused_and_not_tried_again(speaker: Speaker, hall: Hall, text: str, language: str):
    with pytest.raises(NotReadAloud) as refused:
        speaker.speech(hall, text, language)
    assert status_of(refused.value) == 422


@pytest.mark.usefixtures("espeak")
def test_a_call_sound_is_no_speech(speaker: Speaker, hall: Hall):
    call = speaker.attempt(hall, "A023", 3, "vi")
    with pytest.raises(UnknownSpeech):
        speaker.spoken(hall, call.stem)


def test_a_pack_that_is_copied_beside_the_database_speaks_at_once(tmp_path: Path, hall: Hall):
    speaker = Speaker(Config(db=tmp_path / "centre.db"))
    before = speaker.voice(hall.settings)
    assert speaker.voice(hall.settings) is before
    speaker.own_packs.describe("vi", "", "north", None)
    shipped = packs.load(packs.SHIPPED / "vi-north")
    for each in phrases.needed(LANGUAGES["vi"]):
        speaker.own_packs.keep("vi", each.text, shipped.clips[each.text])
    after = speaker.voice(hall.settings)
    assert after is not before
    assert after.engines["vi"].by == "clips"
    assert speaker.voice(replace(hall.settings, voice_region="south")) is not after
