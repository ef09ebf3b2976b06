"""A process that has loaded the program once, and forks a hub or a command of its own for each who asks.

Loading the program takes ten times as long as starting a hub with it. What is forked is a process like any other: it is
started by `app.__main__.main`, with the words, environment, folder and streams that it was given.

    python -m tests.zygote run|command DESCRIPTOR      of a socket that the one who asks holds the other end of

`run` is for hubs, `command` for all other commands, which are not made cooperative. It ends when that socket is closed.
"""

import functools
import gc
import importlib
import json
import os
import signal
import socket
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

LARGEST_MESSAGE = 200_000  # an environment fits; a message of this size goes through a Unix socket in one piece
STREAMS = (0, 1, 2)
OF_EVERY_COMMAND = ("app.cli",)
OF_A_HUB = ("app.cli", "app.speaker", "eventlet.wsgi", "eventlet.tpool", "engineio.async_drivers.eventlet")


@dataclass(frozen=True, slots=True)
class Birth:
    """Start a process; its three standard streams come along as descriptors. The answer is its id."""

    words: list[str]
    environment: dict[str, str]
    folder: str
    quick_passwords: bool

    def packed(self) -> bytes:
        return json.dumps({"birth": asdict(self)}).encode()


@dataclass(frozen=True, slots=True)
class Death:
    """Bury a process that has ended. The answer is its exit code; negative: the signal that ended it."""

    pid: int

    def packed(self) -> bytes:
        return json.dumps({"death": asdict(self)}).encode()


def main() -> None:
    kind, descriptor = sys.argv[1:]
    control = socket.socket(fileno=int(descriptor))
    load_the_program(kind)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C: the tests end their hubs, and need our answers for it
    birth = serve(control)
    if birth:
        become(birth)


def load_the_program(kind: str) -> None:
    """All that the process will import, in its order."""
    if kind == "run":
        from app import server  # noqa: PLC0415

        server.patch(None)
    for module in OF_A_HUB if kind == "run" else OF_EVERY_COMMAND:
        importlib.import_module(module)
    assert_nothing_runs()
    gc.collect()
    gc.freeze()  # so that their collectors leave these pages shared


def assert_nothing_runs() -> None:
    """A fork takes one thread along, and would share with all others what the loop waits for."""
    assert os.listdir("/proc/self/task") == [str(os.getpid())]  # noqa: PTH208
    loop = sys.modules.get("eventlet.hubs")
    assert loop is None or not any(loop.get_hub().listeners.values())


def serve(control: socket.socket) -> Birth | None:
    """None at the end; in a process that was born, what it is to become."""
    while True:
        message, streams, _, _ = socket.recv_fds(control, LARGEST_MESSAGE, len(STREAMS))
        if not message:
            return None
        asked = json.loads(message)
        if "death" in asked:
            _, status = os.waitpid(asked["death"]["pid"], os.WNOHANG)
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = os.fork()
            if not answer:
                control.close()
                take(streams)
                return Birth(**asked["birth"])
            for stream in streams:
                os.close(stream)
        control.send(str(answer).encode())


def take(streams: list[int]) -> None:
    for stream, place in zip(streams, STREAMS, strict=True):
        os.dup2(stream, place)
        os.close(stream)


def become(birth: Birth) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(birth.folder)
    os.environ.clear()
    os.environ.update(birth.environment)
    sys.argv[:] = [str(Path(birth.folder, "app", "__main__.py")), *birth.words]
    if "eventlet" in sys.modules:
        wait_apart()
    if birth.quick_passwords:
        hash_quickly()
    from app.__main__ import main as run  # noqa: PLC0415

    run()


def wait_apart() -> None:
    """Patching makes eventlet's loop, with an epoll that all forks would share."""
    loop = importlib.import_module("eventlet.hubs").get_hub()
    loop.poll.close()
    loop.poll = importlib.import_module("eventlet.patcher").original("select").epoll()


def hash_quickly() -> None:
    """A password of a made-up centre needs no 100 ms of a processor, which is what argon2 is there for."""
    from argon2 import PasswordHasher  # noqa: PLC0415
    from argon2.profiles import CHEAPEST  # noqa: PLC0415

    costs = {"time_cost": CHEAPEST.time_cost, "memory_cost": CHEAPEST.memory_cost, "parallelism": CHEAPEST.parallelism}
    PasswordHasher.__init__ = functools.partialmethod(PasswordHasher.__init__, **costs)  # type: ignore[assignment]


if __name__ == "__main__":
    main()
