"""Bytes and messages that make no sense: the hub shrugs, and everybody else goes on."""

import json
import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
import requests
import websocket

from tests.running_hub import RunningHub
from tests.system.conftest import Follow
from tests.system.following import Follower

pytestmark = pytest.mark.usefixtures("still_serving")
RANDOM = random.Random(7).randbytes(4000)  # noqa: S311 - the same garbage every time
UPGRADE = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
)
KEY = b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"


@pytest.mark.parametrize(
    "garbage",
    [
        RANDOM,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + RANDOM[:500],
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        b"POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{",
        b"POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        UPGRADE + b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n\r\n",
        UPGRADE + KEY + RANDOM,
        UPGRADE + KEY + b"\xff" * 64,
        UPGRADE + KEY + b"\x81\xff" + b"\xff" * 8,
        b"\r\n" * 1000,
        b"",
    ],
    ids=lambda garbage: repr(garbage[:24]) + f" {len(garbage)}",
)
def test_garbage_on_the_port_hurts_nobody(office: RunningHub, garbage: bytes) -> None:
    # The hub may hang up in the middle of it.
    with suppress(OSError), socket.create_connection(("127.0.0.1", office.port), timeout=5) as line:
        line.sendall(garbage)
        line.shutdown(socket.SHUT_WR)
        while line.recv(65536):
            pass


def test_lines_that_say_nothing_hold_nobody_up(office: RunningHub) -> None:
    lines = [socket.create_connection(("127.0.0.1", office.port), timeout=5) for _ in range(200)]
    for line in lines:
        line.sendall(b"POST /api/v1/tickets HTTP/1.1\r\nHost:")
    assert office.take_number()["number"]
    for line in lines:
        line.close()


@pytest.fixture
def raw(office: RunningHub) -> Iterator[Callable[[str], websocket.WebSocket]]:
    """A Socket.IO line, opened by hand, that lets one say anything."""
    lines: list[websocket.WebSocket] = []

    def open_line(auth: str = "{}") -> websocket.WebSocket:
        address = office.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        lines.append(websocket.create_connection(address, timeout=2))
        assert str(lines[-1].recv()).startswith("0")
        lines[-1].send(f"40{auth}")
        return lines[-1]

    yield open_line
    for line in lines:
        line.close(timeout=0)
        line.shutdown()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    "message",
    ["42[", "42", "4", "9", "", "42{}", '42["join"', "42[]", "42[null]", "42[5]", '42["connect"]', '42["disconnect"]',
     '40/admin,{"token":1}', "43[1]", "4399999[1]", "451-", '459-["join",{"_placeholder":true,"num":99}]',
     '45-["join"]', "41", "6", "b!!!notbase64", "42" + "[" * 50_000, '42["' + "x" * 60_000 + '"]',
     '42["no such event",{}]', '42["health",{"boards":"none"}]', '42["join",{"room":"hall"},1,2,3]', "x" * 200_000],
    ids=lambda message: f"{message[:24]} {len(message)}",
)  # fmt: skip
def test_a_message_that_makes_no_sense_hurts_nobody(raw: Callable[..., websocket.WebSocket], message: str) -> None:
    line = raw()
    assert str(line.recv()).startswith("40")
    with suppress(OSError, websocket.WebSocketException):  # the hub may hang up on it
        line.send(message)
        line.send_binary(b"\x00\xff\x00")
        line.send('42["join",{"room":"ticket:none"}]')
        line.recv()


@pytest.mark.parametrize(
    "auth", ["5", "[]", '{"token":5}', '{"token":null}', '{"token":"made-up"}', '{"token":{}}', "{"]
)
def test_a_false_token_joins_no_room_of_the_office(raw: Callable[..., websocket.WebSocket], auth: str) -> None:
    line = raw(auth)
    with suppress(OSError, websocket.WebSocketException):
        line.recv()
        line.send('42["join",{"room":"hall"}]')
        answer = str(line.recv())
        assert not answer or "refused" in answer or answer.startswith("44"), answer


@pytest.mark.parametrize(
    ("room", "code"),
    [(5, "unknown_room"), (["hall"], "unknown_room"), (None, "unknown_room"), ({"a": 1}, "unknown_room"),
     ("h" * 50_000, "unknown_room"), ("no such room", "unknown_room"), ("", "unknown_room"),
     ("counter:x", "unknown_counter"), ("counter:77", "unknown_counter"), ("counter:", "unknown_counter"),
     ("counter:" + "9" * 5000, "unknown_counter"), ("counter:-1", "unknown_counter"), ("ticket:", "unknown_ticket"),
     ("ticket:nobodys", "unknown_ticket"), ("staff", "role_forbids"), ("supervisor", "role_forbids"),
     ("devices", "role_forbids")],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_a_room_that_is_not_ones_own_is_refused_by_name(
    office: RunningHub, follow: Follow, room: Any, code: str
) -> None:
    asker = follow(office, room)
    assert asker.snapshots == []
    (refusal,) = asker.refusals
    assert (refusal["code"], refusal["room"]) == (code, room)
    assert refusal["detail"]
    asker.client.emit("join", {"room": "hall"})
    asker.wait_for(lambda me: bool(me.snapshots))


@pytest.mark.parametrize("payload", [None, 5, "hall", ["hall"], [], {}])
def test_a_join_without_a_room_is_refused(office: RunningHub, follow: Follow, payload: Any) -> None:
    asker = follow(office, "hall")
    asker.client.emit("join", payload)
    asker.wait_for(lambda me: bool(me.refusals))
    assert asker.refusals[0]["code"] == "unknown_room"


def test_polling_garbage_is_answered_with_an_error(office: RunningHub) -> None:
    address = f"{office.url}/socket.io/"
    for parameters in (
        "",
        "EIO=4",
        "EIO=1&transport=polling",
        "EIO=4&transport=pigeon",
        "EIO=4&transport=polling&sid=x",
    ):
        assert requests.get(f"{address}?{parameters}", timeout=5).status_code in (400, 200)
    opened = json.loads(requests.get(f"{address}?EIO=4&transport=polling", timeout=5).text[1:])
    mine = f"{address}?EIO=4&transport=polling&sid={opened['sid']}"
    assert requests.post(mine, data=RANDOM, timeout=5).status_code in (200, 400)
    with suppress(requests.RequestException):  # the library closes that line, and may leave its owner without a word
        assert requests.post(mine, data=b"x" * 2_000_000, timeout=1).status_code in (400, 413)


def test_a_foreign_page_gets_no_line(office: RunningHub) -> None:
    address = office.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    with pytest.raises(websocket.WebSocketBadStatusException):
        websocket.create_connection(address, origin="http://evil.example", timeout=5)


def test_a_client_that_never_pauses_does_not_keep_the_others_from_their_turn(
    office: RunningHub, follow: Follow
) -> None:
    enough = threading.Event()
    noisy = [follow(office, "hall") for _ in range(2)]
    threads = [threading.Thread(target=shout, args=(each, enough)) for each in noisy]
    for thread in threads:
        thread.start()
    try:
        numbers = [office.take_number()["number"] for _ in range(5)]
    finally:
        enough.set()
        for thread in threads:
            thread.join()
    assert len(set(numbers)) == 5


def shout(noisy: Follower, enough: threading.Event) -> None:
    while not enough.wait(0.0005):
        noisy.join()
