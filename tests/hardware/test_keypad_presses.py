"""From a key to the hub and back to the lamp: in order, once, and refused where nobody can hear it."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from hardware.hall import Counter, Ticket
from hardware.keypads import desk as desk_module
from hardware.keypads import door as door_module
from hardware.keypads import signal as signal_module
from hardware.keypads.actions import Action, Request, Verb
from hardware.keypads.desk import AWAY, TOO_LATE, Desk
from hardware.keypads.door import Done, Door, Refused
from hardware.keypads.lamps import AWAY as AWAY_LAMP
from hardware.keypads.lamps import Flash, Lamp, Light
from hardware.keypads.signal import Signal

PATIENCE_S = 10
CALL = Request("next", {})
FREE = Counter(number=1, state="open")
BUSY = Counter(number=1, state="open", ticket=Ticket(id="t1", number="A001", state="called"))
NEXT, RECALL = Action(Verb.NEXT), Action(Verb.RECALL)
CALLED = {"ticket": {"id": "t1"}, "counter": BUSY.model_dump()}


class Hub:
    """An HTTP server that answers as it is told, in order; None: it takes the request and hangs up."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any] | None] = []
        self.heard: list[tuple[str, str, str, Any]] = []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                hub.answer(self)

            def handle(self) -> None:
                # the agent resets what it closes
                with suppress(ConnectionResetError):
                    super().handle()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        body = json.loads(request.rfile.read(int(request.headers["Content-Length"])))
        said = request.headers
        self.heard.append((request.path, said["Idempotency-Key"], said["Authorization"], body))
        told = self.answers.pop(0)
        if told is None:
            request.close_connection = True
            return
        text = json.dumps(told[1]).encode()
        request.send_response(told[0])
        request.send_header("Content-Length", str(len(text)))
        request.end_headers()
        request.wfile.write(text)

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def hub() -> Iterator[Hub]:
    made = Hub()
    yield made
    made.close()


@pytest.fixture
def door(hub: Hub) -> Iterator[Door]:
    made = Door(hub.url, "the-agents-token")
    yield made
    made.close()


def test_a_press_is_posted_with_its_key_and_the_agents_token(hub: Hub, door: Door):
    hub.answers = [(200, CALLED)]
    assert door.post(1, CALL, "k1") == Done(BUSY)
    assert hub.heard == [("/api/v1/counters/1/next", "k1", "Bearer the-agents-token", {})]


def test_a_press_whose_answer_was_lost_is_sent_once_more_with_the_same_key(hub: Hub, door: Door):
    hub.answers = [None, (200, CALLED)]
    assert door.post(1, CALL, "k1") == Done(BUSY)
    assert [key for _, key, _, _ in hub.heard] == ["k1", "k1"]


def test_a_press_that_may_have_been_carried_out_is_not_called_unsent(hub: Hub, door: Door):
    hub.answers = [None, None]
    assert refusal(door).code == "answer_lost"
    assert len(hub.heard) == 2


def test_a_hub_that_is_slower_than_a_clerks_patience_is_an_answer_lost(hub: Hub, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(door_module, "ANSWER_S", 0.05)
    waiting = threading.Event()
    monkeypatch.setattr(hub, "answer", lambda _request: waiting.wait(PATIENCE_S))
    slow = Door(hub.url, "")
    assert refusal(slow).code == "answer_lost"
    waiting.set()
    slow.close()


def test_a_press_that_was_given_up_is_not_delivered_when_the_network_is_back(monkeypatch: pytest.MonkeyPatch):
    """A connection that ends as others do keeps trying to deliver; one that is reset forgets."""
    monkeypatch.setattr(door_module, "ANSWER_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        door = Door(f"http://127.0.0.1:{listening.getsockname()[1]}", "")
        assert refusal(door).code == "answer_lost"
        connection, _ = listening.accept()
        with connection, pytest.raises(ConnectionResetError):
            b"".join(iter(lambda: connection.recv(4096), b""))
        door.close()


def test_without_a_hub_a_press_is_known_to_be_unsent(hub: Hub):
    hub.close()
    nobody = Door(hub.url, "")
    assert refusal(nobody).code == "no_line"
    nobody.close()


def test_a_call_of_nobody_is_no_success(hub: Hub, door: Door):
    hub.answers = [(200, {"ticket": None, "counter": FREE.model_dump()})]
    assert refusal(door).code == "nobody_waits"


def test_the_hubs_refusal_is_told_in_its_own_words(hub: Hub, door: Door):
    hub.answers = [(409, {"code": "counter_not_open", "detail": "Quầy 1 chưa mở."})]
    assert refusal(door) == Refused("counter_not_open", "Quầy 1 chưa mở.")


@pytest.mark.parametrize("answer", [(200, {"ticket": {}}), (200, []), (502, "bad gateway"), (500, {}), (302, {})])
def test_an_answer_that_is_no_answer_is_a_refusal(hub: Hub, door: Door, answer: tuple[int, Any]):
    hub.answers = [answer]
    assert refusal(door).code == "unreadable_answer"


def refusal(door: Door) -> Refused:
    outcome = door.post(1, CALL, "k1")
    assert isinstance(outcome, Refused)
    return outcome


class SlowDoor:
    """A hub whose answers wait until the test lets them go."""

    def __init__(self) -> None:
        self.sent: list[Request] = []
        self.arrived = threading.Semaphore(0)
        self.may_answer = threading.Semaphore(0)

    def post(self, _counter: int, request: Request, _key: str) -> Done:
        self.sent.append(request)
        self.arrived.release()
        assert self.may_answer.acquire(timeout=PATIENCE_S)
        return Done(BUSY)

    def close(self) -> None:
        pass


class Clerk:
    """A pad's part of a press."""

    name = "pad"

    def __init__(self) -> None:
        self.outcomes: list[Done | Refused] = []
        self._news = threading.Condition()

    def waits(self) -> None:
        pass

    def settled(self, outcome: Done | Refused) -> None:
        with self._news:
            self.outcomes.append(outcome)
            self._news.notify_all()

    refused = settled

    def close(self) -> None:
        pass

    def rests(self, counter: Counter | None, *, is_away: bool) -> None:
        pass

    def is_told(self, *outcomes: Done | Refused) -> None:
        with self._news:
            assert self._news.wait_for(lambda: self.outcomes == list(outcomes), PATIENCE_S), self.outcomes


@pytest.fixture
def at_work() -> Iterator[Callable[[SlowDoor], Desk]]:
    started: list[tuple[Desk, SlowDoor]] = []

    def start(door: SlowDoor) -> Desk:
        desk = Desk(1, door)  # type: ignore[arg-type]
        desk.start()
        desk.line(is_up=True)
        desk.show(BUSY)
        started.append((desk, door))
        return desk

    yield start
    for desk, door in started:
        desk.stop()
        door.may_answer.release(10)
        desk.join(PATIENCE_S)
        assert not desk._thread.is_alive()


AtWork = Callable[[SlowDoor], Desk]


def test_the_presses_of_a_counter_are_sent_one_after_another(at_work: AtWork):
    door, clerk = SlowDoor(), Clerk()
    desk = at_work(door)
    now = desk_module.time.monotonic()
    desk.press(clerk, NEXT, now)
    desk.press(clerk, RECALL, now)
    assert door.arrived.acquire(timeout=PATIENCE_S)
    assert [request.verb for request in door.sent] == ["next"]
    door.may_answer.release()
    assert door.arrived.acquire(timeout=PATIENCE_S)
    assert door.sent[1] == Request("recall", {"seen": "t1"})


def test_a_counter_does_not_wait_for_another(at_work: AtWork):
    stuck, other, clerk = SlowDoor(), SlowDoor(), Clerk()
    now = desk_module.time.monotonic()
    at_work(stuck).press(Clerk(), NEXT, now)
    assert stuck.arrived.acquire(timeout=PATIENCE_S)
    other.may_answer.release()
    at_work(other).press(clerk, NEXT, now)
    clerk.is_told(Done(BUSY))


def test_a_press_without_a_line_is_refused_at_once_and_never_sent(at_work: AtWork):
    door, first, second = SlowDoor(), Clerk(), Clerk()
    desk = at_work(door)
    now = desk_module.time.monotonic()
    desk.press(first, NEXT, now)
    assert door.arrived.acquire(timeout=PATIENCE_S)
    desk.line(is_up=False)
    desk.press(second, NEXT, now)
    assert second.outcomes == [AWAY]
    desk.line(is_up=True)
    door.may_answer.release()
    first.is_told(Done(BUSY))
    assert len(door.sent) == 1


def test_a_press_that_waited_when_the_line_was_lost_is_refused(at_work: AtWork):
    door, first, second = SlowDoor(), Clerk(), Clerk()
    desk = at_work(door)
    now = desk_module.time.monotonic()
    desk.press(first, NEXT, now)
    assert door.arrived.acquire(timeout=PATIENCE_S)
    desk.press(second, NEXT, now)
    desk.line(is_up=False)
    door.may_answer.release(2)
    second.is_told(AWAY)
    assert len(door.sent) == 1


def test_a_press_that_waited_too_long_was_meant_for_another_moment(at_work: AtWork):
    door, clerk = SlowDoor(), Clerk()
    desk = at_work(door)
    desk.press(clerk, NEXT, desk_module.time.monotonic() - desk_module.LATE_S)
    clerk.is_told(TOO_LATE)
    assert door.sent == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_the_agent_refuses_every_press_and_hides_none(at_work: AtWork):
    door, clerk = SlowDoor(), Clerk()
    door.post = lambda *_: 1 / 0  # type: ignore[assignment]
    desk = at_work(door)
    for _ in range(2):
        desk.press(clerk, NEXT, desk_module.time.monotonic())
        desk._thread.join(PATIENCE_S)
    assert [outcome.code for outcome in clerk.outcomes if isinstance(outcome, Refused)] == ["crashed"] * 2


SERVING = Lamp(Light.SERVING, "A001")
OFF = Lamp(Light.OFF)


def flashed(flash: Flash, rest: Lamp) -> Lamp:
    return Lamp(rest.light, rest.number, flash)


class Lamps:
    """A lamp and what it was told."""

    def __init__(self) -> None:
        self.told: list[Lamp] = []
        self._news = threading.Condition()
        self.signal = Signal(self.show)
        self.signal.rests(FREE, is_away=False)

    def show(self, lamp: Lamp) -> None:
        with self._news:
            self.told.append(lamp)
            self._news.notify_all()

    def is_told(self, *lamps: Lamp) -> None:
        with self._news:
            assert self._news.wait_for(lambda: self.told == list(lamps), PATIENCE_S), self.told


@pytest.fixture
def lamp(monkeypatch: pytest.MonkeyPatch) -> Iterator[Lamps]:
    """Its flashes last until the test says otherwise."""
    monkeypatch.setattr(signal_module, "BUSY_AFTER_S", PATIENCE_S)
    monkeypatch.setattr(signal_module, "FLASH_S", dict.fromkeys(Flash, PATIENCE_S))
    made = Lamps()
    yield made
    made.signal.close()


def test_the_feeds_news_of_a_press_do_not_put_out_the_flash_that_answers_it(lamp: Lamps):
    lamp.signal.waits()
    lamp.signal.rests(BUSY, is_away=False)
    lamp.signal.accepted(BUSY)
    lamp.signal.rests(FREE, is_away=False)
    lamp.signal.rests(BUSY, is_away=False)
    lamp.is_told(OFF, flashed(Flash.ACCEPTED, SERVING))


def test_after_the_flash_stands_what_the_feed_told_last(lamp: Lamps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(signal_module.FLASH_S, Flash.ACCEPTED, 0.1)
    lamp.signal.waits()
    lamp.signal.accepted(BUSY)
    lamp.signal.rests(FREE, is_away=False)
    lamp.is_told(OFF, flashed(Flash.ACCEPTED, SERVING), OFF)
    lamp.signal.rests(BUSY, is_away=False)
    lamp.is_told(OFF, flashed(Flash.ACCEPTED, SERVING), OFF, SERVING)


def test_after_the_flash_stands_what_the_answer_said_if_the_feed_said_nothing(
    lamp: Lamps, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(signal_module.FLASH_S, Flash.ACCEPTED, 0)
    lamp.signal.waits()
    lamp.signal.accepted(BUSY)
    lamp.is_told(OFF, flashed(Flash.ACCEPTED, SERVING), SERVING)


def test_a_lamp_says_that_the_hub_went_away_during_a_press(lamp: Lamps):
    lamp.signal.waits()
    lamp.signal.rests(FREE, is_away=True)
    lamp.signal.refused()
    lamp.is_told(OFF, flashed(Flash.REFUSED, AWAY_LAMP))


def test_a_press_that_waits_for_a_slow_hub_is_shown_as_heard(lamp: Lamps, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(signal_module, "BUSY_AFTER_S", 0)
    lamp.signal.waits()
    lamp.is_told(OFF, flashed(Flash.BUSY, OFF))
    lamp.signal.refused()
    lamp.is_told(OFF, flashed(Flash.BUSY, OFF), flashed(Flash.REFUSED, OFF))


def test_a_timer_that_comes_too_late_says_nothing(lamp: Lamps):
    lamp.signal.waits()
    late = lamp.signal._timer
    lamp.signal.refused()
    assert late
    late.function()
    lamp.is_told(OFF, flashed(Flash.REFUSED, OFF))
