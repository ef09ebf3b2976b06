"""A flood at the door: it is turned away cheaply, and nobody in the hall notices."""

import http.client
import json
import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import pytest

from app import server
from app.api.front_door import HOUR_S, MINUTE_S, FrontDoor, Tally, home_of
from tests.running_hub import RunningHub

ADDRESSES = [f"127.0.0.{last}" for last in range(2, 7)]
EACH = 300
LET_IN = 20
"""Of one address in a minute, where no phone shows its mark (app/api/front_door.py)."""
LOOKS = 150
"""At procedures, of one address in ten seconds."""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    hub = RunningHub(tmp_path_factory.mktemp("flood")).start()
    settings = hub.admin.ok("GET", "/settings")
    hub.admin.ok(
        "PUT", "/settings", json={**settings, "home_numbers": True, "home_from": "00:00", "home_until": "23:59"}
    )
    hub.take_number()
    yield hub
    hub.close()


def line_of(port: int, address: str) -> "closing[http.client.HTTPConnection]":
    """Kept open for one request after the other."""
    return closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(address, 0)))


def ask(
    line: http.client.HTTPConnection, path: str = "/api/v1/home", body: str = '{"service": "HT"}', **headers: str
) -> tuple[int, Any]:
    line.request("POST", path, body, {"Content-Type": "application/json", **headers})
    answer = line.getresponse()
    text = answer.read()
    assert answer.status != 429 or int(answer.headers["Retry-After"]) > 0
    return answer.status, json.loads(text)


def in_threads(*work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=each) for each in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_a_flood_from_five_addresses_does_not_stop_a_kiosk(hub: RunningHub) -> None:
    told: Counter[tuple[str, int]] = Counter()
    numbers: list[str] = []
    flooding = threading.Event()

    def flood(address: str) -> None:
        with line_of(hub.port, address) as line:
            for _ in range(EACH):
                told[address, ask(line)[0]] += 1
                flooding.set()

    def kiosk() -> None:
        flooding.wait(10)
        numbers.extend(hub.take_number("CT")["number"] for _ in range(30))

    in_threads(kiosk, *(lambda address=each: flood(address) for each in ADDRESSES))
    assert len(set(numbers)) == 30, "every press at the kiosk gave its number"
    assert {status for _, status in told} == {201, 409, 429}
    for address in ADDRESSES:
        let_in = sum(count for (whose, status), count in told.items() if whose == address and status != 429)
        assert let_in <= 2 * LET_IN, "those of a minute, or of two where it ended meanwhile"
        assert told[address, 429] >= EACH - 2 * LET_IN
    left = next(each for each in hub.kiosk.ok("GET", "/home")["services"] if each["code"] == "HT")["left"]
    assert left == 0, "what the centre gives away, and no more"


def test_a_flood_of_looks_is_turned_away_and_does_not_stop_a_kiosk(hub: RunningHub) -> None:
    told: dict[str, list[int]] = {"127.0.1.2": [], "127.0.1.3": []}
    flooding = threading.Event()

    def flood(address: str) -> None:
        paths = cycle(("/find", "/find?q=giay+khai+sihn", "/p/2.000815", "/api/v1/procedures?q=sao+y"))
        with line_of(hub.port, address) as line:
            while 429 not in told[address] and len(told[address]) <= 2 * LOOKS:
                told[address].append(look(line, next(paths)))
                flooding.set()

    def kiosk() -> None:
        flooding.wait(10)
        for _ in range(10):
            hub.take_number("CT")

    in_threads(kiosk, *(lambda address=each: flood(address) for each in told))
    for each in told.values():
        assert set(each) == {200, 429}
        assert len(each) > LOOKS


def look(line: http.client.HTTPConnection, path: str, **headers: str) -> int:
    line.request("GET", path, headers=headers)
    answer = line.getresponse()
    answer.read()
    return answer.status


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/find", 600), ("/find?q=a", 600), ("/p/1.001193", 600), ("/p/a\nb", 600), ("/api/v1/procedures", 600),
        ("/api/v1/procedures/1.001193", 600), ("/book", 600), ("/b/x\n", 600), ("/t/x", 1200), ("/t/x/qr.svg", 1200),
        ("/api/v1/tickets/x", 1200), ("/api/v1/tickets/x/let-pass", 1200),
    ],
)  # fmt: skip
def test_a_whole_hall_behind_one_address_may_look_and_a_flood_may_not(path: str, most: int) -> None:
    told: Counter[str] = Counter()
    clock = Hand(MINUTE_S * 100.0)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path.partition("?")[0], "REMOTE_ADDR": "203.0.113.7"}
    door = door_of(told, clock)
    for _ in range(most + 20):
        door(environ, lambda status, _headers: told.update([status[:3]]))
        clock.at += MINUTE_S / (most + 21)
    assert told == {"in": most, "429": 20}
    door(environ | {"HTTP_AUTHORIZATION": "Bearer of-a-kiosk"}, lambda *_answer: None)
    assert told["in"] == most + 1, "the hall's own devices are not hit"


@pytest.mark.parametrize(("path", "most"), [("/find", LOOKS), ("/api/v1/procedures", LOOKS), ("/t/x", 1200)])
def test_of_what_costs_much_no_address_gets_a_minutes_worth_at_once(path: str, most: int) -> None:
    told: Counter[str] = Counter()
    door = door_of(told, Hand(0.0))
    for _ in range(2000):
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "REMOTE_ADDR": "203.0.113.7"}
        door(environ, lambda *_answer: None)
    assert told["in"] == most


@pytest.mark.parametrize(
    ("path", "language", "kind", "begins"),
    [
        ("/find", "vi", "text/plain; charset=utf-8", "Thử quá nhiều lần"),
        ("/find", "en-GB", "text/plain; charset=utf-8", "Too many tries"),
        ("/api/v1/procedures", "en", "application/problem+json", "{"),
    ],
)
def test_somebody_who_looks_with_a_browser_is_told_in_a_sentence(
    path: str, language: str, kind: str, begins: str
) -> None:
    door = door_of(Counter(), Hand(0.0))
    told: dict[str, str] = {}
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "REMOTE_ADDR": "::1", "HTTP_ACCEPT_LANGUAGE": language}
    for _ in range(LOOKS + 1):
        answer = door(environ, lambda _status, headers: told.update(headers))
    assert told["Content-Type"] == kind
    assert b"".join(answer).decode().startswith(begins)


@dataclass
class Hand:
    """A clock that stands until somebody turns it."""

    at: float

    def __call__(self) -> float:
        return self.at


def door_of(told: Counter[str], clock: Hand) -> FrontDoor:
    """It tells of each whom it lets in."""

    def page(_environ: Any, _start: Any) -> list[bytes]:
        told["in"] += 1
        return []

    return FrontDoor(page, lambda bearer, _cookies: bearer == "of-a-kiosk", lambda mark: mark, clock=clock)


def test_between_two_strangers_looks_a_device_comes_to_its_turn() -> None:
    begun, end = threading.Event(), threading.Event()
    order: list[str] = []

    def page(environ: dict[str, Any], _start: Any) -> list[bytes]:
        begun.set()
        if environ["PATH_INFO"] == "/find":
            end.wait(10)
        order.append(environ["PATH_INFO"])
        return [b""]

    door = FrontDoor(page, lambda bearer, _cookies: bearer == "of-a-kiosk", lambda mark: mark, clock=lambda: 0.0)
    environ = {"REQUEST_METHOD": "GET", "REMOTE_ADDR": "203.0.113.7"}

    def ask(path: str, **headers: str) -> None:
        door(environ | {"PATH_INFO": path} | headers, lambda *_answer: None)

    def device() -> None:
        begun.wait(10)
        stranger.start()
        ask("/p/1", HTTP_AUTHORIZATION="Bearer of-a-kiosk")
        end.set()

    stranger = threading.Thread(target=ask, args=("/p/2",))
    in_threads(lambda: ask("/find"), device)
    stranger.join()
    assert order == ["/p/1", "/find", "/p/2"]


def test_who_is_turned_away_is_not_even_read(hub: RunningHub) -> None:
    with line_of(hub.port, ADDRESSES[0]) as line:
        for _ in range(LET_IN):
            ask(line)
        status, problem = ask(line, body="{ this is no JSON")
        assert (status, problem["code"]) == (429, "too_many_requests")
        assert ask(line, "/api/v1/take", body="{}", Cookie="toiluot_phone=mine.made")[0] == 429
        assert ask(line, Authorization="Bearer made-up")[0] == 429, "a made-up token opens no door"


def test_whoever_is_known_goes_through_from_the_same_address(hub: RunningHub) -> None:
    """A kiosk, or a clerk, behind the same line as the flood."""
    with line_of(hub.port, ADDRESSES[1]) as line:
        while ask(line)[0] != 429:
            pass
        token = str(hub.kiosk.headers["Authorization"])
        status, made = ask(line, body='{"service": "XD"}', Authorization=token)
        assert (status, made["service"]) == (201, "XD")
        status, _ = ask(line, "/api/v1/tickets", '{"service": "CT"}', Authorization=token)
        assert status == 201


def test_behind_a_proxy_each_citizen_has_an_address_of_their_own(hub_factory: Callable[..., RunningHub]) -> None:
    hub = hub_factory(trusted_proxies=1)
    with line_of(hub.port, "127.0.0.1") as proxy:
        told = [ask(proxy, **{"X-Forwarded-For": "203.0.113.7"})[0] for _ in range(LET_IN + 1)]
        assert told == [409] * LET_IN + [429], "refused by the centre's rule, then at the door"
        assert ask(proxy, **{"X-Forwarded-For": "203.0.113.8"})[0] == 409
        forged = {"X-Forwarded-For": "203.0.113.9, 203.0.113.7"}
        assert ask(proxy, **forged)[0] == 429, "what somebody writes before the proxy does counts for nothing"


def test_one_phone_is_counted_tightly_and_its_address_generously() -> None:
    told: list[str] = []
    door = FrontDoor(
        lambda _environ, _start: told.append("in") or [b""],  # type: ignore[func-returns-value]
        lambda _bearer, _cookies: False,
        lambda mark: mark,
        clock=lambda: 1000.0,
    )

    def ask(phone: str, address: str = "203.0.113.7") -> None:
        environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/home", "REMOTE_ADDR": address}
        list(
            door(environ | {"HTTP_COOKIE": f"toiluot_phone={phone}"}, lambda status, _headers: told.append(status[:3]))
        )

    for _ in range(21):
        ask("one")
    assert Counter(told)["in"] == 20
    told.clear()
    for each in range(38):
        ask(f"phone-{each}")
    assert told == ["in"] * 38, "others of the same office"


def test_one_phone_does_not_book_every_appointment_of_the_week() -> None:
    told: list[str] = []
    minutes = iter(range(0, 3600, 60))
    door = FrontDoor(
        lambda _environ, _start: told.append("in") or [b""],  # type: ignore[func-returns-value]
        lambda _bearer, _cookies: False,
        lambda mark: mark,
        clock=lambda: float(next(minutes)),
    )
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/api/v1/bookings", "REMOTE_ADDR": "203.0.113.7"}
    for _ in range(30):
        door(environ | {"HTTP_COOKIE": "toiluot_phone=one"}, lambda *_answer: None)
    assert told == ["in"] * 20


def test_a_window_ends_and_says_when() -> None:
    tally = Tally(MINUTE_S, 2)
    assert [tally.wait_s("a", 30.0), tally.wait_s("a", 31.0), tally.wait_s("a", 50.5)] == [0, 0, 10]
    assert tally.wait_s("b", 51.0) == 0
    assert tally.wait_s("a", 60.0) == 0
    assert Tally(HOUR_S, 0).wait_s("a", 3599.9) == 1


@pytest.mark.parametrize(
    ("address", "home"),
    [("203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("fe80::1%eth0", "fe80::/64")],
)
def test_one_line_with_many_addresses_is_one(address: str, home: str) -> None:
    assert home_of(address) == home


# Lines that are held open


def test_one_address_cannot_hold_every_line(hub: RunningHub) -> None:
    most = server.MOST_CONNECTIONS // server.ADDRESSES_TO_FILL_IT
    with ExitStack() as held:
        lines = [held.enter_context(line_from("127.0.0.9", hub.port)) for _ in range(most + 1)]
        assert lines[-1].recv(1) == b"", "one too many is hung up on"
        assert hub.take_number("CT")["number"]
        other = held.enter_context(line_from("127.0.0.10", hub.port))
        other.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: hub\r\n\r\n")
        assert other.recv(12) == b"HTTP/1.1 200"
        lines[0].sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: hub\r\n\r\n")
        assert lines[0].recv(12) == b"HTTP/1.1 200", "those who were there first stay"


def line_from(address: str, port: int) -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(address, 0))
    line.settimeout(10)
    return line
