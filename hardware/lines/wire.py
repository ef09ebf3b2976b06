"""An open port with the manners of its line: gaps are kept, own echoes taken out, all that comes in is heard."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Final

from hardware.drivers.base import Reply, excerpt

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence

    from hardware.config import BusConfig
    from hardware.drivers.base import Frame
    from hardware.lines.occupants import Listener
    from hardware.lines.ports import Port

LISTEN_S: Final = 0.015
"""Where somebody listens, the port is looked at this often: a key is answered well before a finger wonders."""

ECHO_MS: Final = 200
"""Beyond the time on the wire; an adapter hands over what it heard in pieces of up to 16 ms, a network in longer."""


ANSWERS_WITHIN_S: Final = 0.08
"""From the end of a frame: a board that is there has mostly begun to answer by then.

For as long nothing is sent over its answer; a lamp that answers a press, which is due within 200 ms, waits no longer.
"""


class CutShortError(Exception):
    """Something urgent is due and the board has not answered yet; whether it would have is not known."""


class EchoMissingError(Exception):
    """What an adapter that hears itself did not hear as it was sent."""


class Wire:
    """All methods raise PortError. `stopping` cuts every silence short; `is_urgent` says that a lamp waits."""

    def __init__(
        self,
        port: Port,
        config: BusConfig,
        listeners: Sequence[Listener],
        stopping: threading.Event,
        is_urgent: Callable[[], bool],
    ) -> None:
        self.port = port
        self._config = config
        self._listeners = listeners
        self._stopping = stopping
        self._is_urgent = is_urgent
        self.sent_by = time.monotonic()
        """When the last byte of the last frame has left, monotonic seconds."""
        self._quiet_until = self.sent_by

    def exchange(self, frame: Frame, *, may_be_cut: bool = False) -> bytes:
        """Send a frame after its gap and wait for its reply, if it has one; raises EchoMissingError.

        Where it `may_be_cut`, raises CutShortError when something urgent is due and no answer has come in time.
        """
        try:
            return self._exchange(frame, may_be_cut=may_be_cut)
        except EchoMissingError:
            # a keypad spoke at the same moment, as may happen now and then; twice in a row is no accident
            return self._exchange(frame, may_be_cut=may_be_cut)

    def listen(self) -> None:
        """Take in what has come; what nobody listens to is thrown away."""
        self._hear(self.port.take_input())

    def keep_gap(self) -> None:
        """Wait until the next frame may go out."""
        while (left := self._quiet_until - time.monotonic()) > 0 and not self._stopping.is_set():
            self._stopping.wait(min(left, LISTEN_S) if self._listeners else left)
            if self._listeners:
                self.listen()

    def begin_gap(self, seconds: float = 0) -> None:
        """Silence from now on, for the line's gap or for `seconds` if that is longer."""
        self._quiet_until = time.monotonic() + max(self._config.gap_ms / 1000, seconds)

    def lend(self, use: Callable[[Port], None]) -> None:
        """Let somebody else use the port; what comes in meanwhile is heard as ever, and a gap follows."""
        lent = _LentPort(self.port, self._hear, self._config.character_s)
        try:
            use(lent)
        finally:
            self.begin_gap(max(0, lent.sent_by - time.monotonic()) + self._config.gap_ms / 1000)

    def _exchange(self, frame: Frame, *, may_be_cut: bool) -> bytes:
        self.keep_gap()
        self.listen()
        self.port.write(frame.data)
        # write() returns when the system has the bytes; the line needs their time before the gap begins
        sending_s = len(frame.data) * self._config.character_s
        self.sent_by = time.monotonic() + sending_s
        gap_s = max(self._config.gap_ms / 1000, frame.gap_characters * self._config.character_s)
        self._quiet_until = self.sent_by + gap_s
        if self._config.echo:
            self._take_echo(frame.data, sending_s)
        if frame.reply is None:
            return b""
        given_up = self._is_cut if may_be_cut else None
        reply = self.port.read_reply(frame.reply, max(0, self.sent_by - time.monotonic()), self._hear, given_up)
        self._quiet_until = max(self._quiet_until, time.monotonic() + gap_s)
        # the key that the lamp answers may be in it
        if given_up and given_up() and not frame.reply.pattern.search(reply):
            raise CutShortError
        return reply

    def _is_cut(self) -> bool:
        return time.monotonic() > self.sent_by + ANSWERS_WITHIN_S and self._is_urgent()

    def _take_echo(self, data: bytes, sending_s: float) -> None:
        echo = self.port.read_reply(Reply(re.compile(re.escape(data)), ECHO_MS, len(data)), sending_s)
        if echo == data:
            return
        self._hear(echo)
        self.begin_gap()
        heard = f"heard {excerpt(echo)} instead" if echo else "heard nothing"
        raise EchoMissingError(f"the adapter should hear what it sends ({excerpt(data)}) and {heard}")

    def _hear(self, data: bytes) -> None:
        if data:
            now = time.monotonic()
            for listener in self._listeners:
                listener.hear(data, now)


class _LentPort:
    """A line's port in other hands: what they send is timed, and what they read is heard by the listeners too."""

    def __init__(self, port: Port, hear: Callable[[bytes], None], character_s: float) -> None:
        self._port = port
        self._hear = hear
        self._character_s = character_s
        self.sent_by = 0.0

    def write(self, data: bytes) -> None:
        self._port.write(data)
        self.sent_by = max(self.sent_by, time.monotonic()) + len(data) * self._character_s

    def read_reply(
        self,
        reply: Reply,
        sending_s: float,
        hear: Callable[[bytes], None] | None = None,
        given_up: Callable[[], bool] | None = None,
    ) -> bytes:
        def hear_both(piece: bytes) -> None:
            self._hear(piece)
            if hear:
                hear(piece)

        return self._port.read_reply(reply, sending_s, hear_both, given_up)

    def take_input(self) -> bytes:
        taken = self._port.take_input()
        self._hear(taken)
        return taken

    def shown(self, board: str) -> str | None:
        return self._port.shown(board)

    def close(self) -> None:
        """The port stays its line's."""
