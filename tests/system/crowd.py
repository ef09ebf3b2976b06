"""Several people at once, and what the log says of it afterwards."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

from requests import Response

from tests.running_hub import RunningHub

Press = Callable[[], Response]


class Crowd:
    """So many people, each with hands of their own (real threads)."""

    def __init__(self, people: int) -> None:
        self._threads = ThreadPoolExecutor(people)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._threads.shutdown()

    def at_once(self, presses: Sequence[Press]) -> list[Response]:
        """Nobody presses before all are ready; the answers are in the order of the presses."""
        ready = threading.Barrier(len(presses))

        def press(what: Press) -> Response:
            ready.wait(timeout=10)
            return what()

        return list(self._threads.map(press, presses))


def log_of(hub: RunningHub, *types: str) -> Iterator[dict[str, Any]]:
    """The events of the log from its beginning, in order; of these types only, where some are named."""
    after = 0
    while True:
        page = hub.supervisor.ok("GET", "/events", params={"after": after})
        if not page["events"]:
            return
        yield from (event for event in page["events"] if not types or event["type"] in types)
        after = page["last"]


def assert_clean(hub: RunningHub) -> None:
    """`toiluot check` finds that the rows are what the log says."""
    checked = hub.command("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def assert_refused(answer: Response, status: int, code: str, *named: str) -> dict[str, Any]:
    """A clear error: problem+json with this status and code, whose sentence names the things."""
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = answer.json()
    assert problem["code"] == code, problem
    assert problem["status"] == status
    assert problem["type"].endswith(code)
    assert problem["title"]
    for name in named:
        assert name in problem["detail"], problem
    return problem
