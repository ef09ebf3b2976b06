"""What a scanner has read is told to whom it concerns and to nobody else, and no more than an age of anybody's card."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.core.hall import Counter, Hall
from app.core.permissions import Actor, Role
from app.scans import Scans
from tests.running_hub import Client, RunningHub
from tests.system.following import Follower, InOrderClient, Message

TICKET = {"scanner": "s", "counter": 3, "kiosk": "", "kind": "ticket", "ticket": "Zk3-xY_0aBcD9eFg"}
DOSSIER = {"scanner": "s", "counter": 3, "kiosk": "", "kind": "dossier", "code": "H12.34-250701-0001"}
CARD = {"scanner": "door", "counter": None, "kiosk": "kiosk-1", "kind": "citizen_card", "age": 78}

LINES = {
    "lan": Actor("lan", Role.CLERK),
    "minh": Actor("minh", Role.CLERK),
    "chief": Actor("phu-trach", Role.SUPERVISOR),
    "kiosk": Actor("kiosk-1", Role.KIOSK),
    "kiosk of the name of a clerk": Actor("lan", Role.KIOSK),
    "display": Actor("kiosk-1", Role.DISPLAY),
    "phone": None,
}


@pytest.fixture
def told() -> list[tuple[str, Any, str]]:
    return []


@pytest.fixture
def scans(told: list[tuple[str, Any, str]]) -> Callable[[object], bool]:
    """Hear a scan in a hall where Lan sits at counter 3."""
    hall = Hall(day="2026-11-23")
    hall.counters[3] = Counter(3, "", clerk="lan")
    hall.counters[4] = Counter(4, "")
    heard = Scans(lambda name, payload, line: told.append((name, payload, line)))
    return lambda payload: heard.heard(payload, hall, LINES)


@pytest.mark.parametrize(("scan", "line"), [(TICKET, "lan"), (DOSSIER, "lan"), (CARD, "kiosk")])
def test_a_scan_goes_to_its_kiosk_or_to_whoever_sits_at_its_counter(
    scans: Callable[[object], bool], told: list[tuple[str, Any, str]], scan: Message, line: str
) -> None:
    assert scans(scan)
    assert told == [("scan", scan, line)]


@pytest.mark.parametrize("place", [{"counter": 4}, {"counter": 99}, {"counter": None}, {"kiosk": "x", "counter": None}])
def test_a_scan_where_nobody_sits_goes_nowhere(
    scans: Callable[[object], bool], told: list[tuple[str, Any, str]], place: Message
) -> None:
    assert scans(TICKET | place)
    assert told == []


@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        {},
        CARD | {"name": "Nguyễn Thị Ẩn"},
        CARD | {"raw": "001048123456||Nguyễn Thị Ẩn|20111948|Nữ||15042021"},
        CARD | {"age": "78"},
        CARD | {"age": 131},
        CARD | {"age": 77.5},
        CARD | {"kind": "dossier", "code": "001048123456||Nguyễn Thị Ẩn"},
        DOSSIER | {"code": "x" * 65},
        DOSSIER | {"code": "H12 <b>"},
        DOSSIER | {"age": 78},
        TICKET | {"ticket": "../../session"},
        TICKET | {"ticket": "Zk3-xY_0aBcD9eFg\n"},
        TICKET | {"counter": "3"},
        TICKET | {"kind": "picture"},
        {key: value for key, value in TICKET.items() if key != "scanner"},
    ],
)
def test_a_scan_with_anything_else_in_it_is_dropped(
    scans: Callable[[object], bool], told: list[tuple[str, Any, str]], payload: object
) -> None:
    assert not scans(payload)
    assert told == []


class Screen(Follower):
    """A follower that also keeps the scans it is told."""

    def __init__(self, url: str, room: str, client: Client) -> None:
        self.scans: list[Message] = []
        super().__init__(url, room, str(client.headers.get("Authorization", "")).removeprefix("Bearer "))
        self.client.on("scan", self._scan)

    def _scan(self, message: Message) -> None:
        with self._changed:
            self.scans.append(message)
            self._changed.notify_all()


@pytest.fixture
def agent(office: RunningHub) -> Iterator[InOrderClient]:
    token = str(office.device("agent", "scanning").headers["Authorization"]).removeprefix("Bearer ")
    client = InOrderClient(handle_sigint=False)
    client.connect(office.url, auth={"token": token}, transports=["websocket"])
    yield client
    client.shutdown()


def test_a_kiosk_hears_its_scanner_and_no_other_screen_does(office: RunningHub, agent: InOrderClient) -> None:
    kiosk = Screen(office.url, "hall", office.kiosk)
    others = [
        Screen(office.url, "hall", office.device("kiosk", "kiosk-2")),
        Screen(office.url, "hall", office.device("display", "tv-1")),
        Screen(office.url, "devices", office.device("agent", "boards")),
    ]
    try:
        for screen in (kiosk, *others):
            screen.wait_for(lambda me: bool(me.snapshots))
        agent.emit("scan", CARD)
        kiosk.wait_for(lambda me: bool(me.scans))  # type: ignore[attr-defined]
        assert kiosk.scans == [CARD]
        number = office.take_number()["number"]
        for screen in others:
            screen.wait_for(lambda me: any((each["ticket"] or {}).get("number") == number for each in me.heard))
        assert [screen.scans for screen in others] == [[], [], []]
    finally:
        for screen in (kiosk, *others):
            screen.close()


def test_only_an_agent_can_say_that_something_was_scanned(office: RunningHub, agent: InOrderClient) -> None:
    kiosk = Screen(office.url, "hall", office.kiosk)
    display = Screen(office.url, "hall", office.device("display", "tv-1"))
    try:
        kiosk.wait_for(lambda me: bool(me.snapshots))
        display.wait_for(lambda me: bool(me.snapshots))
        display.client.emit("scan", CARD | {"age": 20})
        display.client.emit("join", {"room": "hall"})
        display.wait_for(lambda me: len(me.snapshots) == 2)
        agent.emit("scan", CARD)
        kiosk.wait_for(lambda me: bool(me.scans))  # type: ignore[attr-defined]
        assert kiosk.scans == [CARD]
    finally:
        kiosk.close()
        display.close()


def test_what_was_scanned_is_in_no_log_and_in_no_database(office: RunningHub, agent: InOrderClient) -> None:
    kiosk = Screen(office.url, "hall", office.kiosk)
    secret = "001048123456"
    try:
        kiosk.wait_for(lambda me: bool(me.snapshots))
        agent.emit("scan", CARD | {"number": secret})
        agent.emit("scan", {"scanner": secret, "kind": secret})
        agent.emit("scan", CARD | {"kind": "dossier", "code": "H12.34-991231-7654"} | {"age": None})
        dossier = {key: value for key, value in CARD.items() if key != "age"}
        agent.emit("scan", dossier | {"kind": "dossier", "code": "H12.34-991231-7654"})
        kiosk.wait_for(lambda me: bool(me.scans))  # type: ignore[attr-defined]
        assert [scan["code"] for scan in kiosk.scans] == ["H12.34-991231-7654"]
    finally:
        kiosk.close()
    files = [path for path in office.folder.rglob("*") if path.is_file()]
    assert office.db in files
    for path in files:
        assert secret.encode() not in path.read_bytes()
        assert b"991231-7654" not in path.read_bytes()
