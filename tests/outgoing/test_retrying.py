"""When a message to the gateway is tried again, and in which order."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.outgoing.line import Courier
from app.outgoing.messages import Told, told_of
from app.outgoing.post_office import DAY_MS, PostOffice
from app.outgoing.pushes import Pushes
from app.outgoing.webhook import PAUSES_S, UNDER_WAY, Webhook
from app.store import outgoing
from app.store.outgoing import Delivery
from tests.system.within import hub_within

NOON = 1_763_700_000_000


def webhook() -> Webhook:
    return Webhook("http://gateway/", "bi-mat-cua-trung-tam", frozenset({"issued"}), "")


def message(id_: str, ticket: str = "a") -> Delivery:
    return Delivery(id_, ticket, "issued", NOON, "{}", next_at=NOON)


def no_courier() -> Courier:
    raise OSError


def test_the_pauses_grow_and_then_it_is_given_up() -> None:
    hook, now, pauses = webhook(), NOON, []
    hook.add([message("1")])
    while due := list(hook.due(now)):
        tried = hook.answered(due[0].id, 503, "busy", now)
        assert tried is not None
        if tried.status == "failed":
            break
        pauses.append((tried.next_at - now) // 1000)
        assert list(hook.due(tried.next_at - 1)) == []
        now = tried.next_at
    assert tuple(pauses) == PAUSES_S == (1, 5, 30, 120, 600, 3600)
    assert tried == replace(message("1"), attempts=7, status="failed", next_at=now, error="503 busy")
    assert list(hook.due(now + 10**9)) == []


def test_of_a_ticket_one_message_is_under_way_and_of_all_a_few() -> None:
    hook = webhook()
    hook.add([message("1"), message("2"), message("3", "b")])
    assert [each.id for each in hook.due(NOON)] == ["1", "3"]
    hook.answered("1", 200, "", NOON)
    assert [each.id for each in hook.due(NOON)] == ["2"]
    hook.add([message(f"more-{n}", f"ticket-{n}") for n in range(20)])
    assert len(list(hook.due(NOON))) == UNDER_WAY - 2


def test_what_a_lost_courier_carried_is_sent_again_by_the_same_id() -> None:
    hook = webhook()
    hook.add([message("1")])
    assert [each.id for each in hook.due(NOON)] == ["1"]
    assert list(hook.due(NOON)) == []
    hook.forget_under_way()
    assert [each.id for each in hook.due(NOON)] == ["1"]
    assert hook.answered("unknown", 200, "", NOON) is None


def test_a_message_that_was_not_sent_before_the_weekend_is_given_up_and_not_sent_on_monday(tmp_path: Path) -> None:
    with hub_within(tmp_path, "2026-11-23T08:00", ()) as office:
        hub, hook = office.parts.hub, webhook()
        friday, now = message("old"), replace(message("new"), at=hub.now() - 60_000)
        hub.store.commit((), also=outgoing.put_deliveries([replace(friday, at=hub.now() - 3 * DAY_MS), now], 0, 0))
        post_office = PostOffice(hub, office.parts.views, hook, Pushes(), spawn=print, start=no_courier)
        post_office.open()
        post_office.step(lambda _seconds: None)
        assert [each.id for each in hook.due(hub.now())] == ["new"]
        written = {each.id: each.status for each in outgoing.newest(hub.store.reads, 9)}
        assert written == {"new": "waiting", "old": "failed"}


def test_whoever_was_called_and_waits_again_is_told_so_to_the_gateway(tmp_path: Path) -> None:
    with hub_within(tmp_path, "2026-11-23T08:00", ("lan",)) as office:
        names: list[str] = []
        office.parts.hub.listeners.append(lambda heard: names.extend(_names(heard)))
        office.ok("PUT", "/counters/1/services", {"own": ["HT"], "help": []})
        office.ok("POST", "/counters/1/open", {"clerk": "lan"})
        ticket = office.ok("POST", "/tickets", {"service": "HT", "priority": "elderly", "claimed": True}, by="kiosk-1")
        office.press(1, "next")
        office.press(1, "priority/refuse", seen=ticket["id"])
        assert names == ["issued", "called", "returned"]


@pytest.mark.parametrize("press", ["miss", "priority/refuse"])
def test_whoever_was_sent_away_by_mistake_is_told_to_come_to_the_gateway(tmp_path: Path, press: str) -> None:
    with hub_within(tmp_path, "2026-11-23T08:00", ("lan",)) as office:
        told: list[Told] = []
        office.parts.hub.listeners.append(
            lambda heard: told.extend(each for change in heard for each in told_of(change))
        )
        office.ok("PUT", "/counters/1/services", {"own": ["HT"], "help": []})
        office.ok("POST", "/counters/1/open", {"clerk": "lan"})
        ticket = office.ok("POST", "/tickets", {"service": "HT", "priority": "elderly", "claimed": True}, by="kiosk-1")
        for verb in ("next", press, "undo"):
            office.press(1, verb)
        names = [each.name for each in told]
        assert names == ["issued", "called", {"miss": "missed"}.get(press, "returned"), "called"]
        assert (told[-1].ticket.id, told[-1].ticket.counter) == (ticket["id"], 1)
        assert len({each.id for each in told}) == len(told)
        office.pass_s(1)  # another press than the one before
        for verb in ("arrive", "finish", "undo"):
            office.press(1, verb)
        assert office.counter(1)["ticket"]["state"] == "serving"
        assert [each.name for each in told][4:] == ["finished"], "whoever is at the counter need not be called"


def _names(heard: Sequence[Any]) -> list[str]:
    return [told.name for change in heard for told in told_of(change)]
