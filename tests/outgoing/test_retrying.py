"""When a message to the gateway is tried again, and in which order."""

from dataclasses import replace

from app.outgoing.webhook import PAUSES_S, UNDER_WAY, Webhook
from app.store.outgoing import Delivery

NOON = 1_763_700_000_000


def webhook() -> Webhook:
    return Webhook("http://gateway/", "bi-mat-cua-trung-tam", frozenset({"issued"}), "")


def message(id_: str, ticket: str = "a") -> Delivery:
    return Delivery(id_, ticket, "issued", NOON, "{}", next_at=NOON)


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
