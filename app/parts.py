"""What the parts of a running hub are, as the web side sees them; `bootstrap` builds it."""

from dataclasses import dataclass

from app.accounts import Accounts
from app.config import Config
from app.feed import Feed
from app.health import Health
from app.hub import Hub
from app.speaker import Speaker
from app.store.store import Store
from app.views import Views


@dataclass
class Parts:
    config: Config
    store: Store
    hub: Hub
    views: Views
    accounts: Accounts
    health: Health
    feed: Feed
    speaker: Speaker
