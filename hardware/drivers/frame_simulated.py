"""A simulated board of the delimited-frame family."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Final

from hardware.protocols.frames import NotThisFrameError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.drivers.frame import FrameDriver
    from hardware.protocols.frames import FrameTemplate

_LONGEST_FRAME: Final = 256


@dataclass(slots=True)
class SimulatedFrameBoard:
    """Finds its own frames in whatever comes down the line, in pieces or with noise around them."""

    driver: FrameDriver
    shown: str = ""
    _heard: bytearray = field(default_factory=bytearray)
    _answers: dict[bytes, Callable[[], bytes]] = field(init=False)

    def __post_init__(self) -> None:
        options = self.driver.options
        # `bytes` answers with no bytes: what dims is taken in silence
        self._answers = {frame.data: bytes for frame in self.driver.setup()}
        question = self.driver.probe()
        if question and options.probe:
            self._answers[question.data] = partial(bytes, options.probe.expect)
        elif question:
            self._answers[question.data] = self._displayed

    def receive(self, data: bytes) -> bytes:
        self._heard += data
        answer = b""
        while (frame := self._next_frame()) is not None:
            answer += self._act_on(frame)
        del self._heard[:-_LONGEST_FRAME]
        return answer

    def _act_on(self, frame: bytes) -> bytes:
        if frame in self._answers:
            return self._answers[frame]()
        text = self._decoded(frame) or ""
        self.shown = text.replace("\0", " ").strip()
        reply, template = self.driver.options.reply, self._template
        if reply is None:
            return b""
        body = frame[len(template.start) : len(frame) - self._tail]
        return reply.expect or reply.start + body + template.checksum.of(reply.start, body) + template.end

    def _displayed(self) -> bytes:
        ask, field_ = self.driver.options.read_back, self._template.text
        shown = self.shown.ljust(field_.width) if field_.align == "left" else self.shown.rjust(field_.width)
        return shown.encode("ascii") + ask.until + b"000" + ask.end if ask else b""

    def _next_frame(self) -> bytes | None:
        """Take the next good frame for this board out of what was heard."""
        for start in range(len(self._heard)):
            frame = self._frame_at(start)
            # what proves wrong may hide the start of a right frame: step over its first byte only
            if frame is not None:
                del self._heard[: start + len(frame)]
                return frame
        return None

    def _frame_at(self, start: int) -> bytes | None:
        for known in self._answers:
            if self._heard.startswith(known, start):
                return known
        prefix = self._template.prefix(self.driver.address)
        if not self._heard.startswith(prefix, start):
            return None
        frame = bytes(self._heard[start : self._end_of_frame(start + len(prefix))])
        return frame if self._decoded(frame) is not None else None

    def _end_of_frame(self, body: int) -> int:
        template = self._template
        if template.size_after_prefix is not None:
            return body + template.size_after_prefix
        if not template.end:
            return len(self._heard)
        return self._heard.find(template.end, body) + len(template.end)

    def _decoded(self, frame: bytes) -> str | None:
        try:
            return self._template.decode(self.driver.address, frame)
        except NotThisFrameError:
            return None

    @property
    def _template(self) -> FrameTemplate:
        return self.driver.options.template

    @property
    def _tail(self) -> int:
        return self._template.checksum.size + len(self._template.end)
