"""One scanner: one thread that owns its port. Nothing that comes in is logged, and nothing but the result is kept."""

from __future__ import annotations

import logging
import re
import threading
import time
from typing import TYPE_CHECKING

from hardware.listening import listen
from hardware.scanners.assembling import Assembler
from hardware.scanners.health import ScannerHealth
from hardware.scanners.parsing import Scan, parse
from hardware.scanners.sources import open_source

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from hardware.lines.port_errors import PortError
    from hardware.listening import Source
    from hardware.scanners.config import ScannerConfig

log = logging.getLogger(__name__)


class Scanner:
    """`on_scan` and `on_health` are called from its thread; `today` is the centre's day, None while nobody knows.

    `on_scan` is True where there is a line to the hub; what came without one is lost.
    """

    def __init__(
        self,
        config: ScannerConfig,
        today: Callable[[], date | None],
        on_scan: Callable[[ScannerConfig, Scan], bool],
        on_health: Callable[[], None],
        open_source: Callable[[ScannerConfig], Source[bytes]] = open_source,
    ) -> None:
        self.config = config
        self._today = today
        self._on_scan = on_scan
        self._on_health = on_health
        self._open_source = open_source
        self._timeout_s = config.timeout_ms / 1000
        self._assembler = Assembler(config.suffix_bytes, self._timeout_s)
        self._dossier = re.compile(config.dossier_pattern)
        self._health = ScannerHealth(config.name, config.counter, config.kiosk, time.monotonic())
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"scanner {config.name}", daemon=True)

    @property
    def health(self) -> ScannerHealth:
        return self._health

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end; see `join`."""
        self._stopping.set()

    def join(self, timeout_s: float = 5) -> None:
        self._thread.join(timeout_s)

    def opened(self) -> None:
        """See Watcher."""
        log.info("scanner %s is open on %s", self.config.name, self.config.port)
        self._become(self._health.opened(time.monotonic()))

    def lost(self, error: PortError, next_attempt: float) -> None:
        """See Watcher."""
        now = time.monotonic()
        self._assembler.reset()
        down = self._health.read(0, self._assembler.garbage, now).down(error.code, str(error), now, next_attempt)
        # one that is missing for weeks is tried every second or two, and told of once
        level = logging.WARNING if down.differs(self._health) else logging.DEBUG
        log.log(level, "scanner %s is down because %s, next attempt in %.2f s", down.name, error, next_attempt - now)
        self._become(down)

    def _run(self) -> None:
        try:
            for piece in listen(
                lambda: self._open_source(self.config), self._stopping, self, min(self._timeout_s, 0.25)
            ):
                self._take(piece, time.monotonic())
        except BaseException as fault:
            # the kind of fault only: its words might hold what was read
            reason = f"the agent's thread for this scanner ended: {type(fault).__name__}"
            self._become(self._health.down("crashed", reason, time.monotonic(), None))
            raise

    def _take(self, piece: bytes, now: float) -> None:
        codes = self._assembler.feed(piece, now)
        today = self._today()
        if today is None:
            # the hub has not been heard yet: without a day no card can be read, and there is nobody to tell
            self._become(self._health.lost_more(len(codes), now))
            return
        scans = [scan for code in codes if (scan := parse(code, today, self._dossier))]
        self._assembler.garbage += len(codes) - len(scans)
        sent = sum(self._on_scan(self.config, scan) for scan in scans)
        self._become(self._health.read(sent, self._assembler.garbage, now).lost_more(len(scans) - sent, now))

    def _become(self, health: ScannerHealth) -> None:
        before, self._health = self._health, health
        if health.differs(before):
            self._on_health()
