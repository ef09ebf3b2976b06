from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from recording import make_pack

from app.voice import packs, wav
from app.voice.chime import chime
from app.voice.clip_engine import ClipEngine
from app.voice.engines import Choice
from app.voice.errors import CacheFailed, EspeakTimedOut, MissingWord, NoEngine, UnspeakableNumber
from app.voice.service import SpokenCall, Voice, VoiceSettings

if TYPE_CHECKING:
    from app.voice.sentences import Utterance

CALL = SpokenCall("A023", 3)
CLIPS = VoiceSettings(engine="clips")


class FakeEngine:
    identity = "fake"

    def __init__(self) -> None:
        self.said: list[str] = []

    def render(self, utterance: Utterance) -> bytes:
        self.said.append(utterance.text)
        return wav.encode(chime())


@pytest.fixture
def voice(tmp_path: Path) -> Voice:
    return Voice(tmp_path / "voice", CLIPS)


@pytest.fixture
def fake(voice: Voice) -> FakeEngine:
    engine = FakeEngine()
    voice.engines = {"vi": Choice(engine, ""), "en": Choice(engine, "")}
    return engine


def test_a_call_begins_with_the_chime(voice: Voice):
    samples = wav.decode(voice.audio(CALL).read_bytes(), "call")
    assert samples[: len(chime())] == chime()
    assert not any(samples[len(chime()) : len(chime()) + wav.RATE * 300 // 1000])


@pytest.mark.parametrize("name", ["auto", "clips"])
@pytest.mark.usefixtures("espeak")
def test_a_call_is_as_long_as_its_chime_and_its_sentences(tmp_path: Path, name: Any):
    def length(**changes: Any) -> int:
        voice = Voice(tmp_path, VoiceSettings(engine=name, **changes))
        return voice.duration_ms(voice.audio(CALL))

    once = length(chime=False)
    assert length() == pytest.approx(600 + 300 + once, abs=2)
    assert length(chime=False, repeat=2) == pytest.approx(2 * once + 800, abs=2)


def test_a_foreigner_is_called_in_vietnamese_and_then_in_english(voice: Voice, fake: FakeEngine):
    voice.audio(replace(CALL, language="en"))
    assert fake.said == [
        "xin mời số, a, không hai mươi ba, đến quầy số, ba",
        "number, A, zero twenty three, please go to counter, three",
    ]


def test_a_language_that_nobody_can_say_is_called_in_vietnamese_alone(voice: Voice, fake: FakeEngine):
    voice.audio(replace(CALL, language="hre"))
    assert len(fake.said) == 1


def test_the_same_call_is_rendered_once(voice: Voice, fake: FakeEngine):
    assert voice.audio(CALL) == voice.audio(CALL)
    assert len(fake.said) == 1


def test_eight_screens_that_ask_at_once_have_it_rendered_once(
    voice: Voice,
    fake: FakeEngine,
    monkeypatch: pytest.MonkeyPatch,
):
    all_found_nothing = threading.Barrier(8, timeout=10)
    find, looked = voice._cache.find, threading.local()

    def find_together(key: str) -> Path | None:
        found = find(key)
        if not hasattr(looked, "once"):
            looked.once = True
            all_found_nothing.wait()
        return found

    monkeypatch.setattr(voice._cache, "find", find_together)
    paths: list[Path] = []
    screens = [threading.Thread(target=lambda: paths.append(voice.audio(CALL))) for _ in range(8)]
    for screen in screens:
        screen.start()
    for screen in screens:
        screen.join(10)
    assert len(fake.said) == 1
    assert paths == [paths[0]] * 8


def test_after_a_failure_the_call_can_be_asked_for_again(voice: Voice, monkeypatch: pytest.MonkeyPatch):
    engine = voice.engines["vi"].engine

    def stuck(_utterance: Utterance) -> bytes:
        raise EspeakTimedOut("xin mời số", "vi", 5)

    with monkeypatch.context() as broken:
        broken.setattr(engine, "render", stuck)
        with pytest.raises(EspeakTimedOut):
            voice.audio(CALL)
    assert voice.duration_ms(voice.audio(CALL)) > 3000


@pytest.mark.parametrize(
    "other",
    [
        SpokenCall("A024", 3),
        SpokenCall("A023", 4),
        SpokenCall("A023", 3, "phòng 2"),
        SpokenCall("A023", 3, language="en"),
        SpokenCall("A023", 3, again=True),
    ],
)
def test_another_call_has_another_key(voice: Voice, other: SpokenCall):
    assert voice.key(other) != voice.key(CALL)


@pytest.mark.parametrize(
    "other",
    [
        VoiceSettings(engine="clips", style="digits"),
        VoiceSettings(engine="clips", region="south"),
        VoiceSettings(engine="clips", chime=False),
        VoiceSettings(engine="clips", repeat=2),
        VoiceSettings(engine="espeak"),
        VoiceSettings(engine="espeak", rate=100),
    ],
)
@pytest.mark.usefixtures("espeak")
def test_other_settings_give_another_key(voice: Voice, tmp_path: Path, other: VoiceSettings):
    assert Voice(tmp_path, other).key(CALL) != voice.key(CALL)


def test_a_key_fits_into_a_url_and_names_the_file(voice: Voice):
    key = voice.key(CALL)
    assert len(key) == 32
    assert int(key, 16)
    assert voice.audio(CALL).stem == key
    assert voice.key(CALL) == key


@pytest.mark.parametrize("damage", [b"", b"RIFF", b"\0" * 100_000])
def test_a_damaged_file_is_made_again(voice: Voice, damage: bytes):
    path = voice.audio(CALL)
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert voice.audio(CALL).read_bytes() == whole


def test_a_file_cut_short_by_a_crash_is_made_again(voice: Voice):
    path = voice.audio(CALL)
    whole = path.read_bytes()
    os.truncate(path, len(whole) - 1)
    assert voice.audio(CALL).read_bytes() == whole


def test_what_a_crash_left_half_written_is_cleared_away(tmp_path: Path):
    (tmp_path / "x.part").write_bytes(b"half")
    Voice(tmp_path, CLIPS)
    assert list(tmp_path.iterdir()) == []


def test_the_cache_stays_within_its_limit_and_keeps_what_is_used(tmp_path: Path):
    voice = Voice(tmp_path, CLIPS, limit_mb=1)
    used = voice.audio(CALL)
    for number in range(10):
        voice.audio(SpokenCall(f"B{number:03}", 1))
        age(tmp_path)
        assert voice._cache.find(voice.key(CALL)) == used
    files = list(tmp_path.iterdir())
    assert sum(file.stat().st_size for file in files) <= 1_000_000
    assert len(files) >= 2
    assert voice._cache.find(voice.key(SpokenCall("B009", 1)))
    assert not voice._cache.find(voice.key(SpokenCall("B000", 1)))


def test_a_sound_larger_than_the_limit_is_still_given(tmp_path: Path):
    voice = Voice(tmp_path, CLIPS, limit_mb=0.001)
    assert voice.audio(CALL).exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CacheFailed, match="file"):
        Voice(tmp_path / "file", CLIPS)


def test_a_kept_sound_that_cannot_be_looked_at_is_named(voice: Voice, monkeypatch: pytest.MonkeyPatch):
    def refused(_path: Path) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(wav, "duration_ms", refused)
    with pytest.raises(CacheFailed, match=f"{voice.key(CALL)}.*Permission denied"):
        voice.audio(CALL)


def test_a_full_disk_is_reported_and_leaves_no_half_file(voice: Voice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", full)
        with pytest.raises(CacheFailed, match="No space left"):
            voice.audio(CALL)
    assert list((tmp_path / "voice").iterdir()) == []


def test_a_name_without_clips_gives_way_to_the_counters_number(voice: Voice, caplog: pytest.LogCaptureFixture):
    named = voice.audio(SpokenCall("A023", 3, "phòng 2"))
    assert named.read_bytes() == voice.audio(CALL).read_bytes()
    assert "'đến'" in caplog.text


def test_a_number_that_cannot_be_said_is_refused_before_any_sound(voice: Voice, fake: FakeEngine):
    with pytest.raises(UnspeakableNumber):
        voice.audio(SpokenCall("???", 3))
    assert fake.said == []


def test_a_voice_without_vietnamese_does_not_start(tmp_path: Path):
    with pytest.raises(NoEngine, match="vi"):
        Voice(tmp_path, CLIPS, pack_folders=[])


def test_a_voice_without_english_says_so_and_speaks_vietnamese(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "ours").symlink_to(packs.SHIPPED / "vi-north")
    voice = Voice(tmp_path, CLIPS, pack_folders=[tmp_path / "packs"])
    assert "Vietnamese only" in caplog.text
    assert voice.key(replace(CALL, language="en")) == voice.key(CALL)


def test_a_pack_without_a_word_of_the_call_is_told_of_it(tmp_path: Path):
    make_pack(tmp_path, "xin mời số", "a")
    voice = Voice(tmp_path / "voice", CLIPS, pack_folders=[tmp_path])
    with pytest.raises(MissingWord, match="'không'"):
        voice.audio(CALL)


def test_without_espeak_calls_are_still_heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    voice = Voice(tmp_path / "voice", VoiceSettings())
    assert isinstance(voice.engines["vi"].engine, ClipEngine)
    assert voice.duration_ms(voice.audio(replace(CALL, language="en"))) > 7000


def test_what_is_said_can_be_read(voice: Voice):
    assert voice.text(CALL) == "xin mời số, a, không hai mươi ba, đến quầy số, ba"


# The server's green threads are patched in before anything else is imported, so they need a process of their own
GREEN = """
import sys
{patch}
from pathlib import Path
from app.voice.service import SpokenCall, Voice, VoiceSettings
voice = Voice(Path(sys.argv[1]), VoiceSettings(engine="espeak"))
ticks, done = 0, []
def tick():
    global ticks
    while len(done) < 3:
        ticks += 1
        sleep(0)
def call():
    done.append(voice.audio(SpokenCall("A023", 3, language="en")))
jobs = [spawn(call) for _ in range(3)] + [spawn(tick)]
[wait(job) for job in jobs]
print(ticks, len(set(done)), voice.duration_ms(done[0]))
"""
EVENTLET = """
import eventlet; eventlet.monkey_patch()
from eventlet import sleep, spawn
wait = lambda job: job.wait()
"""
GEVENT = """
from gevent import monkey; monkey.patch_all()
from gevent import sleep, spawn
wait = lambda job: job.get()
"""


@pytest.mark.parametrize("patch", [EVENTLET, GEVENT], ids=["eventlet", "gevent"])
@pytest.mark.usefixtures("espeak")
def test_the_server_keeps_serving_while_espeak_speaks(tmp_path: Path, patch: str):
    command = [sys.executable, "-W", "ignore", "-c", GREEN.format(patch=patch), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    ticks, files, milliseconds = map(int, done.stdout.split())
    assert ticks >= 10
    assert files == 1
    assert milliseconds > 7000


def age(folder: Path) -> None:
    """Let an hour pass for all files, so that the next use of one is later than the others."""
    for file in folder.iterdir():
        used = file.stat().st_mtime_ns - 3600 * 10**9
        os.utime(file, ns=(used, used))
