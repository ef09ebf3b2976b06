"""The centre's SMS or Zalo gateway is told what happens to tickets: signed, in order, again until it answers."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from app.config import BadConfig, Config
from app.outgoing.webhook import webhook_of
from tests.running_hub import RunningHub
from tests.system.gateway import Gateway, Post

SECRET = "bi-mat-cua-trung-tam"
RATE = 60  # of the hub's clock: its pauses of 1, 5 and 30 seconds are short here
FACTS = {"id", "event", "at", "ticket", "number", "service", "counter", "ahead", "language", "url"}


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway() as gateway:
        yield gateway


@pytest.fixture
def told(gateway: Gateway, hub_factory: Callable[..., RunningHub]) -> RunningHub:
    """A centre with a gateway; counter 1 is open."""
    settings = {"webhook_url": f"{gateway.url}/toiluot", "webhook_secret": SECRET, "clock_rate": RATE}
    hub = hub_factory(**settings, webhook_events="issued,called", public_url="https://so.phuong.example")
    hub.open_counter(1)
    return hub


def facts(post: Post) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(post.body)
    return found


def test_the_gateway_is_told_of_a_number_and_of_its_call(told: RunningHub, gateway: Gateway) -> None:
    ticket = told.take_number(language="en")
    gateway.wait_for(1)
    told.supervisor.ok("POST", "/counters/1/next")
    issued, called = map(facts, gateway.wait_for(2))
    assert set(issued) == set(called) == FACTS
    assert (issued["event"], issued["number"], issued["ahead"], issued["counter"]) == ("ticket.issued", "A001", 0, None)
    assert (called["event"], called["number"], called["ahead"], called["counter"]) == ("ticket.called", "A001", None, 1)
    assert called["url"] == f"https://so.phuong.example/t/{ticket['id']}"
    assert called["language"] == "en"
    assert gateway.posts[0].path == "/toiluot"


def test_the_gateway_can_tell_us_from_others(told: RunningHub, gateway: Gateway) -> None:
    told.take_number()
    post = gateway.wait_for(1)[0]
    at, signed = (part.partition("=")[2] for part in post.headers["X-Toiluot-Signature"].split(","))
    expected = hmac.new(SECRET.encode(), at.encode() + b"." + post.body, hashlib.sha256).hexdigest()
    assert signed == expected
    assert post.headers["Content-Type"] == "application/json"


def test_what_was_not_taken_is_sent_again_and_nothing_of_that_ticket_overtakes_it(
    told: RunningHub, gateway: Gateway
) -> None:
    gateway.answers.extend([503, 500])
    told.take_number()
    told.supervisor.ok("POST", "/counters/1/next")
    posts = [facts(post) for post in gateway.wait_for(4)]
    assert [post["event"] for post in posts] == ["ticket.issued"] * 3 + ["ticket.called"]
    assert len({post["id"] for post in posts}) == 2


def test_what_waits_when_the_power_goes_is_sent_afterwards(told: RunningHub, gateway: Gateway) -> None:
    gateway.open.clear()
    told.take_number()
    first = facts(gateway.wait_for(1)[0])
    told.kill()
    gateway.open.set()
    told.start()
    again = facts(gateway.wait_for(2)[1])
    assert again == first


def test_a_gateway_that_never_answers_holds_up_nobody(told: RunningHub, gateway: Gateway) -> None:
    gateway.open.clear()
    told.take_number()
    gateway.wait_for(1)
    assert told.supervisor.ok("POST", "/counters/1/next")["ticket"]["number"] == "A001"
    assert told.take_number()["number"] == "A002"
    assert len(gateway.wait_for(2)) == 2, "another ticket's message waits for nobody"


def test_an_administrator_sees_what_became_of_each(told: RunningHub, gateway: Gateway) -> None:
    gateway.answers.extend([500, 200])
    told.take_number()
    gateway.wait_for(2)
    seen = told.admin.ok("GET", "/outgoing")
    while seen["deliveries"][0]["status"] != "done":
        seen = told.admin.ok("GET", "/outgoing")
    assert seen["on"] is True
    assert (seen["deliveries"][0]["event"], seen["deliveries"][0]["attempts"]) == ("issued", 2)
    assert "body" not in seen["deliveries"][0]
    assert told.supervisor.request("GET", "/outgoing").status_code == 403


def test_a_test_goes_the_way_of_all_others_and_its_answer_is_told(told: RunningHub, gateway: Gateway) -> None:
    done = told.command("webhook", "send-test")
    assert (done.returncode, gateway.url in done.stdout, "200" in done.stdout) == (0, True, True)
    (post,) = gateway.wait_for(1)
    assert set(facts(post)) == FACTS
    assert [facts(post)[name] for name in ("event", "ticket", "number", "counter")] == ["test", None, None, None]
    at, signed = (part.partition("=")[2] for part in post.headers["X-Toiluot-Signature"].split(","))
    assert signed == hmac.new(SECRET.encode(), at.encode() + b"." + post.body, hashlib.sha256).hexdigest()
    (written,) = told.admin.ok("GET", "/outgoing")["deliveries"]
    assert [written[name] for name in ("id", "event", "status")] == [facts(post)["id"], "test", "done"]
    gateway.answers.append(401)
    refused = told.command("webhook", "send-test")
    assert (refused.returncode, "webhook_secret" in refused.stderr) == (1, True)
    last = told.admin.ok("GET", "/outgoing/test")
    assert (last["state"], last["status"], last["to"]) == ("failed", 401, gateway.url)
    assert told.supervisor.request("POST", "/outgoing/test").status_code == 403


def test_without_a_gateway_there_is_nothing_to_try(office: RunningHub) -> None:
    assert office.admin.post("/outgoing/test").json()["code"] == "no_webhook"
    assert office.admin.get("/outgoing/test").json()["code"] == "no_webhook"
    refused = office.command("webhook", "send-test")
    assert (refused.returncode, "toiluot.toml" in refused.stderr) == (1, True)


@pytest.mark.parametrize("wrong", [{"webhook_secret": ""}, {"webhook_secret": "short"}, {"webhook_events": ("lunch",)}])
def test_a_webhook_that_could_not_be_trusted_is_not_started(wrong: dict[str, Any]) -> None:
    good = {"webhook_url": "http://gateway/", "webhook_secret": SECRET}
    with pytest.raises(BadConfig, match=next(iter(wrong))):
        webhook_of(Config.model_validate(good | wrong))
