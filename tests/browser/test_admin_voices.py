"""An administrator records a language that no program speaks, with a microphone or with files."""

from __future__ import annotations

import math
import re
from array import array
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from app.voice import wav
from tools import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.running_hub import RunningHub


pytestmark = pytest.mark.browser
SLOW_MS = 20_000


def hum(hertz: float, ms: int) -> array[int]:
    return array(
        "h", [round(12_000 * math.sin(2 * math.pi * hertz * i / wav.RATE)) for i in range(wav.RATE * ms // 1000)]
    )


@pytest.fixture(scope="module")
def hub(module_hub: RunningHub) -> RunningHub:
    return module_hub


@pytest.fixture
def speaking(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A browser with a microphone before which somebody hums."""
    voice = tmp_path / "voice.wav"
    voice.write_bytes(wav.encode(wav.join([wav.silence(200), hum(330, 600), wav.silence(330)])))
    flags = [
        *chromium.FLAGS,
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={voice}",
    ]
    own = browser.browser_type.launch(executable_path=chromium.program(), args=flags)
    page = own.new_context(locale="vi-VN").new_page()
    page.set_default_timeout(SLOW_MS)
    yield page
    own.close()


def go(hub: RunningHub, page: Page, language: str) -> None:
    hub.sign_in(page, "quan-tri", "admin")
    page.goto(f"{hub.url}/admin/voices?language={language}")
    expect(page.locator("[data-view=pack]")).to_be_visible()


def test_a_language_is_begun_and_a_phrase_recorded_and_heard_back(hub: RunningHub, speaking: Page) -> None:
    page = speaking
    hub.sign_in(page, "quan-tri", "admin")
    page.goto(f"{hub.url}/admin/voices")
    page.locator("[data-add]").click()
    for name, text in {"code": "hre", "name": "Hrê", "opening": "mời số bằng tiếng Hrê"}.items():
        page.locator(f".sheet [name='{name}']").fill(text)
    page.locator(".sheet [type=submit]").click()
    expect(page.locator("[data-phrase]")).to_have_text("mời số bằng tiếng hrê")

    record = page.locator("[data-record]")
    record.click()
    expect(record).to_have_attribute("aria-pressed", "true")
    level = page.locator(".level-bar")
    expect(level).to_have_attribute("style", re.compile(r"--level: (0\.[1-9]|1)"))
    expect(level).to_have_attribute("style", re.compile(r"--level: (0;|0\.0|\d\S*e-)"))  # the word is over
    record.click()
    expect(page.locator("[data-progress] progress")).to_have_attribute("value", "1")
    expect(page.locator("[data-view=pack]")).to_have_attribute("data-played", re.compile(r"/clips\?"))
    page.locator("[data-next]").click()
    expect(page.locator("[data-phrase]")).to_have_text("đến quầy số")
    expect(page.locator("tr[data-key=hre]")).to_contain_text("1 ")

    kept = hub.admin.request("GET", "/voices/hre/clips", params={"phrase": "mời số bằng tiếng hrê"})
    samples = wav.decode(kept.content, "kept")
    assert 300 < 1000 * len(samples) / wav.RATE < 8000
    assert wav.rms(samples) > wav.TARGET_RMS / 3


def test_recordings_made_elsewhere_are_chosen_and_a_call_is_tried(hub: RunningHub, page: Page, tmp_path: Path) -> None:
    hub.admin.ok("PUT", "/voices/cua", json={"name": "Cor"})
    facts = hub.admin.ok("GET", "/voices/cua")["phrases"]
    file = tmp_path / "take.wav"
    file.write_bytes(wav.encode(hum(440, 400)))
    for each in facts[1:]:
        path = f"/voices/cua/clips?phrase={each['phrase']}"
        hub.admin.ok("PUT", path, data=file.read_bytes(), headers={"Content-Type": "audio/wav"})
    go(hub, page, "cua")
    expect(page.locator("[data-phrase]")).to_have_text(facts[0]["phrase"])
    page.locator("[data-upload]").set_input_files(file)
    expect(page.locator("[data-progress] progress")).to_have_attribute("value", str(len(facts)))
    page.locator("[data-try]").click()
    expect(page.locator("[data-view=pack]")).to_have_attribute("data-played", re.compile(r"/try\.wav"))
    expect(page.locator("tr[data-key=cua] .mark-done")).to_be_visible()

    page.locator("tr[data-key=cua] input[type=checkbox]").check()
    expect(page.locator(".toast-done")).to_be_visible()
    assert "cua" in hub.admin.ok("GET", "/settings")["languages"]


def test_what_is_no_sound_is_told_and_nothing_is_kept(hub: RunningHub, page: Page, tmp_path: Path) -> None:
    hub.admin.ok("PUT", "/voices/sed", json={"name": "Xơ Đăng"})
    go(hub, page, "sed")
    file = tmp_path / "quiet.wav"
    for content in (b"no sound", wav.encode(wav.silence(600))):
        file.write_bytes(content)
        page.locator("[data-upload]").set_input_files(file)
        expect(page.locator("[data-note]")).not_to_be_empty()
    assert hub.admin.ok("GET", "/voices/sed")["recorded"] == 0


def test_over_plain_http_from_another_computer_the_page_says_what_to_do(hub: RunningHub, page: Page) -> None:
    hub.admin.ok("PUT", "/voices/km", json={"name": "ខ្មែរ"})
    page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    go(hub, page, "km")
    expect(page.locator("[data-no-microphone=insecure]")).to_contain_text(f"http://localhost:{hub.port}")
    expect(page.locator("[data-record]")).to_be_disabled()
    expect(page.locator("[data-upload]")).to_be_enabled()
