"""Hubs and commands that begin as forks of a process which has loaded the program already; see tests/zygote.py."""

import atexit
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import IO

from tests.hub_process import LONGEST_COMMAND_S, ROOT, HubProcess, Interpreters, Start, line_of
from tests.zygote import LARGEST_MESSAGE, Birth, Death

ANSWER_BYTES = 64
PATIENCE_S = 15


class Forks(Interpreters):
    """See Starter. Where a fork will not do, an interpreter.

    The zygotes are patched for eventlet or not at all, and pidfd_open is Linux's.
    """

    def __init__(self) -> None:
        self._hubs = Zygote("run")
        self._commands = Zygote("command")

    def start(self, start: Start) -> HubProcess:
        if not can_fork() or start.environment.get("TOILUOT_ASYNC_MODE", "eventlet") != "eventlet":
            return super().start(start)
        reading, writing = os.pipe()
        with start.log.open("a") as log, open(os.devnull) as nothing, open(writing, "wb") as output:  # noqa: PTH123
            birth = Birth(start.words, start.environment, str(ROOT), not start.slow_passwords)
            return self._hubs.bear(birth, (nothing, output, log), os.fdopen(reading, encoding="utf-8"))

    def run(self, words: list[str], given: str) -> subprocess.CompletedProcess[str]:
        if not can_fork() or words[0] == "run":
            return super().run(words, given)
        with ExitStack() as files:
            keyboard, output, errors = (files.enter_context(tempfile.TemporaryFile("w+")) for _ in range(3))
            keyboard.write(given)
            keyboard.seek(0)
            birth = Birth(words, dict(os.environ), str(ROOT), quick_passwords=True)
            code = self._commands.bear(birth, (keyboard, output, errors)).wait(LONGEST_COMMAND_S)
            return subprocess.CompletedProcess(line_of(words), code, all_of(output), all_of(errors))


def can_fork() -> bool:
    return hasattr(os, "pidfd_open")


def all_of(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


class Fork:
    """As subprocess.Popen; but only the zygote, its parent, can learn its exit code."""

    def __init__(self, zygote: "Zygote", pid: int, stdout: IO[str] | None) -> None:
        self.pid = pid
        self.stdout = stdout
        self.returncode: int | None = None
        self._zygote = zygote
        self._handle = os.pidfd_open(pid)

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, sig)

    def poll(self) -> int | None:
        return self._wait(0)

    def wait(self, timeout: float | None = None) -> int:
        """The exit code. Raises subprocess.TimeoutExpired after that many seconds."""
        code = self._wait(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
        return code

    def _wait(self, timeout: float | None) -> int | None:
        if self.returncode is None and self._has_ended(timeout):
            self.returncode = self._zygote.bury(self.pid)
            os.close(self._handle)
        return self.returncode

    def _has_ended(self, timeout: float | None) -> bool:
        end = select.poll()
        end.register(self._handle, select.POLLIN)
        return bool(end.poll(None if timeout is None else timeout * 1000))


@dataclass
class Zygote:
    """Begins with the first fork, ends with this process."""

    kind: str
    _control: socket.socket | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def bear(self, birth: Birth, streams: tuple[IO[str] | IO[bytes], ...], stdout: IO[str] | None = None) -> Fork:
        """`stdout`: our end of its standard output, if it is a pipe."""
        return Fork(self, self._ask(birth, [stream.fileno() for stream in streams]), stdout)

    def bury(self, pid: int) -> int:
        return self._ask(Death(pid), [])

    def _ask(self, asked: Birth | Death, descriptors: list[int]) -> int:
        with self._lock:
            self._control = self._control or self._begin()
            socket.send_fds(self._control, [asked.packed()], descriptors)
            answer = self._control.recv(ANSWER_BYTES)
        assert answer, "the zygote ended; the standard error of the tests has its last words"
        return int(answer)

    def _begin(self) -> socket.socket:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2 * LARGEST_MESSAGE)
        environment = {name: value for name, value in os.environ.items() if not name.startswith("TOILUOT_")}
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.zygote", self.kind, str(theirs.fileno())],
            cwd=ROOT,
            env=environment | {"PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
        )
        theirs.close()
        atexit.register(end, ours, process)
        return ours


def end(control: socket.socket, process: "subprocess.Popen[bytes]") -> None:
    control.close()
    process.wait(PATIENCE_S)
