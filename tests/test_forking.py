"""The tests' own hubs: a fork is a hub like one that was started."""

import signal
from collections.abc import Callable
from pathlib import Path

from tests.running_hub import RunningHub

HubFactory = Callable[..., RunningHub]


def test_two_hubs_share_nothing(hub_factory: HubFactory) -> None:
    hubs = [hub_factory(public_url="http://a.example"), hub_factory()]
    for hub in hubs:
        hub.open_counter(1)
    numbers = [[hub.take_number()["number"] for hub in hubs] for _ in range(3)]
    assert numbers == [["A001", "A001"], ["A002", "A002"], ["A003", "A003"]]
    assert not loops(hubs[0]) & loops(hubs[1])


def loops(hub: RunningHub) -> set[str]:
    """What its epolls watch; a listening socket is one process's alone, unless the epoll is shared."""
    assert hub.process is not None
    process = Path(f"/proc/{hub.process.pid}")
    epolls = [fd.name for fd in (process / "fd").iterdir() if "eventpoll" in str(fd.readlink())]
    watched = {line for epoll in epolls for line in (process / "fdinfo" / epoll).read_text().splitlines()}
    return {" ".join(line.split()[-3:]) for line in watched if line.startswith("tfd")}


def test_a_hub_ends_as_it_is_told_to_and_its_end_is_seen(hub: RunningHub) -> None:
    for number, code in ((signal.SIGKILL, -9), (signal.SIGTERM, 0)):
        process = hub.process
        assert process is not None
        assert process.poll() is None
        process.send_signal(number)
        assert process.wait(15) == process.poll() == code
        assert process.stdout is not None
        process.stdout.close()
        hub.start()


def test_a_command_gets_its_words_and_its_input(hub: RunningHub) -> None:
    told = hub.command("user", "add", "lan", "--role", "clerk", given="mat-khau-cua-lan\n")
    assert told.returncode == 0, told.stderr
    assert hub.clerk("lan").ok("GET", "/session")
    refused = hub.command("user", "add", "lan", "--role", "king")
    assert refused.returncode == 2
    assert "king" in refused.stderr
    assert refused.stdout == ""
