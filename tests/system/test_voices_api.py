"""A centre records a language that no engine speaks, and its calls are heard in it."""

from __future__ import annotations

import math
import subprocess
import wave
from array import array
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
import requests

from app.voice import wav
from tests.running_hub import RunningHub

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "Hrê"
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language-Team: Hrê <nobody@example.com>\\n"

#: app/kiosk/static/kiosk.js
msgid "Take a number"
msgstr "HRE: lấy số"

"""
WRONG_PO = PO + 'msgid "%(n)s people waiting"\nmsgstr "%(m)s"\n'


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    folder = tmp_path_factory.mktemp("centre")
    (folder / "languages").mkdir()
    (folder / "languages" / "hre.po").write_text(PO, "utf-8")
    (folder / "languages" / "km.po").write_text(WRONG_PO, "utf-8")
    (folder / "voices" / "broken").mkdir(parents=True)
    (folder / "voices" / "broken" / "manifest.json").write_text("{", "utf-8")
    found = RunningHub(folder).start()
    yield found
    found.close()


def tone(hertz: float = 440.0, ms: int = 500, around_ms: int = 300, loudness: int = 6000) -> bytes:
    """A recording with quiet before and after: somebody hums."""
    hum = [round(loudness * math.sin(2 * math.pi * hertz * index / wav.RATE)) for index in range(wav.RATE * ms // 1000)]
    return wav.encode(wav.join([wav.silence(around_ms), array("h", hum), wav.silence(around_ms)]))


def record_all(hub: RunningHub, language: str) -> list[str]:
    facts = hub.admin.ok("GET", f"/voices/{language}")
    for index, each in enumerate(facts["phrases"]):
        put(hub, language, each["phrase"], tone(200 + 20 * index))
    return [each["phrase"] for each in facts["phrases"]]


def put(hub: RunningHub, language: str, phrase: str, data: bytes) -> Any:
    headers = {"Content-Type": "audio/wav"}
    return hub.admin.request(
        "PUT", f"/voices/{language}/clips", params={"phrase": phrase, "lang": "en"}, data=data, headers=headers
    )


def sound(answer: Any) -> array[int]:
    assert answer.ok, answer.text
    assert answer.headers["Content-Type"] == "audio/wav"
    return wav.decode(answer.content, "answer")


def call_in(hub: RunningHub, language: str) -> array[int]:
    """The sound that the TVs fetch for a citizen of this language."""
    ticket = hub.take_number("HT", language=language)
    counter = next(each["number"] for each in hub.admin.ok("GET", "/hall")["counters"] if each["state"] == "closed")
    hub.open_counter(counter)
    hub.supervisor.ok("PUT", f"/counters/{counter}/services", json={"own": ["HT"], "help": []})
    hub.supervisor.ok("POST", f"/counters/{counter}/next")
    call = hub.admin.ok("GET", "/hall")["calls"][0]
    assert call["number"] == ticket["number"]
    return sound(hub.admin.request("GET", f"/calls/{call['seq']}.wav"))


def test_a_language_is_recorded_and_the_next_call_is_heard_in_it(hub: RunningHub) -> None:
    begun = hub.admin.ok("PUT", "/voices/hre", json={"name": NAME})
    assert (begun["name"], begun["by"], begun["recorded"]) == (NAME, "", 0)
    assert {"phrase": "hai", "kind": "digit", "meaning": "2", "recorded": False} in begun["phrases"]
    in_vietnamese = call_in(hub, "hre")
    phrases = record_all(hub, "hre")
    after = hub.admin.ok("GET", "/voices/hre")
    assert (after["by"], after["recorded"], after["needed"]) == ("clips", len(phrases), len(phrases))
    assert "recorded" in after["why"]
    tried = sound(hub.admin.request("GET", "/voices/hre/try.wav", params={"number": "A023", "counter": 3}))
    assert wav.rms(tried) > wav.TARGET_RMS / 2
    in_both = call_in(hub, "hre")
    assert len(in_both) > len(in_vietnamese) + 2 * wav.RATE
    assert wav.rms(in_both[len(in_vietnamese) + wav.RATE :]) > wav.TARGET_RMS / 2
    hub.admin.ok("DELETE", "/voices/hre")
    assert len(call_in(hub, "hre")) < len(in_both) - wav.RATE


def test_what_is_kept_is_cut_and_as_loud_as_the_others(hub: RunningHub) -> None:
    hub.admin.ok("PUT", "/voices/cua", json={"name": "Cor"})
    answer = put(hub, "cua", "hai", tone(around_ms=800, loudness=1500))
    assert answer.json()["phrase"] == "hai"
    assert 480 <= answer.json()["ms"] <= 600
    kept = sound(hub.admin.request("GET", "/voices/cua/clips", params={"phrase": "hai"}))
    assert 480 <= 1000 * len(kept) / wav.RATE <= 600
    assert wav.rms(kept) == pytest.approx(wav.TARGET_RMS, rel=0.15)
    hub.admin.ok("DELETE", "/voices/cua/clips", params={"phrase": "hai"})
    assert hub.admin.request("GET", "/voices/cua/clips", params={"phrase": "hai"}).status_code == 404


def of_rate(rate: int, channels: int = 1) -> bytes:
    buffer = BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(bytes(2 * rate))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "status", "why"),
    [
        (b"RIFF", 422, "too early"),
        (b"no sound at all", 422, ""),
        (of_rate(44_100), 422, "44100 Hz"),
        (of_rate(22_050, 2), 422, "2 channels"),
        (wav.encode(wav.silence(900)), 422, "nothing is heard"),
        (tone(ms=8_100), 422, "longer than 8"),
        (tone(ms=10, around_ms=0), 422, ""),
        (bytes(500_000), 413, ""),
    ],
)
def test_what_is_no_recording_is_refused(hub: RunningHub, data: bytes, status: int, why: str) -> None:
    hub.admin.ok("PUT", "/voices/sed", json={"name": "Xơ Đăng"})
    answer = put(hub, "sed", "hai", data)
    assert answer.status_code == status, answer.text
    assert why.lower() in answer.json()["detail"].lower()
    assert hub.admin.ok("GET", "/voices/sed")["recorded"] == 0


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("h.e", {"name": "x"}),
        ("hree", {"name": "x"}),
        ("mnk", {"name": ""}),
        ("mnk", {"name": "x", "digits": ["một"]}),
        ("mnk", {"name": "x", "digits": ["một"] * 10}),
        ("mnk", {"name": "x", "numbers": {"023": "x"}}),
        ("mnk", {"name": "x", "opening": "y" * 200}),
    ],
)
def test_a_language_that_is_none_is_refused(hub: RunningHub, code: str, body: dict[str, Any]) -> None:
    assert hub.admin.request("PUT", f"/voices/{code}", json=body).status_code == 422
    assert hub.admin.request("GET", "/voices/mnk").status_code == 404


def test_nothing_but_its_phrases_is_recorded(hub: RunningHub) -> None:
    hub.admin.ok("PUT", "/voices/sed", json={"name": "Xơ Đăng"})
    for phrase in ("../../x", "một câu nào đó", ""):
        assert put(hub, "sed", phrase, tone()).status_code == 404


def test_only_an_administrator_records(hub: RunningHub) -> None:
    clerk = hub.clerk("lan")
    assert clerk.request("PUT", "/voices/hre", json={"name": NAME}).status_code == 403
    assert clerk.request("GET", "/voices").status_code == 403
    assert hub.kiosk.request("PUT", "/voices/hre/clips", data=b"").status_code == 403


def test_files_that_cannot_be_used_are_told_of_and_the_hub_goes_on(hub: RunningHub) -> None:
    told = hub.admin.ok("GET", "/voices")["problems"]
    assert any("km.po, line" in problem and "%(m)s" in problem for problem in told), told
    assert any("broken" in problem and "not JSON" in problem for problem in told), told
    assert "km.po" in hub.log()
    codes = {each["code"]: each for each in hub.admin.ok("GET", "/languages")["languages"]}
    assert codes["hre"] == {"code": "hre", "name": NAME, "texts": True, "offered": False}
    assert codes["vi"]["name"] == "Tiếng Việt"
    assert "km" not in codes


def test_a_kiosk_may_offer_a_language_without_texts(hub: RunningHub) -> None:
    hub.admin.ok("PUT", "/voices/cua", json={"name": "Cor"})
    settings = hub.admin.ok("GET", "/settings")
    hub.admin.ok("PUT", "/settings", json=settings | {"languages": ["vi", "cua", "hre"]})
    page = requests.get(f"{hub.url}/kiosk", headers=dict(hub.kiosk.headers), timeout=10)
    assert page.ok
    assert "HRE: lấy số" in page.text
    offered = {each["code"]: each for each in hub.admin.ok("GET", "/languages")["languages"] if each["offered"]}
    assert offered["cua"] == {"code": "cua", "name": "Cor", "texts": False, "offered": True}


def test_every_engine_says_why_it_speaks(hub: RunningHub) -> None:
    facts = {each["code"]: each for each in hub.admin.ok("GET", "/voices")["languages"]}
    assert facts["vi"]["why"] == "espeak-ng says 'vi' with its voice 'vi', since it is installed."
    assert facts["vi"]["reads"]
    assert [pack["missing"] for pack in facts["vi"]["packs"]] == [0]


@pytest.mark.parametrize("key", ["0" * 64, "x", "..%2f..%2fcentre", "0" * 32])
def test_only_what_the_hub_read_aloud_is_served(hub: RunningHub, key: str) -> None:
    assert hub.desk.request("GET", f"/speech/{key}.wav").status_code == 404


def test_a_call_that_cannot_be_said_is_refused(hub: RunningHub) -> None:
    for number, counter in (("A", "3"), ("A023", "x"), ("A023", "123")):
        answer = hub.admin.request("GET", "/voices/vi/try.wav", params={"number": number, "counter": counter})
        assert answer.status_code == 422, answer.text


def test_espeak_is_here_for_the_tests() -> None:
    assert subprocess.run(["espeak-ng", "--version"], capture_output=True, check=False).returncode == 0
