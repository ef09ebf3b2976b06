"""The secret on the hall's posters "take a number here": whoever reads it there stands in the hall.

Kept as it is, not hashed, for the same posters are printed again.
"""

import secrets
from typing import Final

from app.core import commands as cmd
from app.core.permissions import SYSTEM
from app.hub import Hub
from app.store.accounts import put_secret, secret
from app.store.store import Store

NAME: Final = "take"
BYTES: Final = 12
"""2^96 guesses, and a QR code that an old phone reads from a step away."""


def hall_secret(hub: Hub, store: Store) -> str:
    """Made when it is first asked for."""
    with hub.lock:
        return secret(store.reads, NAME) or renew_hall_secret(hub)


def renew_hall_secret(hub: Hub) -> str:
    """A new one; every poster that hangs is void from now on."""
    made = secrets.token_urlsafe(BYTES)
    hub.handle(cmd.Note("hall secret made", "", ""), SYSTEM, also=put_secret(NAME, made, hub.now()))
    return made


def is_hall_secret(store: Store, text: str) -> bool:
    """In a time that tells nothing of how much is right."""
    kept = secret(store.reads, NAME)
    return kept is not None and secrets.compare_digest(kept.encode(), text.encode())
