"""How a hub's process is started, and a command beside it: as in an office, by an interpreter of its own."""

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

ROOT = Path(__file__).parents[1]
LONGEST_COMMAND_S = 60


@dataclass(frozen=True, slots=True)
class Start:
    """`words` follow `python -m app`; `log` takes the standard error. `slow_passwords`: see RunningHub."""

    words: list[str]
    environment: dict[str, str]
    log: Path
    slow_passwords: bool = False


class HubProcess(Protocol):
    """What subprocess.Popen[str] can do, as far as a test needs it."""

    pid: int
    stdout: IO[str] | None

    def send_signal(self, sig: int) -> None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def poll(self) -> int | None: ...


class Starter(Protocol):
    def start(self, start: Start) -> HubProcess: ...

    def run(self, words: list[str], given: str) -> subprocess.CompletedProcess[str]:
        """A command from its beginning to its end, with what it is given on its standard input."""


class Interpreters:
    """An interpreter for each; see Starter."""

    def start(self, start: Start) -> HubProcess:
        with start.log.open("a") as log:
            return subprocess.Popen(
                line_of(start.words),
                cwd=ROOT,
                env=start.environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def run(self, words: list[str], given: str) -> subprocess.CompletedProcess[str]:
        line, patience = line_of(words), LONGEST_COMMAND_S
        return subprocess.run(
            line, cwd=ROOT, input=given, capture_output=True, text=True, timeout=patience, check=False
        )


def line_of(words: list[str]) -> list[str]:
    return [sys.executable, "-m", "app", *words]
