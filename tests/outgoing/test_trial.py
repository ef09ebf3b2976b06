"""A test message to the gateway: sent once, the way of all others, and told in words that say what to do."""

from dataclasses import replace

import pytest

from app.core.hall import Hall
from app.outgoing.courier import done
from app.outgoing.trial import Trial, says
from app.outgoing.webhook import Webhook
from app.store.outgoing import Delivery

NOON = 1_763_700_000_000
TO = "https://gateway.example:8443"


def webhook() -> Webhook:
    return Webhook(f"https://phuong:mat-khau@{TO[8:]}/bi-mat", "bi-mat-cua-trung-tam", frozenset({"issued"}), "")


def tried(status: int, error: str = "") -> str:
    trial = Trial(Delivery("test-1", "", "test", NOON, "{}"), status=status, error=error)
    return says(trial, TO, "en", NOON)


def test_a_test_is_sent_once_and_holds_up_no_other_message() -> None:
    hook = webhook()
    delivery = hook.try_out(Hall(), NOON)
    assert delivery is not None
    hook.add([delivery, Delivery("1", "a", "issued", NOON, "{}", next_at=NOON)])
    assert [each.id for each in hook.due(NOON)] == [delivery.id, "1"]
    given_up = hook.answered(delivery.id, 503, "busy", NOON)
    assert given_up == replace(delivery, attempts=1, status="failed", error="503 busy")
    assert list(hook.due(NOON + 10**9)) == []
    assert hook.trial == Trial(given_up, status=503, error="busy")


def test_while_a_test_is_under_way_no_second_is_sent_nor_for_a_request_that_is_repeated() -> None:
    hook = webhook()
    first = hook.try_out(Hall(), NOON, "key")
    assert first is not None
    assert hook.try_out(Hall(), NOON) is None
    hook.add([first])
    list(hook.due(NOON))
    hook.answered(first.id, 200, "", NOON)
    assert hook.try_out(Hall(), NOON, "key") is None
    second = hook.try_out(Hall(), NOON, "another key")
    assert second is not None
    assert second.id != first.id


def test_its_header_names_the_event_as_its_body_does() -> None:
    hook = webhook()
    delivery = hook.try_out(Hall(), NOON)
    assert delivery is not None
    assert hook.job(delivery, NOON)["headers"]["X-Toiluot-Event"] == "test"


def test_the_secrets_in_an_address_are_not_shown() -> None:
    assert webhook().to == TO


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (204, "takes messages"),
        (302, "Write the address to which it leads"),
        (401, "webhook_secret"),
        (404, "Correct what stands after the name"),
        (422, "Its log says why"),
        (503, "a fault of its own"),
    ],
)
def test_every_answer_is_told_with_what_to_do(status: int, advice: str) -> None:
    assert f"{TO} answered {status}" in tried(status)
    assert advice in tried(status)


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        ("ConnectionError: Connection refused", "Does the gateway run"),
        ("ConnectTimeout: TimeoutError", "firewall"),
        ("ReadTimeout: timed out", "answer at once"),
        ("SSLError: certificate verify failed", "certificate"),
        ("NameResolutionError: Name or service not known", "no computer of this name"),
        ("InvalidURL: InvalidURL", "a whole address"),
    ],
)
def test_a_gateway_that_was_not_reached_is_told_with_what_to_do(error: str, advice: str) -> None:
    assert advice in tried(0, error)
    assert error in tried(0, error)


def test_a_name_that_nobody_has_is_told_apart_from_a_gateway_that_is_off() -> None:
    told = done({"id": "1", "url": "http://gateway.invalid/bi-mat", "headers": {}, "body": "{}"})
    assert told["status"] == 0
    assert told["error"].startswith("NameResolutionError: ")


def test_what_takes_too_long_is_not_called_on_its_way() -> None:
    waiting = Trial(Delivery("test-1", "", "test", NOON, "{}"))
    assert says(waiting, TO, "en", NOON + 1000) == "It is on its way."
    assert "log" in says(waiting, TO, "en", NOON + 60_000)
