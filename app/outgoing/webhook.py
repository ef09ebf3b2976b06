"""Deliveries to the centre's gateway: in order for each ticket, tried again with growing pauses, then given up."""

import secrets
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from app.config import BadConfig, Config
from app.core.hall import Hall
from app.outgoing.messages import NAMES, TEST, Told, body_of, full_name, signature, test_body
from app.outgoing.trial import Trial
from app.store.outgoing import Delivery

PAUSES_S = (1, 5, 30, 120, 600, 3600)
LONGEST_TRYING_S = sum(PAUSES_S)
SHORTEST_SECRET = 16
UNDER_WAY = 8  # as many as the courier has hands


@dataclass
class Webhook:
    """`events`: those that the gateway wants. `base`: the address before /t/ID. Holds what still waits, by ticket.

    `trial`: the last test message.
    """

    url: str
    secret: str
    events: frozenset[str]
    base: str
    trial: Trial | None = field(default=None, init=False)
    _queues: dict[str, deque[Delivery]] = field(default_factory=dict, init=False)
    _under_way: dict[str, Delivery] = field(default_factory=dict, init=False)

    @property
    def to(self) -> str:
        """The address as it may be shown: what stands after the host, or before it, is often a secret."""
        url = urlsplit(self.url)
        return f"{url.scheme}://{url.netloc.rpartition('@')[2]}"

    def try_out(self, hall: Hall, now: int, key: str = "") -> Delivery | None:
        """A test message; None while the last one is under way, or where `key` asked for that already."""
        if self.trial and (self.trial.delivery.status == "waiting" or (key and self.trial.key == key)):
            return None
        id_ = f"{TEST}-{secrets.token_hex(8)}"
        delivery = Delivery(id_, "", TEST, now, test_body(id_, now, hall, self.base), next_at=now)
        self.trial = Trial(delivery, key)
        return delivery

    def delivery_of(self, told: Told, hall: Hall) -> Delivery | None:
        if told.name not in self.events:
            return None
        return Delivery(told.id, told.ticket.id, told.name, told.at, body_of(told, hall, self.base), next_at=told.at)

    def add(self, deliveries: Iterable[Delivery]) -> None:
        """To be sent; they are written down already."""
        for each in deliveries:
            self._queues.setdefault(each.ticket, deque()).append(each)

    def due(self, now: int) -> Iterator[Delivery]:
        """What is to be sent at `now` (ms): of each ticket the first only, so that a call comes after its number."""
        for queue in list(self._queues.values()):
            if len(self._under_way) >= UNDER_WAY:
                return
            first = queue[0]
            if first.next_at <= now and first.id not in self._under_way:
                self._under_way[first.id] = first
                yield first

    def job(self, delivery: Delivery, now: int) -> dict[str, Any]:
        signed = signature(self.secret, now // 1000, delivery.body)
        headers = {"X-Toiluot-Signature": signed, "X-Toiluot-Event": full_name(delivery.event)}
        return {"id": delivery.id, "url": self.url, "headers": headers, "body": delivery.body}

    def answered(self, id_: str, status: int, error: str, now: int) -> Delivery | None:
        """The delivery as it is after this attempt; None for one that is not under way."""
        sent = self._under_way.pop(id_, None)
        if sent is None:
            return None
        queue = self._queues[sent.ticket]
        tried = _after(sent, status, error, now)
        if self.trial and self.trial.delivery.id == id_:
            self.trial = replace(self.trial, delivery=tried, status=status, error=error)
        queue[0] = tried
        if tried.status != "waiting":
            queue.popleft()
        if not queue:
            del self._queues[sent.ticket]
        return tried

    def forget_under_way(self) -> None:
        """Nobody knows whether it arrived: it is sent again, by the same id."""
        self._under_way.clear()


def _after(sent: Delivery, status: int, error: str, now: int) -> Delivery:
    attempts = sent.attempts + 1
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return replace(sent, attempts=attempts, status="done", error="")
    why = f"{status} {error}".strip() if status else error
    if attempts > len(PAUSES_S) or sent.event == TEST:  # whoever tries it out waits for the answer
        return replace(sent, attempts=attempts, status="failed", error=why)
    return replace(sent, attempts=attempts, next_at=now + PAUSES_S[attempts - 1] * 1000, error=why)


def webhook_of(config: Config) -> Webhook | None:
    """As the machine's settings want it. Raises BadConfig."""
    if not config.webhook_url:
        return None
    if len(config.webhook_secret) < SHORTEST_SECRET:
        message = f"webhook_secret: set one of at least {SHORTEST_SECRET} characters: it tells the gateway who speaks"
        raise BadConfig(message)
    unknown = set(config.webhook_events) - NAMES
    if unknown:
        message = (
            f"webhook_events: there is no event {', '.join(sorted(unknown))}; there are {', '.join(sorted(NAMES))}"
        )
        raise BadConfig(message)
    return Webhook(
        config.webhook_url, config.webhook_secret, frozenset(config.webhook_events), config.public_url.rstrip("/")
    )
