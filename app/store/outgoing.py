"""Rows of what goes out of the house: deliveries to the centre's gateway, and phones that are told by a push.

Neither is folded from the log: an address of a phone is nothing to keep for ever.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlite_utils import Database

from app.store.load import select
from app.store.log import Also

KEPT_MS = 7 * 24 * 3600 * 1000
DELIVERIES = "SELECT id, ticket, event, at, body, attempts, next_at, status, error FROM delivery"
PUT_DELIVERY = """INSERT INTO delivery (id, ticket, event, at, body, attempts, next_at, status, error)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
    attempts = excluded.attempts, next_at = excluded.next_at, status = excluded.status, error = excluded.error"""
PUT_PLACE = "INSERT INTO delivered (id, seq) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to the gateway. `id` stays the same in every attempt; `at` and `next_at` in ms of the hub's clock.

    `status`: waiting (for its next attempt), done, failed (given up).
    """

    id: str
    ticket: str
    event: str
    at: int
    body: str
    attempts: int = 0
    next_at: int = 0
    status: str = "waiting"
    error: str = ""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A browser that wants to be told of a ticket; `near_told`: that its turn is near was said."""

    ticket: str
    endpoint: str
    p256dh: str
    auth: str
    walk_min: int
    made_at: int
    near_told: bool = False


def waiting(db: Database) -> list[Delivery]:
    """In the order in which they were made."""
    return [Delivery(**row) for row in select(db, f"{DELIVERIES} WHERE status = 'waiting' ORDER BY place")]


def newest(db: Database, limit: int) -> list[Delivery]:
    return [Delivery(**row) for row in select(db, f"{DELIVERIES} ORDER BY place DESC LIMIT ?", limit)]


def told(db: Database, event: str, since: int) -> set[str]:
    """The ids of what was to be told of this event since then (ms)."""
    return {row["id"] for row in select(db, "SELECT id FROM delivery WHERE event = ? AND at >= ?", event, since)}


def told_up_to(db: Database) -> int | None:
    """The seq of the log up to which deliveries were made; None where none ever was."""
    row = db.execute("SELECT seq FROM delivered").fetchone()
    return int(row[0]) if row else None


def known(db: Database, ids: Sequence[str]) -> set[str]:
    """Those of these deliveries that are written down."""
    found = select(db, "SELECT id FROM delivery WHERE id IN (SELECT value FROM json_each(?))", json.dumps(list(ids)))
    return {row["id"] for row in found}


def subscriptions(db: Database) -> list[Subscription]:
    return [Subscription(**row | {"near_told": bool(row["near_told"])}) for row in select(db, "SELECT * FROM push")]


# Writes, to be handed to the hub's transaction.


def put_deliveries(deliveries: Sequence[Delivery], seq: int | None, now: int) -> Also:
    """New ones and changed ones; `seq` is the last event that new ones were made of. Old ones go."""

    def write(db: Database) -> None:
        for each in deliveries:
            db.execute(PUT_DELIVERY, tuple(asdict(each).values()))
        if seq is not None:
            db.execute(PUT_PLACE, (seq,))
            db.execute("DELETE FROM delivery WHERE status != 'waiting' AND at < ?", (now - KEPT_MS,))

    return write


def put_subscription(subscription: Subscription) -> Also:
    def write(db: Database) -> None:
        db.execute(
            "INSERT OR REPLACE INTO push (ticket, endpoint, p256dh, auth, walk_min, made_at, near_told) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            tuple(asdict(subscription).values()),
        )

    return write


def mark_subscription(subscription: Subscription) -> Also:
    """Whether it was told that its turn is near; one that was taken back meanwhile stays away."""

    def write(db: Database) -> None:
        sql = "UPDATE push SET near_told = ? WHERE ticket = ? AND endpoint = ?"
        db.execute(sql, (subscription.near_told, subscription.ticket, subscription.endpoint))

    return write


def drop_subscription(ticket: str, endpoint: str) -> Also:
    def write(db: Database) -> None:
        db.execute("DELETE FROM push WHERE ticket = ? AND endpoint = ?", (ticket, endpoint))

    return write


def drop_subscriptions(tickets: Sequence[str]) -> Also:
    """Of tickets that have ended, or are of a day that has."""

    def write(db: Database) -> None:
        for ticket in tickets:
            db.execute("DELETE FROM push WHERE ticket = ?", (ticket,))

    return write
