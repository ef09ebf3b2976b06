"""A phone whose page is closed is told by a web push; the push service here is the test's own."""

import base64
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.outgoing.endpoints import BadEndpoint, check_public, is_public_address
from app.outgoing.line import Courier
from app.planning.calibration import Range
from tests.system.gateway import Gateway, Post
from tests.system.within import Office, hub_within

MORNING = "2026-11-23T08:00"
OWN = frozenset({"so.phuong.example"})


@dataclass
class Phone:
    """A browser's keys, and the address that its push service gave it."""

    endpoint: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"sixteen bytes ok"

    @property
    def subscription(self) -> dict[str, Any]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "keys": {"p256dh": text_of(point), "auth": text_of(self.auth)}}

    def read(self, post: Post) -> dict[str, Any]:
        assert post.headers["Content-Encoding"] == "aes128gcm"
        plain = http_ece.decrypt(post.body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        found: dict[str, Any] = json.loads(plain)
        return found


def text_of(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@pytest.fixture
def service() -> Iterator[Gateway]:
    with Gateway() as service:
        yield service


@pytest.fixture
def office(service: Gateway, tmp_path: Path) -> Iterator[Office]:
    """Counter 1 is open for HT. Its post office trusts this machine's push service: nothing but a test can tell it."""
    with hub_within(tmp_path, MORNING, ("lan", "minh")) as office:
        post_office = office.parts.post_office
        post_office.start = lambda: Courier(trusted=service.host)
        post_office.pushes.check = lambda _endpoint, _own: None
        office.ok("PUT", "/counters/1/services", {"own": ["HT"], "help": []})
        office.ok("POST", "/counters/1/open", {"clerk": "lan"})
        yield office
        post_office.stop()


def carry(office: Office) -> None:
    office.parts.post_office.step(time.sleep)


def subscribe(office: Office, ticket: str, phone: Phone, **more: Any) -> Any:
    path = f"/api/v1/tickets/{ticket}/push"
    return office.flask.test_client().post(path, json=phone.subscription | more)


def test_a_phone_is_told_once_that_its_turn_is_near_and_that_it_has_come(office: Office, service: Gateway) -> None:
    for _ in range(5):
        mine = office.take_number("HT")
    office.pass_s(1)
    office.tell_waits({}, {mine["id"]: Range(30, 40)})
    phone = Phone(f"{service.url}/push/me")
    assert subscribe(office, mine["id"], phone).status_code == 201
    carry(office)
    assert service.posts == []
    office.tell_waits({}, {mine["id"]: Range(8, 15)})
    carry(office)
    near = phone.read(service.wait_for(1)[0])
    assert near["title"] == "Gần đến lượt"
    assert "A005" in near["body"]
    office.tell_waits({}, {mine["id"]: Range(5, 10)})
    carry(office)
    office.press(1, "call", ticket=mine["id"])
    carry(office)
    called = phone.read(service.wait_for(2)[1])
    assert called == {
        "title": "Đến lượt: quầy 1",
        "body": "Số A005: mời ông/bà đến quầy 1.",
        "url": f"/t/{mine['id']}",
        "tag": mine["id"],
    }
    assert int(service.posts[1].headers["TTL"]) <= 600


def test_whoever_walks_far_is_told_earlier(office: Office, service: Gateway) -> None:
    for _ in range(5):
        mine = office.take_number("HT")
    office.pass_s(1)
    office.tell_waits({}, {mine["id"]: Range(30, 40)})
    far, close = Phone(f"{service.url}/far"), Phone(f"{service.url}/close")
    subscribe(office, mine["id"], far, walk_min=15)
    subscribe(office, mine["id"], close, walk_min=2)
    office.tell_waits({}, {mine["id"]: Range(18, 25)})
    carry(office)
    assert [post.path for post in service.wait_for(1)] == ["/far"]


def test_whoever_goes_on_to_another_service_is_told_again_when_that_is_near(office: Office, service: Gateway) -> None:
    for _ in range(5):
        office.take_number("CT")
    office.pass_s(1)
    mine = office.take_number("HT")
    subscribe(office, mine["id"], Phone(f"{service.url}/me"))
    office.press(1, "next")
    carry(office)
    office.ok("PUT", "/counters/2/services", {"own": ["CT"], "help": []})
    office.ok("POST", "/counters/2/open", {"clerk": "minh"})
    office.tell_waits({}, {mine["id"]: Range(30, 40)})
    office.press(1, "transfer", service="CT")
    carry(office)
    assert len(service.wait_for(1)) == 1, "called, and far from the second counter"
    office.tell_waits({}, {mine["id"]: Range(6, 9)})
    carry(office)
    assert service.wait_for(2)[1].headers["TTL"] == "900"


def test_letting_others_pass_is_told_of_again_when_it_is_near_again(office: Office, service: Gateway) -> None:
    mine = office.take_number("HT")
    subscribe(office, mine["id"], Phone(f"{service.url}/me"))
    for _ in range(5):
        office.take_number("HT")
    answer = office.flask.test_client().post(f"/api/v1/tickets/{mine['id']}/let-pass", json={"count": 5})
    assert answer.status_code == 200
    office.tell_waits({}, {mine["id"]: Range(30, 40)})
    carry(office)
    assert service.posts == []
    office.tell_waits({}, {mine["id"]: Range(6, 9)})
    carry(office)
    service.wait_for(1)


def test_whoever_missed_the_call_by_mistake_is_called_again_by_push_and_on_the_page(
    office: Office, service: Gateway
) -> None:
    mine = office.take_number("HT")
    phone, page = Phone(f"{service.url}/me"), office.follow(f"ticket:{mine['id']}")
    subscribe(office, mine["id"], phone)
    for verb in ("next", "miss", "undo"):
        office.press(1, verb)
        carry(office)
    called, again = (phone.read(post) for post in service.wait_for(2))
    assert called == again
    heard = [event for message in page.heard("events") for event in message["events"]]
    shown = [ticket["state"] for event in heard for ticket in event["tickets"]]
    assert shown == ["called", "missed", "called"]


def test_a_wish_that_is_taken_back_stays_so(office: Office, service: Gateway) -> None:
    for _ in range(5):
        mine = office.take_number("HT")
    office.tell_waits({}, {mine["id"]: Range(30, 40)})
    phone = Phone(f"{service.url}/me")
    subscribe(office, mine["id"], phone)
    office.tell_waits({}, {mine["id"]: Range(6, 9)})
    post_office = office.parts.post_office
    post_office._look_for_near((), time.sleep)  # and just before it is written down
    post_office.unsubscribe(mine["id"], phone.endpoint)
    carry(office)
    assert office.parts.store.reads.execute("SELECT count(*) FROM push").fetchone() == (0,)


def test_the_push_service_knows_this_centre_by_its_key(office: Office, service: Gateway) -> None:
    mine = office.take_number("HT")
    key = office.flask.test_client().get("/api/v1/push-key").json["key"]  # type: ignore[index]
    subscribe(office, mine["id"], Phone(f"{service.url}/me"))
    office.press(1, "next")
    carry(office)
    scheme, _, rest = service.wait_for(1)[0].headers["Authorization"].partition(" ")
    told = dict(part.split("=", 1) for part in rest.split(","))
    assert (scheme, told["k"]) == ("vapid", key)
    head, body, signed = told["t"].split(".")
    assert json.loads(bytes_of(body))["aud"] == service.url
    numbers = bytes_of(signed)
    signature = encode_dss_signature(int.from_bytes(numbers[:32], "big"), int.from_bytes(numbers[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), bytes_of(key))
    public.verify(signature, f"{head}.{body}".encode(), ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_wants_no_more_is_forgotten(office: Office, service: Gateway, status: int) -> None:
    mine = office.take_number("HT")
    service.answers.append(status)
    subscribe(office, mine["id"], Phone(f"{service.url}/me"))
    office.press(1, "next")
    carry(office)
    service.wait_for(1)
    post_office = office.parts.post_office
    while post_office.pushes.known:
        carry(office)
    assert office.parts.store.reads.execute("SELECT count(*) FROM push").fetchone() == (0,)


def test_subscriptions_go_with_the_ticket(office: Office) -> None:
    mine = office.take_number("HT")
    subscribe(office, mine["id"], Phone("https://push.example.net/me"))
    office.ok("POST", f"/tickets/{mine['id']}/cancel")
    carry(office)
    assert office.parts.store.reads.execute("SELECT count(*) FROM push").fetchone() == (0,)
    late = subscribe(office, mine["id"], Phone("https://push.example.net/me"))
    assert (late.status_code, late.json["code"]) == (409, "wrong_state")


def test_a_phone_may_take_its_wish_back(office: Office) -> None:
    mine = office.take_number("HT")
    phone = Phone("https://push.example.net/me")
    subscribe(office, mine["id"], phone)
    client = office.flask.test_client()
    for _ in range(2):
        answer = client.delete(f"/api/v1/tickets/{mine['id']}/push", json={"endpoint": phone.endpoint})
        assert answer.status_code == 200
    assert office.parts.post_office.pushes.known == {}


def test_three_phones_a_ticket_and_no_more(office: Office) -> None:
    mine = office.take_number("HT")
    answers = [
        subscribe(office, mine["id"], Phone(f"https://push.example.net/{n}")).status_code for n in (1, 2, 3, 3, 4)
    ]
    assert answers == [201, 201, 201, 201, 409]


def test_an_unknown_ticket_tells_nothing_and_keeps_nothing(office: Office) -> None:
    answer = subscribe(office, "nobody-has-this-", Phone("https://push.example.net/me"))
    assert (answer.status_code, answer.json["code"]) == (404, "unknown_ticket")


@pytest.mark.parametrize("keys", [{"p256dh": "x", "auth": "x"}, {"p256dh": "A" * 87, "auth": "A"}])
def test_keys_of_no_browser_are_refused(office: Office, keys: dict[str, str]) -> None:
    mine = office.take_number("HT")
    wish = {"endpoint": "https://push.example.net/me", "keys": keys}
    answer = office.flask.test_client().post(f"/api/v1/tickets/{mine['id']}/push", json=wish)
    assert (answer.status_code, answer.json["code"]) == (422, "bad_push_key")  # type: ignore[index]


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.net/x", "https://127.0.0.1/x", "https://10.0.0.7/x", "https://[::1]/x", "https://localhost/x",
        "https://hub.local/x", "https://router/x", "https://169.254.169.254/latest", "https://push.example.net:8443/x",
        "https://so.phuong.example/x", "https://me@push.example.net/x", "https://2130706433/x", "https://127.1/x",
        "ftp://push.example.net/x", "https://so.phuong.example./x", "https://8.8.8.8/x", "https://[/x", "",
    ],
)  # fmt: skip
def test_nobody_can_make_the_hub_send_into_the_house(endpoint: str) -> None:
    with pytest.raises(BadEndpoint):
        check_public(endpoint, OWN)


def test_the_push_services_of_the_browsers_are_reached() -> None:
    for host in (
        "fcm.googleapis.com/fcm/send/x",
        "updates.push.services.mozilla.com/wpush/v2/x",
        "web.push.apple.com/x",
    ):
        check_public(f"https://{host}", OWN)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.1.1", "::1", "fd00::1", "::ffff:10.0.0.1"]
)
def test_a_name_that_leads_into_the_house_is_found_out(address: str) -> None:
    assert not is_public_address(address)
    assert is_public_address("142.250.1.95")
