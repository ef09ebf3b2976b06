"""The hub's end of the line to the courier."""

import json
import logging
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)
ROOT = Path(__file__).parents[2]
MOST_BYTES = 65536
Heard = Callable[[str, int, str], None]


class CourierLost(Exception):
    """The process ended; what it carried is told again to the next one."""


@dataclass
class Courier:
    """The process; started with the first job. `trusted` HOST:PORT of a test's own push service. Raises OSError."""

    trusted: str = ""
    _line: socket.socket = field(init=False)
    _process: "subprocess.Popen[bytes]" = field(init=False)

    def __post_init__(self) -> None:
        self._line, theirs = socket.socketpair()
        command = [sys.executable, "-m", "app.outgoing.courier", *(["--trust", self.trusted] if self.trusted else [])]
        with theirs:
            os.set_blocking(theirs.fileno(), True)  # a green server's sockets are not, and it reads as from a file
            self._process = subprocess.Popen(command, cwd=ROOT, stdin=theirs.fileno(), stdout=theirs.fileno())

    def send(self, job: dict[str, Any]) -> None:
        """Raises CourierLost."""
        try:
            self._line.sendall(json.dumps(job).encode() + b"\n")
        except OSError as error:
            raise CourierLost from error

    def answers(self) -> Iterator[tuple[str, int, str]]:
        """(id, status, error) of each job, as they come; other green threads run meanwhile. Ends with the process."""
        heard = b""
        while more := self._receive():
            *lines, heard = (heard + more).split(b"\n")
            for line in lines:
                answer = json.loads(line)
                yield answer["id"], answer["status"], answer["error"]

    def _receive(self) -> bytes:
        try:
            return self._line.recv(MOST_BYTES)
        except OSError:
            return b""

    def end(self) -> None:
        self._line.close()
        self._process.kill()
        self._process.wait()
