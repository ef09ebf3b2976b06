"""The demo's hub: the same program as `toiluot run`, as a child process."""

import os
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from app import control
from app.control import Control

DECIDED_HERE = ("DB", "HOST", "PORT", "PUBLIC_URL", "CLOCK_START", "CLOCK_RATE", "CONFIG", "HARDWARE")
"""Settings of this terminal's TOILUOT_… variables that must not reach the demo's hub; the others may."""

START_S = 60
STOP_S = 10
LOOK_S = 0.05
ROOT = Path(__file__).parents[2]


class HubDidNotStart(Exception):
    """The hub ended, or did not listen in time; holds what it said last."""


@dataclass
class HubProcess:
    """`settings` is its toiluot.toml; what it prints goes to `log`."""

    settings: Path
    db: Path
    log: Path
    stopping: threading.Event
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> Control:
        """Start it and wait until it listens. Raises HubDidNotStart."""
        began = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "app", "run", "--config", str(self.settings)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=_environment(),
            )
        for _ in range(int(START_S / LOOK_S)):
            if self._process.poll() is not None or self.stopping.wait(LOOK_S):
                break
            # its first line says that it listens; an old control file may still lie there from before that
            if b"http://" in self.log.read_bytes()[began:]:
                found = control.find(self.db)
                if found is not None:
                    return found
        raise HubDidNotStart(self.last_words())

    def ended(self) -> bool:
        return self._process is not None and self._process.poll() is not None

    def stop(self) -> None:
        """End it, and with it its hardware agent."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing"


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name.removeprefix("TOILUOT_") not in DECIDED_HERE}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return kept | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": path}
