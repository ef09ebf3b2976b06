"""The key of a day: what is known of a person or a telephone is kept as its hash under this key, and no other way.

Random, made anew each day, and left out of backups: an older hash, or one in a copy, says nothing any more.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from app.core.change import Change
from app.core.events import DayStarted
from app.store.accounts import put_secret, secret
from app.store.persons import DAY_KEY, REQUEST_KEY
from app.store.store import Store

KEY_BYTES: Final = 32


@dataclass
class DayKey:
    """`day` is that of `key`, YYYY-MM-DD. `requests`, which stays, is the key to know a repeated request by."""

    store: Store
    day: str = ""
    key: bytes = field(default=b"", repr=False)
    requests: bytes = field(default=b"", repr=False)

    @classmethod
    def kept(cls, store: Store, day: str, now: int) -> "DayKey":
        """As the database has it, made where it has none for `day`; `now` in ms."""
        found = cls(store)
        kept_day, _, kept = (secret(store.reads, DAY_KEY) or "").partition(" ")
        if kept_day == day:
            found.day, found.key = kept_day, bytes.fromhex(kept)
        else:
            found.renew(day, now)
        found.requests = bytes.fromhex(secret(store.reads, REQUEST_KEY) or "") or found._make_requests(now)
        return found

    def hear(self, changes: Sequence[Change]) -> None:
        """A listener of the hub: a new day has a new key, and nobody keeps the old one."""
        for recorded, _, _ in changes:
            if isinstance(recorded.event, DayStarted):
                self.renew(recorded.day, recorded.at)

    def renew(self, day: str, now: int) -> None:
        self.day, self.key = day, secrets.token_bytes(KEY_BYTES)
        self.store.commit([], also=put_secret(DAY_KEY, f"{day} {self.key.hex()}", now))

    def _make_requests(self, now: int) -> bytes:
        made = secrets.token_bytes(KEY_BYTES)
        self.store.commit([], also=put_secret(REQUEST_KEY, made.hex(), now))
        return made

    def digest(self, what: str, text: str) -> str:
        """HMAC-SHA256 (RFC 2104) of `text` for today, in hex; `what` keeps persons and telephones apart."""
        return hmac.digest(self.key, f"{what}:{text}".encode(), hashlib.sha256).hex()

    def of_request(self, asked: str) -> str:
        """What stands for a request that may hold somebody's name or password."""
        return hmac.digest(self.requests, asked.encode(), hashlib.sha256).hex()
