"""Boards that take a delimited frame (see hardware/protocols/frames.py), answered or not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hardware.boards.charset import fit, numeric
from hardware.drivers.base import (
    Driver,
    Family,
    Frame,
    Panel,
    Piece,
    PresetOptions,
    Reply,
    ShownResult,
    Verdict,
    excerpt,
    judge_nothing,
    level_of,
    pieces_of,
    refuse_brightness,
)
from hardware.drivers.frame_presets import PRESETS
from hardware.drivers.frame_simulated import SimulatedFrameBoard
from hardware.protocols.frames import FrameTemplate, HexBytes, NotThisFrameError

if TYPE_CHECKING:
    from hardware.boards.state import BoardState
    from hardware.protocols.frames import Part, TextField

TimeoutMs = Annotated[int, Field(ge=10, le=5000)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ExpectedReply(_Model):
    """What a board answers when it has taken a frame: the bytes `expect`, or the frame again begun with `start`."""

    expect: HexBytes = b""
    start: HexBytes = b""
    timeout_ms: TimeoutMs = 300

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if bool(self.expect) == bool(self.start):
            raise ValueError("give either expect or start")
        return self


class Probe(_Model):
    """A question in the same frame with another text and end: LED-485 answers `$001,01&` with OK."""

    text: str
    end: HexBytes = b""
    expect: HexBytes
    timeout_ms: TimeoutMs = 300


class ReadBack(_Model):
    """How a board is asked what it displays: `ask` follows the address; the text is before `until`, `end` is last."""

    ask: HexBytes
    until: Annotated[HexBytes, Field(min_length=1)]
    end: Annotated[HexBytes, Field(min_length=1)]
    timeout_ms: TimeoutMs = 300


class Dimmer(_Model):
    """Steps of brightness, darkest first: a part of every frame, or with `end` a frame of its own."""

    levels: Annotated[list[HexBytes], Field(min_length=1)]
    end: HexBytes = b""


class FrameOptions(PresetOptions):
    """`[hardware.boards.options]` of driver "frame"; a preset fills what is not set.

    `gap_ms` is how long this board must be left alone after each frame. Where the whole line needs that silence, it is
    the bus's own gap_ms.
    """

    presets: ClassVar[dict[str, dict[str, Any]]] = PRESETS

    template: FrameTemplate
    reply: ExpectedReply | None = None
    probe: Probe | None = None
    read_back: ReadBack | None = None
    dimmer: Dimmer | None = None
    colours: dict[str, HexBytes] = Field(default_factory=dict)
    colour: str | None = None
    gap_ms: Annotated[int, Field(ge=0, le=5000)] = 0

    @model_validator(mode="after")
    def _know_the_colour(self) -> Self:
        if self.colour is not None and self.colour not in self.colours:
            raise ValueError(f"no colour {self.colour!r}; there are {', '.join(self.colours) or 'none'}")
        return self


@dataclass(frozen=True, slots=True)
class FrameDriver(Driver):
    """`level` is the brightness as this board's bytes; None: leave it as it is."""

    address: int
    options: FrameOptions
    level: bytes | None = None

    @property
    def blinks_by_itself(self) -> bool:
        return not self.options.template.text.can_be_dark

    def setup(self) -> list[Frame]:
        parts = self._dimming()
        return [self._frame(_joined(parts))] if parts else []

    def frames(self, state: BoardState) -> list[Frame]:
        text = self.readable(state.text)
        written = self._frame(self.options.template.encode(self.address, text), self._reply(text))
        asked = self._question(text)
        return [written] if asked is None else [written, asked]

    def judge(self, frame: Frame, reply: bytes) -> ShownResult:
        if frame.reply is None or not reply:
            return judge_nothing(frame)
        answer = frame.reply.pattern.search(reply)
        if answer is None:
            return ShownResult(Verdict.GARBLED, f"unknown answer {excerpt(reply)}")
        displayed = answer.groupdict().get("displayed")
        if displayed is None or frame.expected is None or displayed.strip() == frame.expected.strip().encode("ascii"):
            return ShownResult(Verdict.SHOWN)
        return ShownResult(Verdict.REFUSED, f"it displays {displayed.decode('ascii', 'replace')!r}")

    def probe(self) -> Frame | None:
        probe = self.options.probe
        if probe is None:
            return self._question(None)
        return self._frame(_joined(self._probing()), Reply(re.compile(re.escape(probe.expect)), probe.timeout_ms))

    def explain(self, frame: Frame) -> list[Piece]:
        for parts in (self._dimming(), self._probing(), self._asking()):
            if parts and _joined(parts) == frame.data:
                return pieces_of(*parts)
        try:
            return pieces_of(*self.options.template.parts(self.address, frame.data))
        except NotThisFrameError:
            return [Piece(frame.data, "not a frame of this board")]

    def simulate(self) -> SimulatedFrameBoard:
        return SimulatedFrameBoard(self)

    def readable(self, text: str) -> str:
        """`text` as this board can show it: shorter, or without letters, where it must be so."""
        field = self.options.template.text
        if field.is_number:
            return numeric(text).strip("-. ")
        return fit(text if field.has(text) else "".join(filter(field.has, numeric(text))), field.width)

    def _frame(self, data: bytes, reply: Reply | None = None, expected: str | None = None) -> Frame:
        return Frame(data, reply, deaf_ms=self.options.gap_ms, expected=expected)

    def _reply(self, text: str) -> Reply | None:
        reply = self.options.reply
        if reply is None:
            return None
        template = replace(self.options.template, start=reply.start)
        expected = reply.expect or template.encode(self.address, text)
        return Reply(re.compile(re.escape(expected)), reply.timeout_ms)

    def _question(self, expected: str | None) -> Frame | None:
        """Asks what the board displays, where it can be asked."""
        ask = self.options.read_back
        if ask is None:
            return None
        width = self.options.template.text.width
        places = rb"[ -~]{%d}" % width if width else rb"[ -~]*?"
        pattern = rb"(?P<displayed>%b)%b[ -~]*%b" % (places, re.escape(ask.until), re.escape(ask.end))
        return self._frame(_joined(self._asking()), Reply(re.compile(pattern), ask.timeout_ms), expected)

    def _dimming(self) -> list[Part]:
        dimmer, template = self.options.dimmer, self.options.template
        if dimmer is None or not dimmer.end or self.level is None:
            return []
        head = [*template.head(self.address), (template.separator, "separator or command")]
        return [*head, (self.level, "brightness"), (dimmer.end, "end")]

    def _probing(self) -> list[Part]:
        probe, template = self.options.probe, self.options.template
        if probe is None:
            return []
        head = [*template.head(self.address), (template.separator, "separator or command")]
        return [*head, (probe.text.encode("ascii"), "question"), (probe.end or template.end, "end")]

    def _asking(self) -> list[Part]:
        ask = self.options.read_back
        return [*self.options.template.head(self.address), (ask.ask, "asks what it displays")] if ask else []


def build(address: int, options: FrameOptions, panel: Panel) -> FrameDriver:
    template = replace(options.template, style=options.template.style + _style(options, panel))
    template = replace(template, text=_text_field(template.text, panel))
    template.prefix(address)  # an address that does not fit is told now, not at the first call
    dimmer = options.dimmer
    level = level_of(panel.brightness, dimmer.levels) if dimmer and panel.brightness is not None else None
    return FrameDriver(address, options.model_copy(update={"template": template}), level)


def _style(options: FrameOptions, panel: Panel) -> bytes:
    """The bytes of colour and brightness that every frame has."""
    if options.dimmer is None:
        refuse_brightness(panel, "a board with these frames")
    colour = options.colours[options.colour] if options.colour else b""
    if options.dimmer is None or options.dimmer.end:
        return colour
    full = 100
    return colour + level_of(full if panel.brightness is None else panel.brightness, options.dimmer.levels)


def _text_field(field: TextField, panel: Panel) -> TextField:
    if panel.align is not None:
        field = replace(field, align=panel.align)
    if panel.width is None:
        return field
    return replace(field, digits=panel.width) if field.is_number else replace(field, width=panel.width)


def _joined(parts: list[Part]) -> bytes:
    return b"".join(data for data, _ in parts)


FAMILY = Family(FrameOptions, build, PRESETS)
