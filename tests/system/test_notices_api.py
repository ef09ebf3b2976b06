"""Notices over HTTP: who may write which, what is refused at which field, and what becomes of their files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import requests

from app import media
from app.core.permissions import Role
from tests.system.within import Office, hub_within
from tests.test_media import WEBM, picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.running_hub import Client, RunningHub


PNG = {"Content-Type": "image/png"}


@pytest.fixture(scope="module")
def hub(module_hub: RunningHub) -> RunningHub:
    return module_hub


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with hub_within(tmp_path, "2026-11-23T10:00", clerks=("lan",)) as found:
        yield found


def uploaded(client: Client, data: bytes, mimetype: str = "image/png") -> str:
    answer = client.ok("POST", "/notices/media", data=data, headers={"Content-Type": mimetype})
    return str(answer["media"])


def problem(answer: requests.Response) -> tuple[int, str, Any]:
    body = answer.json()
    return answer.status_code, body["code"], body.get("what") or body.get("field")


def test_a_picture_is_uploaded_shown_to_everybody_and_gone_with_its_last_notice(hub: RunningHub) -> None:
    data = picture(colour="navy")
    name = uploaded(hub.supervisor, data)
    for id_ in ("one", "two"):
        saved = hub.supervisor.ok("PUT", f"/notices/{id_}", json={"kind": "picture", "media": name})
        assert (saved["media"], saved["missing"]) == (name, False)
    address = f"{hub.url}/media/{name}"
    seen = requests.get(address, timeout=10)
    assert (seen.content[:8], seen.headers["Content-Type"]) == (data[:8], "image/png")
    assert seen.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in seen.headers["Cache-Control"]
    hub.supervisor.ok("DELETE", "/notices/one")
    assert requests.get(address, timeout=10).ok
    hub.supervisor.ok("DELETE", "/notices/two")
    assert requests.get(address, timeout=10).status_code == 404


def test_a_video_larger_than_any_other_body_is_taken_and_can_be_read_in_parts(hub: RunningHub) -> None:
    name = uploaded(hub.supervisor, WEBM + bytes(600_000), "video/webm")
    part = requests.get(f"{hub.url}/media/{name}", headers={"Range": "bytes=0-3"}, timeout=10)
    assert (part.status_code, part.content) == (206, WEBM[:4])


def test_a_file_is_refused_by_its_content_and_its_size(hub: RunningHub) -> None:
    lie = hub.supervisor.post("/notices/media", data=b"<script>", headers=PNG)
    assert problem(lie) == (422, "bad_media", "media")
    svg = hub.supervisor.post("/notices/media", data=b"<svg/>", headers={"Content-Type": "image/svg+xml"})
    assert problem(svg) == (422, "bad_media", "media")


def test_a_picture_that_goes_on_and_on_is_cut_off_and_leaves_nothing(hub: RunningHub) -> None:
    before = set((hub.folder / "media").iterdir())

    def endless() -> Iterator[bytes]:
        for _ in range(media.LARGEST["picture"] // 2**20 + 2):
            yield bytes(2**20)

    try:
        answer = hub.supervisor.post("/notices/media", data=endless(), headers=PNG)
    except requests.ConnectionError:  # the line was closed on whoever goes on writing
        pass
    else:
        assert answer.status_code in (413, 422)
    assert set((hub.folder / "media").iterdir()) == before
    assert hub.supervisor.ok("GET", "/notices") is not None


@pytest.mark.parametrize("name", ["..%2Fcentre.db", "centre.db", "a" * 64 + ".png"])
def test_nothing_but_uploaded_files_is_served(hub: RunningHub, name: str) -> None:
    assert requests.get(f"{hub.url}/media/{name}", timeout=10).status_code == 404


def test_whoever_is_not_a_leader_uploads_nothing(hub: RunningHub) -> None:
    assert problem(hub.clerk("lan").post("/notices/media", data=picture(), headers=PNG))[0] == 403
    assert requests.post(f"{hub.url}/api/v1/notices/media", data=picture(), headers=PNG, timeout=10).status_code == 401


def test_a_clerk_writes_and_takes_back_messages_and_nothing_else(office: Office) -> None:
    message = {"kind": "message", "text": "11:30 nghỉ trưa quầy 3", "until": "11:30"}
    saved = office.ok("PUT", "/notices/trua", message, by="lan")
    assert saved["until"] == "2026-11-23T11:30:00.000+07:00"
    assert office.refused("PUT", "/notices/gio", {"kind": "text", "text": "Giờ làm việc"}, by="lan")[0] == 403
    office.ok("PUT", "/notices/gio", {"kind": "text", "text": "Giờ làm việc"})
    assert office.refused("DELETE", "/notices/gio", by="lan")[0] == 403
    office.ok("DELETE", "/notices/trua", by="lan")
    assert [each["id"] for each in office.ok("GET", "/notices", by="lan")["notices"]] == ["gio"]
    assert office.refused("GET", "/notices", by="kiosk-1")[0] == 403


def test_every_screen_hears_of_a_message_at_once(office: Office) -> None:
    ear = office.follow("hall")
    office.ok("PUT", "/notices/m", {"kind": "message", "text": "Quầy 3 nghỉ"}, by="lan")
    told = [event for batch in ear.heard("events") for event in batch["events"]]
    assert [notice["text"] for notice in told[-1]["notices"]] == ["Quầy 3 nghỉ"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "text", "text": " "}, "text"),
        ({"kind": "text", "text": "x" * 150, "text_en": "y" * 151}, "text"),
        ({"kind": "message", "text": "x" * 81}, "text"),
        ({"kind": "picture", "media": "../x.png"}, "media"),
        ({"kind": "picture", "media": "0" * 64 + ".png"}, "media"),
        ({"kind": "text", "text": "a", "seconds": 2}, "seconds"),
        ({"kind": "text", "text": "a", "start": "7:30"}, "start"),
        ({"kind": "text", "text": "a", "first": "23/11/2026"}, "first"),
        ({"kind": "message", "text": "a", "until": "09:59"}, "until"),
        ({"kind": "message", "text": "a", "until": "trưa"}, "until"),
        ({"kind": "poem", "text": "a"}, "kind"),
    ],
)
def test_what_is_wrong_is_told_with_its_field(office: Office, wrong: dict[str, Any], field: str) -> None:
    answer = office.ask("PUT", "/notices/one", wrong)
    assert answer.json is not None
    assert (answer.status_code, answer.json.get("what") or answer.json.get("field")) == (422, field), answer.text


def test_a_notice_whose_file_has_vanished_is_told_to_its_owner(office: Office) -> None:
    headers = {"Authorization": f"Bearer {office.token('phu-trach', Role.SUPERVISOR)}", **PNG}
    client = office.flask.test_client()
    sent = client.post("/api/v1/notices/media", data=picture(), headers=headers)
    assert sent.json is not None
    name = sent.json["media"]
    office.ok("PUT", "/notices/p", {"kind": "picture", "media": name})
    (office.parts.config.db.parent / "media" / name).unlink()
    assert office.ok("GET", "/notices")["notices"][0]["missing"] is True
