"""What the parts of a running hub are, as the web side sees them; `bootstrap` builds it."""

from dataclasses import dataclass
from typing import Protocol

from app.accounts import Accounts
from app.config import Config
from app.devices import Devices
from app.feed import Feed
from app.health import Health
from app.hub import Hub
from app.one_each import OneEach
from app.outgoing.post_office import PostOffice
from app.reasons import Reasons
from app.speaker import Speaker
from app.store.store import Store
from app.views import Views


class OwnAgent(Protocol):
    """The hardware agent that the hub may run on its own machine."""

    @property
    def runs(self) -> bool:
        """Whether it was started; from then on it is kept alive."""
        ...

    def start(self) -> None:
        """Once."""
        ...


@dataclass
class Parts:
    """`own_agent` is None where nobody keeps one: the hub was not started by `toiluot run`."""

    config: Config
    store: Store
    hub: Hub
    views: Views
    accounts: Accounts
    devices: Devices
    health: Health
    feed: Feed
    speaker: Speaker
    post_office: PostOffice
    reasons: Reasons
    one_each: OneEach
    own_agent: OwnAgent | None = None
