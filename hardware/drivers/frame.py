"""Boards that take a delimited frame (see hardware/protocols/frames.py), answered or not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hardware.boards.charset import fit, numeric
from hardware.drivers.base import (
    Driver,
    Family,
    Frame,
    Panel,
    Reply,
    ShownResult,
    Verdict,
    excerpt,
    filled_from_preset,
    judge_nothing,
)
from hardware.protocols.frames import FrameTemplate, HexBytes, NotThisFrameError

if TYPE_CHECKING:
    from hardware.boards.state import BoardState

PRESETS: Final[dict[str, dict[str, Any]]] = {
    # the ASCII line protocol of LED-485-xxx boxes: $001,A012#
    "led-485": {
        "template": {"start": "24", "address": "dec3", "separator": "2C", "text": {"width": 4}, "end": "23"},
        "probe": {"text": "01", "end": "26", "expect": "4F4B"},
    },
}


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExpectedReply(_Model):
    """The bytes that a board answers when it has taken a frame."""

    expect: HexBytes
    timeout_ms: Annotated[int, Field(ge=10, le=5000)] = 300

    def reply(self) -> Reply:
        return Reply(re.compile(re.escape(self.expect)), self.timeout_ms)


class Probe(ExpectedReply):
    """A question in the same frame with another text and end: LED-485 answers `$001,01&` with OK."""

    text: str
    end: HexBytes = b""


class FrameOptions(_Model):
    """`[hardware.boards.options]` of driver "frame"; a preset fills what is not set."""

    template: FrameTemplate
    reply: ExpectedReply | None = None
    probe: Probe | None = None

    @model_validator(mode="before")
    @classmethod
    def _fill_from_preset(cls, given: Any) -> Any:
        return filled_from_preset(given, PRESETS)


@dataclass(frozen=True, slots=True)
class FrameDriver(Driver):
    address: int
    options: FrameOptions

    def frames(self, state: BoardState) -> list[Frame]:
        field_ = self.options.template.text
        text = fit(state.text, field_.width) if field_.encoding == "ascii" else numeric(state.text).strip("-. ")
        reply = self.options.reply.reply() if self.options.reply else None
        return [Frame(self.options.template.encode(self.address, text), reply)]

    def judge(self, frame: Frame, reply: bytes) -> ShownResult:
        if frame.reply is None or not reply:
            return judge_nothing(frame)
        if frame.reply.pattern.search(reply):
            return ShownResult(Verdict.SHOWN)
        return ShownResult(Verdict.GARBLED, f"unknown answer {excerpt(reply)}")

    def probe(self) -> Frame | None:
        probe = self.options.probe
        if probe is None:
            return None
        end = probe.end or self.options.template.end
        return Frame(self.options.template.prefix(self.address) + probe.text.encode("ascii") + end, probe.reply())

    def simulate(self) -> SimulatedFrameBoard:
        return SimulatedFrameBoard(self.address, self.options, self.probe())


@dataclass(slots=True)
class SimulatedFrameBoard:
    """Finds its own frames in whatever comes down the line, in pieces or with noise around them."""

    address: int
    options: FrameOptions
    question: Frame | None
    shown: str = ""
    _heard: bytearray = field(default_factory=bytearray)

    def receive(self, data: bytes) -> bytes:
        self._heard += data
        answer = b""
        while (frame := self._next_frame()) is not None:
            answer += self._act_on(frame)
        del self._heard[:-_LONGEST_FRAME]
        return answer

    def _act_on(self, frame: bytes) -> bytes:
        if self.question and self.options.probe and frame == self.question.data:
            return self.options.probe.expect
        self.shown = self._decoded(frame) or ""
        return self.options.reply.expect if self.options.reply else b""

    def _next_frame(self) -> bytes | None:
        """Take the next good frame for this board out of what was heard."""
        prefix = self.options.template.prefix(self.address)
        start = self._heard.find(prefix)
        while start >= 0 and (end := self._end_of_frame(start, start + len(prefix))) is not None:
            frame = bytes(self._heard[start:end])
            if self._is_good(frame):
                del self._heard[:end]
                return frame
            # what proves wrong may hide the start of a right frame: step over its first byte only
            start = self._heard.find(prefix, start + 1)
        return None

    def _end_of_frame(self, start: int, body: int) -> int | None:
        if self.question and self._heard.startswith(self.question.data, start):
            return start + len(self.question.data)
        template = self.options.template
        if template.size_after_prefix is not None:
            end = body + template.size_after_prefix
            return end if end <= len(self._heard) else None
        if not template.end:
            return len(self._heard) if len(self._heard) > body else None
        found = self._heard.find(template.end, body)
        return found + len(template.end) if found >= 0 else None

    def _is_good(self, frame: bytes) -> bool:
        return (self.question is not None and frame == self.question.data) or self._decoded(frame) is not None

    def _decoded(self, frame: bytes) -> str | None:
        try:
            text = self.options.template.decode(self.address, frame)
        except NotThisFrameError:
            return None
        return text.replace("\0", " ").strip()


_LONGEST_FRAME: Final = 256


def build(address: int, options: FrameOptions, panel: Panel) -> FrameDriver:
    driver = FrameDriver(address, options)
    options.template.prefix(address)  # an address that does not fit is told now, not at the first call
    return driver


FAMILY = Family(FrameOptions, build, PRESETS)
