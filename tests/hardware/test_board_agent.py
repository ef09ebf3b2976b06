"""The agent between a hub and its boards: what is called, missed, lost and found again."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fake_hub import MORNING, TOKEN, FakeHub
from lines import Line, a_board, a_bus, configured

from hardware.agent import Agent

Work = Callable[..., Agent]


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    made = FakeHub()
    yield made
    made.stop()


@pytest.fixture
def work(hub: FakeHub) -> Iterator[Work]:
    """Start an agent with a text board over counter 1 and a Modbus board over counter 2, unless told otherwise."""
    started: list[tuple[Agent, threading.Thread]] = []

    def start(**settings: Any) -> Agent:
        boards = [a_board("one", "air"), a_board("two", "air", "modbus", address=2, counter=2)]
        standard: dict[str, Any] = {"hub": hub.url, "token": TOKEN, "buses": [a_bus("air", "virtual://air")]}
        config = configured(**(standard | {"boards": boards} | settings))
        agent = Agent(config)
        thread = threading.Thread(target=agent.run)
        thread.start()
        started.append((agent, thread))
        return agent

    yield start
    for agent, thread in started:
        agent.stop()
        thread.join(10)
        assert not thread.is_alive()


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
    look = {"blink_s": 0.3, "blink_ms": 200}
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
