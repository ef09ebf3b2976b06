"""The hub: one command at a time, the same answer to the same key, and a clock that may go wrong."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, Thread

import pytest

from app.core import commands as cmd
from app.core.centre import Service
from app.core.decision import Decision
from app.core.errors import CounterEmpty, CounterNotOpen, RoleForbids
from app.core.hall import Hall
from app.core.permissions import Actor, Role
from app.hub import Hub, Key, KeyReused
from app.store.check import differences
from app.store.store import Store

MORNING = 1_795_395_600_000  # 23 November 2026, 08:00 in Hà Nội
HOUR = 3_600_000
LAN = Actor("lan", Role.CLERK)


@dataclass
class HandClock:
    at: int = MORNING
    rate: float = 1.0

    def now(self) -> int:
        return self.at


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def hub(tmp_path: Path, clock: HandClock) -> Iterator[Hub]:
    """One service, two counters with Lan at the first, and nobody waiting."""
    with Store.opened(tmp_path / "centre.db") as store:
        hub = Hub(store, clock)
        hub.handle(cmd.SaveService(Service("HT", "A", "Hộ tịch")))
        for number, clerk in ((1, "lan"), (2, "minh")):
            hub.handle(cmd.SaveCounter(number, "", ("HT",), ()))
            hub.handle(cmd.OpenCounter(number, clerk))
        yield hub


def waiting(hub: Hub, *ids: str) -> None:
    for id_ in ids:
        hub.handle(cmd.IssueTicket(id_, "HT"))


def tell(_hall: Hall, decision: Decision) -> dict[str, object]:
    return {"ticket": decision.ticket, "tên": "Lượt"}


def test_a_retry_with_the_same_key_gets_the_same_answer_and_calls_nobody(hub: Hub):
    waiting(hub, "first", "second")
    key = Key("clerk:lan k1", "POST /counters/1/next")
    once = hub.handle(cmd.CallNext(1, deliberate=True), LAN, key=key, render=tell, status=201)
    hall = hub.hall
    again = hub.handle(cmd.CallNext(1, deliberate=True), LAN, key=key, render=tell)
    assert json.loads(once.body) == {"ticket": "first", "tên": "Lượt"}
    assert (once.repeated, again) == (False, once._replace(repeated=True))
    assert hub.hall is hall


def test_another_request_with_the_same_key_is_refused(hub: Hub):
    waiting(hub, "first")
    hub.handle(cmd.CallNext(1), LAN, key=Key("clerk:lan k1", "next"))
    hall = hub.hall
    with pytest.raises(KeyReused) as refused:
        hub.handle(cmd.Finish(1), LAN, key=Key("clerk:lan k1", "finish"))
    assert refused.value.facts == {"key": "k1"}
    assert hub.hall is hall


def test_an_answer_is_remembered_over_a_restart_and_over_midnight(hub: Hub, clock: HandClock):
    waiting(hub, "first", "second")
    key = Key("clerk:lan k1", "next")
    once = hub.handle(cmd.CallNext(1), LAN, key=key, render=tell)
    hub.store.close()
    clock.at += 24 * HOUR
    with Store.opened(hub.store.path) as store:
        again = Hub(store, clock).handle(cmd.CallNext(1), LAN, key=key, render=tell)
        assert again == once._replace(repeated=True)


def test_answers_are_forgotten_after_two_days(hub: Hub, clock: HandClock):
    hub.handle(cmd.Note("what", "who"), key=Key("k1", "note"))
    for day in (1, 2, 3):
        clock.at = MORNING + day * 24 * HOUR
        hub.keep_time()
        assert (hub.store.answer("k1") is not None) == (day < 3)


def test_a_refused_command_leaves_its_key_free(hub: Hub):
    key = Key("clerk:lan k1", "finish")
    with pytest.raises(CounterEmpty):
        hub.handle(cmd.Finish(1), LAN, key=key)
    waiting(hub, "first")
    hub.handle(cmd.CallNext(1), LAN)
    assert not hub.handle(cmd.Finish(1), LAN, key=key).repeated


def test_a_command_that_changes_nothing_is_remembered_too(hub: Hub):
    """Nobody waits: the answer "nobody" stays, though somebody has come since."""
    key = Key("clerk:lan k1", "next")
    hub.handle(cmd.CallNext(1), LAN, key=key, render=tell)
    waiting(hub, "first")
    again = hub.handle(cmd.CallNext(1), LAN, key=key, render=tell)
    assert json.loads(again.body)["ticket"] is None
    assert hub.hall.counters[1].ticket is None


def test_an_answer_that_cannot_be_made_keeps_nothing(hub: Hub):
    waiting(hub, "first")
    hall, kept = hub.hall, hub.store.events(0, -1)

    def broken(_hall: Hall, _decision: Decision) -> dict[str, object]:
        raise LookupError

    with pytest.raises(LookupError):
        hub.handle(cmd.CallNext(1), LAN, render=broken)
    assert hub.hall is hall
    assert hub.store.events(0, -1) == kept


def test_who_may_not_changes_nothing(hub: Hub):
    hall = hub.hall
    with pytest.raises(RoleForbids):
        hub.handle(cmd.RemoveService("HT"), LAN)
    assert hub.hall is hall


def test_the_log_says_who_pressed_and_when(hub: Hub, clock: HandClock):
    waiting(hub, "first")
    clock.at += 5000
    hub.handle(cmd.CallNext(1), LAN)
    last = hub.store.events(hub.hall.seq - 1, 1)[0]
    assert (last.actor, last.at, last.day, last.seq, last.command) == (
        "clerk:lan",
        MORNING + 5000,
        "2026-11-23",
        hub.hall.seq,
        hub.hall.seq,
    )


def test_the_events_of_one_press_are_one_command(hub: Hub):
    waiting(hub, "first", "second")
    hub.handle(cmd.CallNext(1), LAN)
    hub.handle(cmd.CallNext(1, deliberate=True), LAN)
    finished, called = hub.store.events(hub.hall.seq - 2, 2)
    assert finished.command == called.command == finished.seq


def test_listeners_hear_of_a_press_once_it_is_kept_and_all_at_once(hub: Hub):
    waiting(hub, "first", "second")
    hub.handle(cmd.CallNext(1), LAN)
    heard = []
    hub.listeners.append(lambda changes: heard.append((hub.store.events(changes[0].recorded.seq - 1, -1), changes)))
    hub.handle(cmd.CallNext(1, deliberate=True), LAN)
    ((kept, changes),) = heard
    assert kept == [change.recorded for change in changes]
    assert changes[-1].hall is hub.hall


def test_a_listener_that_fails_harms_neither_the_press_nor_the_other_listeners(
    hub: Hub, caplog: pytest.LogCaptureFixture
):
    heard = []

    def broken(_changes: object) -> None:
        raise LookupError

    hub.listeners += [broken, heard.append]
    waiting(hub, "first")
    assert len(heard) == 1
    assert "a listener failed on events" in caplog.text


def test_midnight_comes_by_the_timer_and_by_the_first_press(hub: Hub, clock: HandClock):
    waiting(hub, "yesterday")
    clock.at = MORNING + 16 * HOUR - 1
    hub.keep_time()
    assert hub.hall.day == "2026-11-23"
    clock.at += 1
    hub.keep_time()
    assert (hub.hall.day, dict(hub.hall.tickets)) == ("2026-11-24", {})
    clock.at += 24 * HOUR
    with pytest.raises(CounterNotOpen):
        hub.handle(cmd.CallNext(1))
    assert hub.hall.day == "2026-11-25"


def test_the_first_command_of_a_new_database_begins_its_first_day(tmp_path: Path, clock: HandClock):
    with Store.opened(tmp_path / "new.db") as store:
        hub = Hub(store, clock)
        hub.handle(cmd.Note("installed", "admin"))
        assert hub.hall.day == "2026-11-23"


def test_with_the_clock_set_back_time_goes_on_from_the_last_event(hub: Hub, clock: HandClock):
    waiting(hub, "first", "second")
    hub.handle(cmd.CallNext(1), LAN)
    called_at = hub.hall.at
    clock.at -= HOUR
    assert hub.now() == called_at
    clock.at += 4000
    assert hub.now() == called_at + 4000


def test_with_the_clock_set_back_a_press_is_not_taken_for_a_second_one(hub: Hub, clock: HandClock):
    waiting(hub, "first", "second", "third")
    hub.handle(cmd.CallNext(1), LAN)
    clock.at -= HOUR
    hub.now()
    for ticket in ("second", "third"):
        clock.at += 5000
        hub.handle(cmd.CallNext(1), LAN)
        assert hub.hall.counters[1].ticket == ticket
    ats = [recorded.at for recorded in hub.store.events(0, -1)]
    assert ats == sorted(ats)


def test_once_the_clock_has_caught_up_it_is_believed_again(hub: Hub, clock: HandClock):
    hub.handle(cmd.Note("what", "who"))
    clock.at -= HOUR
    hub.now()
    clock.at += HOUR + 1
    assert hub.now() == clock.at


def test_presses_from_many_threads_call_each_citizen_once(hub: Hub):
    ids = [f"t{i}" for i in range(16)]
    waiting(hub, *ids)
    barrier = Barrier(2)
    called: list[str] = []

    def clerk(counter: int) -> None:
        barrier.wait()
        for _ in range(8):
            outcome = hub.handle(cmd.CallNext(counter, deliberate=True), render=tell)
            called.append(json.loads(outcome.body)["ticket"])

    threads = [Thread(target=clerk, args=(counter,)) for counter in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(called) == sorted(ids)
    assert differences(hub.store.reads) == []
