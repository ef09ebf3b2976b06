"""The agent between a hub and its boards: what is called, missed, lost and found again."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from agents import at_work
from fake_hub import MORNING, TOKEN, FakeHub
from lines import Line, a_board, a_bus, configured

from hardware.agent import Agent
from hardware.drivers import alpha
from hardware.keypads.qsystem import Code, lamp_frame

Work = Callable[..., Agent]
ERASE = b"E$"
"""Twice in the setup of an Alpha sign: a clear, then the files."""


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    made = FakeHub()
    yield made
    made.stop()


@pytest.fixture
def work(hub: FakeHub) -> Iterator[Work]:
    """Start an agent with a text board over counter 1 and a Modbus board over counter 2, unless told otherwise."""
    with ExitStack() as agents:

        def start(**settings: Any) -> Agent:
            boards = [a_board("one", "air"), a_board("two", "air", "modbus", address=2, counter=2)]
            standard: dict[str, Any] = {"hub": hub.url, "token": TOKEN, "buses": [a_bus("air", "virtual://air")]}
            config = configured(**(standard | {"boards": boards} | settings))
            return agents.enter_context(at_work(Agent(config)))

        yield start


def test_a_call_lights_the_board_of_its_counter_and_no_other(hub: FakeHub, work: Work):
    hub.put(2, "B007")
    work()
    hub.wait_for_shown(one="", two="B007")
    hub.call(1, "A023")
    hub.wait_for_shown(one="A023", two="B007")


def test_the_health_of_each_board_says_no_more_than_is_known(hub: FakeHub, work: Work):
    hub.put(1, "A023")
    hub.put(2, "B007")
    work()
    hub.wait_for_shown(one="A023", two="B007")
    one, two = hub.reports[-1]
    assert (one["state"], two["state"]) == ("sent", "shown")
    assert set(one) == {"name", "bus", "counter", "state", "shown", "detail", "code", "since", "next_attempt"}
    assert abs((datetime.fromisoformat(one["since"]) - MORNING).total_seconds()) < 60


def test_a_fresh_call_blinks_and_a_snapshot_or_an_old_call_does_not(
    hub: FakeHub, work: Work, line: Line, other_line: Line
):
    look = {"blink_s": 0.9, "blink_ms": 500}
    boards = [a_board("one", "wire", look=look), a_board("two", "other", counter=2, look=look)]
    hub.put(1, "A001")
    work(buses=[a_bus("wire", line.path), a_bus("other", other_line.path)], boards=boards)
    line.hear(b"A001#")
    other_line.hear(b"$001,    #")
    hub.call(1, "A002", age_s=60)
    line.hear(b"A002#")
    hub.call(2, "B001")
    blinking = b"$001,    #$001,B001#$001,    #$001,B001#"
    assert other_line.hear_until(lambda: other_line.heard.count(b"B001#") == 2) == blinking
    # the other's blink took longer than this one's would have
    hub.call(1, "A003")
    assert line.hear(b"A003#") == b"$001,A001#$001,A002#$001,A003#"


def test_a_missed_event_is_found_by_its_number_and_the_hall_is_asked_again(hub: FakeHub, work: Work):
    work()
    hub.wait_for_shown(one="", two="")
    hub.put(2, "B009")
    hub.call(1, "A023", silently_miss=1)
    hub.wait_for_shown(one="A023", two="B009")
    assert hub.joins == [{"room": "devices"}] * 2


def test_an_event_that_is_known_already_changes_nothing(hub: FakeHub, work: Work):
    work()
    hub.call(1, "A023")
    hub.wait_for_shown(one="A023")
    old = hub.counters[1] | {"ticket": {"id": "x", "number": "A001", "state": "called"}}
    hub.emit("event", {"seq": 50, "prev": 49, "counters": [old], "call": None})
    hub.call(2, "B001")
    hub.wait_for_shown(one="A023", two="B001")


def test_an_edited_centre_is_read_anew(hub: FakeHub, work: Work):
    work()
    hub.wait_for_shown(one="", two="")
    hub.put(2, "B005")
    hub.tell(1, resync=True)
    hub.wait_for_shown(two="B005")


def test_paused_and_closed_counters_say_so(hub: FakeHub, work: Work):
    work()
    hub.put(1, None, "paused")
    hub.tell(1)
    hub.wait_for_shown(one="--")
    hub.put(1, None, "closed")
    hub.tell(1)
    hub.wait_for_shown(one="")


def test_boards_keep_their_numbers_through_a_restart_of_the_hub_and_then_catch_up(hub: FakeHub, work: Work, line: Line):
    hub.put(1, "A001")
    work(buses=[a_bus("wire", line.path)], boards=[a_board("one", "wire")])
    line.hear(b"A001#")
    hub.stop()
    hub.put(1, "A002")
    hub.start()
    assert line.hear(b"A002#") == b"$001,A001#$001,A002#"


def test_without_a_hub_for_long_the_boards_say_so_and_converge_on_its_return(hub: FakeHub, work: Work, line: Line):
    hub.put(1, "A001")
    work(buses=[a_bus("wire", line.path)], boards=[a_board("one", "wire")], offline_after_s=0.1)
    line.hear(b"A001#")
    hub.stop()
    line.hear(b"$001,  --#")
    hub.start()
    line.hear_until(lambda: line.heard.endswith(b"$001,  --#$001,A001#"))


def test_boards_that_have_never_heard_of_a_hub_say_so(work: Work, line: Line):
    settings: dict[str, Any] = {"hub": "http://127.0.0.1:9", "offline_after_s": 0.1}
    work(buses=[a_bus("wire", line.path)], boards=[a_board("one", "wire")], **settings)
    line.hear(b"$001,  --#")


def test_a_wrong_token_is_told_and_tried_again(hub: FakeHub, work: Work, caplog: pytest.LogCaptureFixture):
    refused = threading.Event()
    caplog.set_level(logging.WARNING, "hardware.link")
    handler = logging.Handler()
    handler.emit = lambda record: refused.set() if "not signed in" in record.getMessage() else None  # type: ignore[method-assign]
    logging.getLogger("hardware.link").addHandler(handler)
    try:
        work(token="wrong")
        assert refused.wait(10)
    finally:
        logging.getLogger("hardware.link").removeHandler(handler)
    assert hub.joins == []


@pytest.mark.parametrize("garbage", [None, "x", [], {"seq": "x"}, {"seq": 1, "now": "never", "counters": 3}])
def test_garbage_from_the_hub_is_survived(hub: FakeHub, work: Work, garbage: object):
    work()
    hub.wait_for_shown(one="", two="")
    hub.emit("event", garbage)
    hub.emit("refused", garbage)
    hub.call(1, "A023")
    hub.wait_for_shown(one="A023")


def test_a_dead_line_is_reported_while_the_other_goes_on(hub: FakeHub, work: Work, line: Line, other_line: Line):
    buses = [a_bus("dead", line.path), a_bus("well", other_line.path)]
    work(buses=buses, boards=[a_board("one", "dead"), a_board("two", "well", counter=2)])
    hub.wait_for_shown(one="", two="")
    line.unplug()
    hub.wait(lambda: "next attempt in" in hub.reports[-1][0]["detail"])
    assert hub.reports[-1][0]["state"] == "down"
    hub.call(2, "B001")
    other_line.hear(b"$001,B001#")
    hub.call(1, "A002")
    line.plug_in()
    assert line.hear(b"A002#").endswith(b"$001,A002#")


@pytest.fixture
def quick_sign(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """An Alpha sign over counter 1, on the line "wire", that hears again at once when its memory was erased."""
    for name in ("AFTER_CLEAR_MS", "AFTER_SETUP_MS", "AFTER_WRITE_MS"):
        monkeypatch.setattr(alpha, name, 0)
    return a_board("sign", "wire", "alpha", options={})


def threads(start: str) -> set[int | None]:
    return {thread.ident for thread in threading.enumerate() if thread.name.startswith(start)}


def test_a_saved_change_elsewhere_leaves_a_line_and_its_signs_memory_alone(
    hub: FakeHub, work: Work, line: Line, tmp_path: Path, quick_sign: dict[str, object]
):
    hub.put(1, "A001")
    buses = [a_bus("wire", line.path), a_bus("air", "virtual://air")]
    agent = work(buses=buses, boards=[quick_sign])
    hub.wait_for_shown(sign="A001")
    heard, running = line.hear(b"A001"), threads("bus wire")
    scanner = {"name": "door", "url": str(tmp_path / "none"), "counter": 1}
    new = a_board("two", "air", counter=2)
    agent.reconfigure(configured(buses, [quick_sign, new], scanners=[scanner]))
    hub.call(2, "B001")
    hub.wait_for_shown(sign="A001", two="B001")
    assert threads("bus wire") == running
    hub.call(1, "A002")
    line.hear(b"A002")
    assert heard.count(ERASE) == line.heard.count(ERASE) == 2


def test_a_saved_change_of_its_line_does_not_erase_a_sign_and_a_change_of_its_own_does(
    hub: FakeHub, work: Work, line: Line, quick_sign: dict[str, object]
):
    hub.put(1, "A001")
    agent = work(buses=[a_bus("wire", line.path)], boards=[quick_sign])
    hub.wait_for_shown(sign="A001")
    hub.put(2, "B001")
    hub.tell(2)
    agent.reconfigure(configured([a_bus("wire", line.path)], [quick_sign, a_board("two", "wire", counter=2)]))
    hub.wait_for_shown(sign="A001", two="B001")
    line.hear(b"$001,B001#")
    assert line.heard.count(ERASE) == 2
    bigger = quick_sign | {"options": {"text_size": 512}}
    agent.reconfigure(configured([a_bus("wire", line.path)], [bigger]))
    line.hear_until(lambda: line.heard.count(ERASE) == 4)


def test_a_saved_change_keeps_what_has_not_changed_and_renews_what_has(hub: FakeHub, work: Work):
    air = {"buses": [a_bus("air", "virtual://air")], "boards": [a_board("one", "air")]}
    pads = [{"name": "pad", "counter": 1, "driver": "qsystem", "bus": "air", "address": 37}]
    printers = [{"name": "paper", "url": "virtual://paper"}]
    agent = work(**air, keypads=pads, printers=printers)
    hub.wait_for_shown(one="")
    before = {type(part).__name__: part for part in agent.parts}
    running = threads("bus air")
    agent.reconfigure(configured(**air, keypads=pads, printers=[*printers, {"name": "more", "url": "virtual://more"}]))
    hub.wait(lambda: agent.parts[2] is not before["Printers"])
    after = {type(part).__name__: part for part in agent.parts}
    assert threads("bus air") == running
    kept = {name for name, part in after.items() if part is before[name]}
    assert kept == {"Keypads", "Scanners", "Installer"}
    hub.call(1, "A001")
    hub.wait_for_shown(one="A001")
    agent.reconfigure(configured(**air, printers=printers))
    hub.wait(lambda: threads("bus air") != running)
    hub.call(1, "A002")
    hub.wait_for_shown(one="A002")


def test_a_pad_lives_on_where_its_line_gets_a_new_board(hub: FakeHub, work: Work, line: Line):
    pads = [{"name": "pad", "counter": 1, "driver": "qsystem", "bus": "wire", "address": 0x25}]
    buses = [a_bus("wire", line.path)]
    hub.put(1, "A001")
    agent = work(buses=buses, keypads=pads, boards=[])
    line.hear(lamp_frame(0x25, Code.GREEN))
    hub.put(2, "B001")
    hub.tell(2)
    agent.reconfigure(configured(buses, [a_board("two", "wire", counter=2)], keypads=pads))
    hub.wait_for_shown(two="B001")
    line.hear_until(lambda: line.heard.count(lamp_frame(0x25, Code.GREEN)) == 2)


def test_the_agents_process_ends_with_the_hub_that_started_it(hub: FakeHub, tmp_path: Path):
    path = tmp_path / "toiluot.toml"
    path.write_text("[hardware]\n", encoding="utf-8")
    command = [sys.executable, "-m", "hardware", "run", "--config", str(path), "--hub", hub.url, "--token", TOKEN]
    with subprocess.Popen([*command, "--until-stdin-closes"], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as agent:
        hub.wait(lambda: bool(hub.reports))
        assert agent.stdin is not None
        agent.stdin.close()
        assert agent.wait(10) == 0


def test_nothing_of_the_hub_is_imported():
    code = "import hardware.cli, sys; print([m for m in sys.modules if m.split('.')[0] in ('flask','eventlet','app')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
