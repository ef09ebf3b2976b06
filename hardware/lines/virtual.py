"""The port `virtual://NAME`: a line with simulated boards on it, so that nobody needs hardware to see the whole work.

Every byte that a bus would put on the wire is decoded as the board of that family would; what a simulated board shows
is therefore what a real one would show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hardware.drivers.base import Reply, SimulatedBoard


class VirtualPort:
    def __init__(self, boards: Mapping[str, SimulatedBoard]) -> None:
        self._boards = boards
        self._answers = b""

    def write(self, data: bytes) -> None:
        # as on a real line, all boards hear everything, and two that answer at once answer over each other
        self._answers += b"".join(board.receive(data) for board in self._boards.values())

    def read_reply(
        self,
        reply: Reply,
        sending_s: float,  # noqa: ARG002 - a simulated board answers at once
        hear: Callable[[bytes], None] | None = None,
        given_up: Callable[[], bool] | None = None,  # noqa: ARG002 - the same
    ) -> bytes:
        answer = self.take_input()[: reply.max_bytes]
        if answer and hear:
            hear(answer)
        return answer

    def take_input(self) -> bytes:
        taken, self._answers = self._answers, b""
        return taken

    def shown(self, board: str) -> str | None:
        return self._boards[board].shown if board in self._boards else None

    def close(self) -> None:
        self._answers = b""
