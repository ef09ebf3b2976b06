"""The process beside the hub: its ranges and its advice reach people, and when it ends the hall goes on."""

import os
import select
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from app.board import Board, BoardState
from app.clock import FastClock
from app.core.advice import Answered, Expected, Move
from app.core.centre import Settings
from app.core.hall import Hall
from app.foresight import AGAIN_FIRST_S, AGAIN_MOST_S, ROUND_S, STEADY_ROUNDS, Beside, Foresight, Lost
from app.planning import wire
from app.planning.calibration import Range
from app.planning.moves import Advice
from app.store.database import open_database
from tests.running_hub import RunningHub
from tests.system.conftest import Follow
from tests.system.crowd import log_of
from tests.system.following import Follower

PATIENCE_S = 20
RATE = 30

# The whole: a hub, its process, people


class Listener:
    """A supervisor's board, as far as it hears of advice."""

    def __init__(self, follower: Follower) -> None:
        self.advice: dict[str, Any] = follower.snapshots[0]["advice"]
        self._changed = threading.Condition()
        follower.client.on("advice", self._hear_advice)

    def wait_for(self, what: Callable[["Listener"], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: what(self), PATIENCE_S), self.advice

    def _hear_advice(self, message: dict[str, Any]) -> None:
        with self._changed:
            self.advice = message
            self._changed.notify_all()


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """Many wait at counter 1; the clerk of counter 2 has nothing to do and could help."""
    settings = {"foresight": True, "clock_start": "2026-11-23T08:00", "clock_rate": RATE}
    hub = RunningHub(tmp_path_factory.mktemp("crowded"), settings).start()
    for counter, service, clerk in ((1, "HT", "lan"), (2, "CT", "minh")):
        hub.make_person(clerk, "clerk")
        hub.supervisor.ok("PUT", f"/counters/{counter}/services", json={"own": [service], "help": []})
        hub.open_counter(counter, clerk)
    hub.supervisor.ok("PUT", "/people/minh/skills", json={"services": ["HT", "CT"]})
    for _ in range(14):
        hub.take_number("HT")
    yield hub
    hub.close()


def children_of(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text().split()]


def process_beside(hub: RunningHub) -> int:
    assert hub.process is not None
    beside = [pid for pid in children_of(hub.process.pid) if b"app.planning.beside" in command_line(pid)]
    assert len(beside) == 1
    return beside[0]


def command_line(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="looks at processes as Linux shows them")
def test_ranges_and_advice_come_from_the_process_and_again_from_the_next(crowded: RunningHub, follow: Follow) -> None:
    board = Listener(follow(crowded, "supervisor", desk_token(crowded)))
    board.wait_for(lambda me: bool(me.advice["advice"]))
    told = board.advice
    best = told["advice"][0]
    assert (told["state"], best["kind"], best["counter"], best["services"]) == ("ready", "give", 2, ["HT"])
    ht = next(s for s in crowded.supervisor.ok("GET", "/hall")["services"] if s["code"] == "HT")
    assert crowded.take_number("HT")["forecast"] == ht["forecast"], "the paper says what the hall is told"

    first = process_beside(crowded)
    os.kill(first, signal.SIGKILL)
    board.wait_for(lambda me: me.advice["state"] == "failed")
    assert board.advice["advice"] == []
    assert crowded.take_number("HT")["forecast"], "a number is taken, whoever is away"
    board.wait_for(lambda me: bool(me.advice["advice"]))
    assert process_beside(crowded) != first
    assert crowded.log().count("the process that looks ahead ended with exit code -9") == 1

    given = board.advice["advice"][0]
    accepted = crowded.supervisor.ok("POST", f"/advice/{given['id']}/accept")
    assert accepted["counter"]["help"] == ["HT"]
    (event,) = log_of(crowded, "AdviceAccepted")
    assert (event["counter"], event["data"]["advice"]) == (2, given["id"])
    board.wait_for(lambda me: me.advice["state"] == "ready" and me.advice["advice"] == [])


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="looks at processes as Linux shows them")
@pytest.mark.parametrize("end", [RunningHub.stop, RunningHub.kill])
def test_the_process_ends_with_its_hub(tmp_path: Path, follow: Follow, end: Callable[[RunningHub], None]) -> None:
    hub = RunningHub(tmp_path, {"foresight": True}).start()
    board = Listener(follow(hub, "supervisor", desk_token(hub)))
    board.wait_for(lambda me: me.advice["state"] == "ready")
    handle = os.pidfd_open(process_beside(hub))
    hold = select.poll()
    hold.register(handle, select.POLLIN)
    end(hub)
    assert hold.poll(PATIENCE_S * 1000), "it outlives its hub"
    os.close(handle)
    hub.close()


def desk_token(hub: RunningHub) -> str:
    return str(hub.desk.headers["Authorization"]).removeprefix("Bearer ")


# The hub's side, with a process that the test plays


@dataclass
class PlayedHub:
    """As much of a hub as is asked for."""

    hall: Hall = field(default_factory=lambda: Hall(seq=5, day="2026-11-23"))
    clock: FastClock = field(default_factory=lambda: FastClock(0, 1))
    at: int = 1_000_000

    @property
    def store(self) -> Any:
        return self

    @property
    def path(self) -> Path:
        return Path("centre.db")

    def now(self) -> int:
        return self.at


@dataclass
class PlayedBeside:
    """Gives the answers that the test puts in; none left is a process that has ended."""

    answers: list[wire.Answer]
    asked: list[wire.Question] = field(default_factory=list)
    ended: bool = False

    def ask(self, question: wire.Question) -> wire.Answer:
        self.asked.append(question)
        if not self.answers:
            message = "ended"
            raise Lost(message)
        return self.answers.pop(0)

    def end(self) -> None:
        self.ended = True


GIVE = Move("give", 2, ("CT",), ("HT",), ("HT",))
ADVICE = (Advice("d-1", GIVE, Expected(5, 3, 7, 0.9), 9_000_000),)


def saying(advice: tuple[Advice, ...] | None = ADVICE, at: int = 1_000_000) -> wire.Answer:
    return wire.Answer(at, {"HT": Range(10, 20)}, {"HT": Range(5, 10)}, {"t1": Range(3, 5)}, advice)


class Played:
    """A Foresight with a played hub, and the processes that it starts."""

    def __init__(self, *processes: list[wire.Answer]) -> None:
        self.hub, self.board = PlayedHub(), Board()
        self.processes = [PlayedBeside(answers) for answers in processes]
        self.started = 0
        self.foresight = Foresight(self.hub, self.board, self.start)  # type: ignore[arg-type]

    def start(self, _database: Path) -> Any:
        self.started += 1
        return self.processes[self.started - 1]

    def pass_s(self, seconds: int) -> None:
        self.hub.at += seconds * 1000


def test_what_it_answers_is_on_the_board() -> None:
    played = Played([saying()])
    assert played.foresight.step() == ROUND_S
    assert played.board.wait("HT", played.hub.at) == Range(10, 20)
    assert played.board.wait("HT", played.hub.at, priority=True) == Range(5, 10)
    assert played.board.wait_of("t1", 0, played.hub.at) == Range(3, 5)
    assert played.board.state is BoardState.READY
    assert played.board.find("d-1", played.hub.at).move == GIVE
    assert played.processes[0].asked == [wire.Question(1_000_000, 5)]


def test_a_hall_that_stands_still_is_asked_about_every_twenty_seconds() -> None:
    played = Played([saying(), saying(None), saying(None)])
    for _ in range(9):
        played.foresight.step()
        played.pass_s(4)
    assert [question.now for question in played.processes[0].asked] == [1_000_000, 1_020_000]
    played.hub.hall = Hall(seq=6, day="2026-11-23")
    played.foresight.step()
    assert played.processes[0].asked[-1].seq == 6
    assert [advice.id for advice in played.board.advice] == ["d-1"], "no other advice than before"


def test_advice_that_was_answered_meanwhile_is_not_shown_again() -> None:
    played = Played([saying()])
    played.hub.hall = Hall(answered={"d-1": Answered(0, "accepted", 2, "give", ("HT",))})
    played.foresight.step()
    assert played.board.advice == ()


def test_a_centre_that_wants_no_advice_has_a_board_that_says_so() -> None:
    played = Played([saying(())])
    played.hub.hall = Hall(settings=Settings(advice=False))
    played.foresight.step()
    assert played.board.state is BoardState.OFF
    assert played.board.wait("HT", played.hub.at) == Range(10, 20)


def test_a_process_that_ends_is_started_again_after_longer_and_longer() -> None:
    played = Played(*[[] for _ in range(8)])
    pauses = [played.foresight.step() for _ in range(8)]
    assert pauses == [AGAIN_FIRST_S, 2, 4, 8, 16, 32, AGAIN_MOST_S, AGAIN_MOST_S]
    assert played.board.state is BoardState.FAILED
    assert all(process.ended for process in played.processes)


def test_a_process_that_worked_for_long_is_started_again_soon() -> None:
    played = Played([], [], [saying()] * STEADY_ROUNDS, [saying()])
    played.foresight.step()
    played.foresight.step()
    for _ in range(STEADY_ROUNDS):
        played.foresight.step()
        played.pass_s(20)
    assert played.foresight.step() == AGAIN_FIRST_S
    played.foresight.step()
    assert played.board.state is BoardState.READY


def test_a_hub_that_stops_starts_no_further_process() -> None:
    played = Played([saying()], [saying()])
    played.foresight.step()
    played.foresight.stop()
    played.pass_s(60)
    played.foresight.step()
    assert played.processes[0].ended
    assert played.started == 1


def test_a_process_that_hangs_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.foresight.PATIENCE_S", 0.2)
    open_database(tmp_path / "centre.db").conn.close()
    beside = Beside(tmp_path / "centre.db")
    beside.process.send_signal(signal.SIGSTOP)
    with pytest.raises(Lost, match="did not answer"):
        beside.ask(wire.Question(1_000_000, 0))
    beside.end()
    assert beside.process.returncode == -signal.SIGKILL
