"""A kiosk that reads its screens aloud and has no voice of its own asks the hub for one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import requests

from app.api.speak_shapes import LONGEST

if TYPE_CHECKING:
    from tests.running_hub import RunningHub


def test_a_kiosk_gets_its_screen_read(hub: RunningHub) -> None:
    made = hub.kiosk.ok("POST", "/speak", json={"text": "Ông/bà cần làm việc gì?", "language": "vi"})
    sound = requests.get(hub.url + made["speech"], timeout=10)
    assert sound.headers["Content-Type"] == "audio/wav"
    assert sound.content.startswith(b"RIFF")
    again = hub.kiosk.ok("POST", "/speak", json={"text": "Ông/bà cần làm việc gì?", "language": "vi"})
    assert again == made


def test_the_hub_reads_for_its_own_machines_only_and_no_books(hub: RunningHub) -> None:
    stranger = requests.post(f"{hub.url}/api/v1/speak", json={"text": "Xin chào"}, timeout=10)
    assert stranger.status_code == HTTPStatus.UNAUTHORIZED
    long = hub.kiosk.post("/speak", json={"text": "a" * (LONGEST + 1)})
    assert long.json()["code"] == "invalid_field"
    silent = hub.kiosk.post("/speak", json={"text": "Xin chào", "language": "xx"})
    assert silent.json()["code"] == "not_read_aloud"
