"""Many hands at once, over HTTP, against the running hub."""

import itertools
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from requests import Response

from tests.running_hub import Client, RunningHub
from tests.system.crowd import Crowd, assert_clean, assert_refused, log_of

ROUNDS = 200
COUNTERS = range(1, 9)
KIOSKS = 4
VERBS = ("next", "miss", "park")
keys = map("press-{}".format, itertools.count())


def press(client: Client, path: str, key: str | None = None, **body: Any) -> Callable[[], Response]:
    headers = {"Idempotency-Key": key} if key else {}
    return partial(client.post, path, json=body, headers=headers)


@pytest.fixture
def clerks(hub: RunningHub) -> dict[int, Client]:
    """Eight clerks, each at an own counter; all counters stand for the same service."""
    for number in COUNTERS:
        hub.supervisor.ok("PUT", f"/counters/{number}/services", json={"own": ["HT"], "help": []})
    return {number: seat(hub, number) for number in COUNTERS}


def seat(hub: RunningHub, number: int) -> Client:
    """Someone with the supervisor's cookie: eight passwords take longer to check than the races to run."""
    someone = Client(hub.url)
    someone.cookies.update(hub.supervisor.cookies)
    someone.ok("POST", f"/counters/{number}/open", json={})
    return someone


@pytest.fixture
def kiosks(hub: RunningHub) -> list[Client]:
    return [hub.device("kiosk", f"kiosk-{number}") for number in range(1, KIOSKS + 1)]


def called_in(answers: list[Response]) -> list[str]:
    assert all(answer.status_code == 200 for answer in answers), [answer.text for answer in answers]
    return [answer.json()["ticket"]["id"] for answer in answers if answer.json()["ticket"]]


def test_eight_clerks_and_four_kiosks_at_once_never_share_a_citizen_or_a_number(
    hub: RunningHub, crowd: Crowd, clerks: dict[int, Client], kiosks: list[Client]
) -> None:
    """First there are enough citizens for everybody, then the clerks compete for the last ones."""
    numbers = [ticket["number"] for ticket in issue_at_once(crowd, kiosks, ROUNDS // KIOSKS)]
    called: list[str] = []
    for _ in range(ROUNDS):
        call = [press(clerk, f"/counters/{number}/next", next(keys)) for number, clerk in clerks.items()]
        take = [press(kiosk, "/tickets", next(keys), service="HT") for kiosk in kiosks]
        answers = crowd.at_once([*call, *take])
        called += called_in(answers[: len(call)])
        numbers += [answer.json()["number"] for answer in answers[len(call) :]]
    assert Counter(numbers) == Counter(f"A{number:03d}" for number in range(1, ROUNDS * (KIOSKS + 1) + 1))
    assert max(Counter(called).values()) == 1
    assert called_by_the_log(hub) == Counter(called)
    assert_clean(hub)


def issue_at_once(crowd: Crowd, kiosks: list[Client], rounds: int) -> list[dict[str, Any]]:
    """Numbers taken at all kiosks at once; none twice, none left out."""
    issued: list[dict[str, Any]] = []
    for _ in range(rounds):
        issued += [answer.json() for answer in crowd.at_once([press(k, "/tickets", service="HT") for k in kiosks])]
    numbers = Counter(ticket["number"] for ticket in issued)
    assert numbers == Counter(f"A{number:03d}" for number in range(1, rounds * len(kiosks) + 1))
    return issued


def called_by_the_log(hub: RunningHub) -> Counter[str]:
    return Counter(event["ticket"] for event in log_of(hub, "TicketCalled"))


@pytest.mark.parametrize("with_key", [False, True], ids=["without a key", "with one key"])
def test_a_double_press_calls_one_citizen(
    hub: RunningHub, crowd: Crowd, clerks: dict[int, Client], kiosks: list[Client], with_key: bool
) -> None:
    issue_at_once(crowd, kiosks, ROUNDS // KIOSKS + 1)
    seen: list[str] = []
    for _ in range(ROUNDS):
        key = next(keys) if with_key else None
        twice = crowd.at_once([press(clerks[1], "/counters/1/next", key)] * 2)
        first, second = called_in(twice)
        assert first == second
        seen.append(first)
        clerks[1].ok("POST", "/counters/1/finish")
    assert len(set(seen)) == ROUNDS
    assert called_by_the_log(hub) == Counter(seen)


def test_a_retry_at_once_with_the_press_itself_gets_the_very_same_answer(
    hub: RunningHub, crowd: Crowd, clerks: dict[int, Client], kiosks: list[Client]
) -> None:
    for _ in range(20):
        issued = crowd.at_once([press(kiosks[0], "/tickets", key := next(keys), service="HT")] * 4)
        assert len({answer.text for answer in issued}) == 1
        assert issued[0].status_code == 201
        called = crowd.at_once([press(clerks[1], "/counters/1/next", key)] * 4)
        assert len({answer.text for answer in called}) == 1
        assert called[0].json()["ticket"]["id"] == issued[0].json()["id"]
    assert len(list(log_of(hub, "TicketIssued"))) == 20


def test_of_next_miss_park_transfer_and_cancel_on_one_ticket_exactly_one_wins(
    hub: RunningHub, crowd: Crowd, clerks: dict[int, Client]
) -> None:
    """The presses name the citizen whom they see. The cancelling finds a ticket that does not wait, or just moved."""
    winners: Counter[str] = Counter()
    for _ in range(50):
        ticket = hub.take_number("HT")["id"]
        hub.take_number("HT")
        clerks[1].ok("POST", "/counters/1/call", json={"ticket": ticket})
        presses = {verb: press(clerks[1], f"/counters/1/{verb}", next(keys), seen=ticket) for verb in VERBS}
        presses["transfer"] = press(clerks[1], "/counters/1/transfer", next(keys), seen=ticket, service="CT")
        *answers, cancelled = crowd.at_once([*presses.values(), press(hub.kiosk, f"/tickets/{ticket}/cancel")])
        won = [verb for verb, answer in zip(presses, answers, strict=True) if answer.status_code == 200]
        assert len(won) == 1, [answer.text for answer in answers]
        winners[won[0]] += 1
        for answer in answers:
            if answer.status_code != 200:
                assert_refused(answer, 409, "counter_changed", "1")
        came_after_the_transfer = won == ["transfer"] and "just_moved" in cancelled.text
        assert_refused(cancelled, 409, "just_moved" if came_after_the_transfer else "wrong_state")
        clear(clerks[1])
    assert len(winners) > 1, "every race was won by the same press: they did not meet"
    assert_clean(hub)


def test_of_two_counters_and_a_cancelling_citizen_exactly_one_gets_the_waiting_ticket(
    hub: RunningHub, crowd: Crowd, clerks: dict[int, Client]
) -> None:
    winners: Counter[int] = Counter()
    for _ in range(50):
        ticket = hub.take_number("HT")
        call = [press(clerks[number], f"/counters/{number}/call", ticket=ticket["id"]) for number in (1, 2)]
        answers = crowd.at_once([*call, press(hub.kiosk, f"/tickets/{ticket['id']}/cancel")])
        won = [place for place, answer in enumerate(answers) if answer.status_code == 200]
        assert len(won) == 1, [answer.text for answer in answers]
        winners[won[0]] += 1
        for place, answer in enumerate(answers):
            if place not in won:
                assert_refused(answer, 409, "wrong_state", ticket["number"])
        clear(clerks[1])
        clear(clerks[2], 2)
    assert len(winners) > 1, "every race was won by the same press: they did not meet"
    assert_clean(hub)


def test_one_undo_of_two_at_once_takes_the_press_back(hub: RunningHub, crowd: Crowd, clerks: dict[int, Client]) -> None:
    for _ in range(20):
        ticket = hub.take_number("HT")
        clerks[1].ok("POST", "/counters/1/next", headers={"Idempotency-Key": next(keys)})
        answers = crowd.at_once([press(clerks[1], "/counters/1/undo", seen=ticket["id"])] * 3)
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
        hub.kiosk.ok("POST", f"/tickets/{ticket['id']}/cancel")
    assert_clean(hub)


def clear(clerk: Client, number: int = 1) -> None:
    """Whoever is at the counter is done."""
    assert clerk.post(f"/counters/{number}/finish").status_code in (200, 409)
