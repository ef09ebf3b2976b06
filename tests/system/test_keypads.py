"""Pads on a line (a pseudo-terminal), a real hub, the agent between them: what a key does, and what it never does."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

import pytest

from hardware.agent import Agent
from hardware.config import check
from hardware.keypads.qsystem import Code, lamp_frame
from hardware.protocols.checksums import sum8
from tests.hardware.agents import at_work
from tests.hardware.lines import Line, a_bus
from tests.running_hub import RunningHub

HubFactory = Callable[..., RunningHub]
NEXT, ARRIVE, TRANSFER, MISS, RECALL = "31", "32", "33", "34", "41"
ACCEPTED, REFUSED, AWAY = Code.GREEN_BEEP, Code.RED_BLINK_200_BEEP, Code.RED_BLINK_500
COUNTERS = 6
BOUNCING, RECEIVER = 5, 6
"""The counters of the pad that is heard as it is delivered, and of one of another make."""


def address(counter: int) -> int:
    return 0x20 + counter


def pads() -> list[dict[str, Any]]:
    """Of all but one the test's fingers are quicker than a clerk's."""
    keys = {TRANSFER: "transfer:DD", RECALL: "recall"}
    standard = {"driver": "qsystem", "bus": "desks", "keys": keys, "debounce_ms": 0}
    several: list[dict[str, Any]] = [
        standard | {"name": f"pad {n}", "counter": n, "address": address(n)} for n in range(1, COUNTERS)
    ]
    del several[BOUNCING - 1]["debounce_ms"]
    receiver = {"driver": "bytes", "bus": "desks", "pattern": "EE A4 nn sum8", "keys": {"0A": "next"}}
    return [*several, receiver | {"name": "receiver", "counter": RECEIVER}]


@dataclass
class Office:
    hub: RunningHub
    line: Line

    def press(self, counter: int, key: str, times: int = 1) -> None:
        self.line.heard = b""
        self.line.say((bytes([1, address(counter)]) + bytes.fromhex(key) + b"\x07") * times)

    def sees(self, counter: int, code: Code) -> None:
        """The lamp of the counter's pad says so."""
        self.line.hear(lamp_frame(address(counter), code))

    def at(self, counter: int) -> dict[str, Any] | None:
        """The ticket at the counter."""
        counters = self.hub.desk.ok("GET", "/counters")["counters"]
        found: dict[str, Any] | None = next(each["ticket"] for each in counters if each["number"] == counter)
        return found

    def waiting(self) -> int:
        services = self.hub.desk.ok("GET", "/hall")["services"]
        return sum(service["waiting"] for service in services)

    def finish(self) -> None:
        """The hall is empty: every counter has finished with everybody."""
        for counter in range(1, COUNTERS + 1):
            while self.at(counter) or (counter == 1 and self.waiting()):
                self.hub.desk.ok("POST", f"/counters/{counter}/next", headers={"Idempotency-Key": os.urandom(8).hex()})


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with office_of(RunningHub(tmp_path_factory.mktemp("hub")).start()) as office:
        yield office


@pytest.fixture
def office(running: Office) -> Iterator[Office]:
    yield running
    running.finish()


@contextmanager
def office_of(hub: RunningHub) -> Iterator[Office]:
    """A hub whose counters are all open, its line of pads, and an agent in this process that ends with the test."""
    line = Line(hub.folder / "line")
    try:
        open_all(hub)
        with working_agent(hub, line):
            office = Office(hub, line)
            for counter in range(1, RECEIVER):
                office.sees(counter, Code.OFF)
            yield office
    finally:
        line.unplug()
        hub.close()


def open_all(hub: RunningHub) -> None:
    for counter in range(1, COUNTERS + 1):
        hub.desk.ok("PUT", f"/counters/{counter}", json={"name": "", "own": ["HT", "DD"], "help": []})
        found = {each["number"]: each["state"] for each in hub.desk.ok("GET", "/counters")["counters"]}
        if found[counter] != "open":
            hub.desk.ok("POST", f"/counters/{counter}/open", json={})
    settings = hub.desk.ok("GET", "/settings")
    hub.admin.ok("PUT", "/settings", json=settings | {"double_press_ms": 0})


@contextmanager
def working_agent(hub: RunningHub, line: Line) -> Iterator[None]:
    token = str(hub.device("agent", "agent-1").headers["Authorization"]).removeprefix("Bearer ")
    buses = [a_bus("desks", line.path, baudrate=57600)]
    with at_work(Agent(check({"hub": hub.url, "token": token, "buses": buses, "keypads": pads()}))):
        yield


def test_one_key_calls_the_next_citizen_and_the_lamp_says_so(office: Office):
    ticket = office.hub.take_number()
    office.press(1, NEXT)
    office.sees(1, ACCEPTED)
    called = office.at(1)
    assert called
    assert (called["id"], called["state"]) == (ticket["id"], "called")
    office.sees(1, Code.GREEN)


def test_a_key_that_bounces_and_repeats_itself_calls_one_citizen(office: Office):
    office.hub.take_number()
    office.hub.take_number()
    office.press(BOUNCING, NEXT, times=20)
    office.sees(BOUNCING, ACCEPTED)
    office.sees(BOUNCING, Code.GREEN)
    assert office.waiting() == 1


def test_each_key_does_what_the_configuration_says(office: Office):
    first = office.hub.take_number()
    office.press(2, NEXT)
    office.sees(2, ACCEPTED)
    office.press(2, RECALL)
    office.sees(2, ACCEPTED)
    office.press(2, ARRIVE)
    office.sees(2, ACCEPTED)
    assert (office.at(2) or {})["state"] == "serving"
    office.press(2, TRANSFER)
    office.sees(2, ACCEPTED)
    assert office.at(2) is None
    office.press(2, NEXT)
    office.sees(2, ACCEPTED)
    sent_on = office.at(2) or {}
    assert (sent_on["id"], sent_on["service"]) == (first["id"], "DD")
    office.sees(2, Code.GREEN)
    office.press(2, MISS)
    office.sees(2, ACCEPTED)
    assert office.at(2) is None


def test_a_key_of_another_make_calls_too(office: Office):
    ticket = office.hub.take_number()
    frame = bytes.fromhex("EE A4 0A")
    office.line.say(frame + bytes([sum8(frame)]))
    # it has no lamp to wait for
    until(lambda: (office.at(RECEIVER) or {}).get("id") == ticket["id"])


def test_when_nobody_waits_the_lamp_says_so(office: Office):
    office.press(3, NEXT)
    office.sees(3, REFUSED)
    office.sees(3, Code.OFF)


def test_a_key_for_nobody_at_the_counter_and_a_key_that_means_nothing_are_refused(office: Office):
    for key in (ARRIVE, "42"):
        office.press(4, key)
        office.sees(4, REFUSED)


def test_noise_on_the_line_calls_nobody_and_the_next_key_is_heard(office: Office):
    ticket = office.hub.take_number()
    noise = Random(4)  # noqa: S311 - noise of a line
    for _ in range(200):
        office.line.say(noise.randbytes(64))
    assert office.at(1) is None
    office.press(1, NEXT)
    office.sees(1, ACCEPTED)
    assert (office.at(1) or {})["id"] == ticket["id"]
    assert office.waiting() == 0


def test_a_key_while_the_hub_is_away_is_refused_and_nothing_is_called_when_it_returns(hub_factory: HubFactory):
    with office_of(hub_factory()) as office:
        ticket = office.hub.take_number()
        office.line.heard = b""
        office.hub.stop()
        office.sees(1, AWAY)
        office.press(1, NEXT)
        office.sees(1, REFUSED)
        office.sees(1, AWAY)
        office.hub.start()
        office.line.heard = b""
        office.sees(1, Code.OFF)
        assert office.at(1) is None
        assert office.waiting() == 1
        office.press(1, NEXT)
        office.sees(1, ACCEPTED)
        assert (office.at(1) or {})["id"] == ticket["id"]


def test_a_pads_repeated_press_calls_nobody_whatever_its_key_says(office: Office):
    """A clerk at a screen tells presses apart by their keys; a pad's bouncing key has a new one each time."""
    settings = office.hub.desk.ok("GET", "/settings")
    agent = office.hub.device("agent", "agent-1")
    tickets = [office.hub.take_number()["number"] for _ in range(2)]

    def press(key: str) -> dict[str, Any]:
        told: dict[str, Any] = agent.ok("POST", "/counters/1/next", headers={"Idempotency-Key": key})
        return told

    office.hub.admin.ok("PUT", "/settings", json=settings | {"double_press_ms": 10_000})
    first = press("one")
    assert first["ticket"]["number"] == tickets[0]
    assert press("one") == first
    bounced = press("two")
    assert (bounced["ticket"]["number"], bounced["reason"]["code"]) == (tickets[0], "repeated")
    assert office.waiting() == 1
    office.hub.admin.ok("PUT", "/settings", json=settings | {"double_press_ms": 0})
    assert press("three")["ticket"]["number"] == tickets[1]


def until(happened: Callable[[], object]) -> None:
    ends = threading.Event()
    for _ in range(100):
        if happened():
            return
        ends.wait(0.05)
    raise AssertionError("it did not happen")
