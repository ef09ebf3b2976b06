"""Phones that are told by a web push: who wants to be told of what, and by which key this centre is known to them."""

import base64
import json
import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.core.errors import Conflict, Invalid
from app.core.hall import Ticket
from app.outgoing.endpoints import BadEndpoint, check_public
from app.outgoing.messages import CALLED_TTL_S, NEAR, NEAR_TTL_S, push_of
from app.store.outgoing import Subscription

MOST_A_TICKET = 3
CLAIM_S = 6 * 3600  # push services take at most a day
POINT_BYTES, AUTH_BYTES = 65, 16
NOBODY = "mailto:nobody@toiluot.invalid"


class TooManyPhones(Conflict):
    code = "too_many_phones"
    text = "Number %(number)s already has %(most)s phones that are told."


class BadPushKey(Invalid):
    code = "bad_push_key"
    text = "The keys of this push subscription are not those of a browser."


@dataclass
class Pushes:
    """`contact`: an https address of this centre, for the push services. `check` is another one in a test only."""

    contact: str = ""
    check: Callable[[str, frozenset[str]], None] = check_public
    known: dict[str, dict[str, Subscription]] = field(default_factory=dict)
    _under_way: dict[str, Subscription] = field(default_factory=dict, init=False)

    def load(self, subscriptions: Iterable[Subscription]) -> None:
        for each in subscriptions:
            self.keep(each)

    def examine(self, wish: Subscription, ticket: Ticket, own_hosts: frozenset[str]) -> None:
        """Raises BadEndpoint, BadPushKey or TooManyPhones."""
        self.check(wish.endpoint, own_hosts)
        if _size(wish.p256dh) != POINT_BYTES or _size(wish.auth) != AUTH_BYTES:
            raise BadPushKey
        phones = self.known.get(wish.ticket, {})
        if wish.endpoint not in phones and len(phones) >= MOST_A_TICKET:
            raise TooManyPhones(number=ticket.number, most=MOST_A_TICKET)

    def keep(self, subscription: Subscription) -> None:
        self.known.setdefault(subscription.ticket, {})[subscription.endpoint] = subscription

    def forget(self, ticket: str, endpoint: str) -> None:
        phones = self.known.get(ticket, {})
        phones.pop(endpoint, None)
        if not phones:
            self.known.pop(ticket, None)

    def jobs(
        self, phones: Iterable[Subscription], name: str, ticket: Ticket, key: str, now: int
    ) -> Iterator[dict[str, Any]]:
        """For the courier. `now` in ms."""
        body, ttl = json.dumps(push_of(name, ticket), ensure_ascii=False), NEAR_TTL_S if name == NEAR else CALLED_TTL_S
        for each in phones:
            id_ = f"push-{secrets.token_hex(8)}"
            self._under_way[id_] = each
            url = urlsplit(each.endpoint)
            yield {
                "id": id_,
                "push": {"endpoint": each.endpoint, "keys": {"p256dh": each.p256dh, "auth": each.auth}},
                "body": body,
                "ttl": ttl,
                "key": key,
                "sub": self.contact if self.contact.startswith("https://") else NOBODY,
                "aud": f"{url.scheme}://{url.netloc}",
                "exp": now // 1000 + CLAIM_S,
            }

    def answered(self, id_: str) -> Subscription | None:
        return self._under_way.pop(id_, None)

    def forget_under_way(self) -> None:
        """A push is told once: better not at all than twice."""
        self._under_way.clear()


def new_key() -> str:
    """A private key for this centre (P-256), as the library reads it: 32 bytes in base64url."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return _text(number.to_bytes(32, "big"))


def public_part(key: str) -> str:
    """What a browser subscribes with: the point, uncompressed, in base64url."""
    number = int.from_bytes(base64.urlsafe_b64decode(key + "="), "big")
    public = ec.derive_private_key(number, ec.SECP256R1()).public_key()
    return _text(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _size(base64url: str) -> int:
    """-1 for what is no base64url."""
    try:
        return len(base64.b64decode(base64url + "=" * (-len(base64url) % 4), altchars=b"-_", validate=True))
    except ValueError:
        return -1


__all__ = ["BadEndpoint", "BadPushKey", "Pushes", "TooManyPhones", "new_key", "public_part"]
