"""Alpha and BetaBrite signs (see hardware/protocols/alpha.py).

The memory is set up once: a TEXT file that calls a STRING file. Each number is then one STRING write, which neither
blanks nor restarts the display. For the same reason a call blinks by STRING writes of the text and of a space in turn:
the flash characters (07h) are not among those that the document allows in a STRING, and the flash mode is a TEXT write.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal

from pydantic import Field

from hardware.boards.charset import fit
from hardware.drivers.alpha_simulated import SimulatedAlphaSign
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
    pieces_of,
    refuse_brightness,
)
from hardware.protocols import alpha
from hardware.protocols.errors import CannotShow

if TYPE_CHECKING:
    from hardware.boards.state import BoardState

AFTER_WRITE_MS: Final = 250
"""A BetaBrite Classic was measured taking six writes in a row with this pause, and losing some with 100 ms."""

AFTER_CLEAR_MS: Final = 2_000
AFTER_SETUP_MS: Final = 10_000
"""Clearing the memory restarts the sign; what it is sent in this time is lost without a word."""

_ANSWER: Final = re.compile(b"[" + alpha.ACK + alpha.NAK + b"]")
_SELF_DESCRIPTION: Final = re.compile(rb'(?s)\x02E"[^\x03\x04]*[\x03\x04]')

PRESETS: Final[dict[str, dict[str, Any]]] = {
    "alpha": {},
    "betabrite": {"sign_type": "^"},
    "alpha-215c": {"sign_type": "f"},
    "alpha-2x0c": {"sign_type": "u"},
    # newer signs say whether they took a packet
    "alpha-ack": {"ack": True, "checksum": True},
}

Label = Annotated[str, Field(pattern=r"^[!-/6->@-~]$")]
"""Not 0 (the priority file), 1 to 5 (counters, where the sign has some) or ? (any)."""


class AlphaOptions(PresetOptions):
    """`[hardware.boards.options]` of driver "alpha"; sizes are in bytes.

    `set_up_memory` False leaves the sign's files as they are: somebody else made a TEXT file that calls `string_label`.
    """

    presets: ClassVar[dict[str, dict[str, Any]]] = PRESETS

    sign_type: Annotated[str, Field(pattern=r"^[!-~]$")] = "Z"
    checksum: bool = False
    ack: bool = False
    colour: Literal["red", "green", "amber"] | None = None
    position: Literal["middle", "top", "bottom", "fill"] = "middle"
    text_label: Label = "A"
    string_label: Annotated[str, Field(pattern=r"^[!-/1->@-~]$")] = "a"
    text_size: Annotated[int, Field(ge=8, le=4096)] = 256
    string_size: Annotated[int, Field(ge=8, le=alpha.LONGEST_STRING)] = 32
    set_up_memory: bool = True
    timeout_ms: Annotated[int, Field(ge=10, le=5000)] = 1000


@dataclass(frozen=True, slots=True)
class AlphaDriver(Driver):
    """`address` is two hexadecimal digits; "00" is heard by all signs of the line."""

    address: str
    options: AlphaOptions
    panel: Panel

    def setup(self) -> list[Frame]:
        """A clear before the configuration, for without it a BetaBrite was seen to store the files and show none."""
        o = self.options
        files = alpha.text_entry(o.text_label, o.text_size) + alpha.string_entry(o.string_label, o.string_size)
        memory = [
            Frame(self._packet(alpha.CLEAR_MEMORY), deaf_ms=AFTER_CLEAR_MS, once=True),
            Frame(self._packet(alpha.CLEAR_MEMORY + files), deaf_ms=AFTER_SETUP_MS, once=True),
            Frame(self._packet(self._calling_text()), deaf_ms=AFTER_WRITE_MS, once=True),
        ]
        # last, for the restart may forget it
        ack = [Frame(self._packet(alpha.ACK_ON), deaf_ms=AFTER_WRITE_MS)]
        return (memory if o.set_up_memory else []) + (ack if o.ack else [])

    def frames(self, state: BoardState) -> list[Frame]:
        reply = Reply(_ANSWER, self.options.timeout_ms) if self.options.ack else None
        payload = alpha.write_string(self.options.string_label, self._string(state.text))
        return [Frame(self._packet(payload), reply, deaf_ms=AFTER_WRITE_MS)]

    def judge(self, frame: Frame, reply: bytes) -> ShownResult:
        if frame.reply is None or not reply:
            return judge_nothing(frame)
        answer = frame.reply.pattern.search(reply)
        if answer is None:
            return ShownResult(Verdict.GARBLED, f"unknown answer {excerpt(reply)}")
        if answer.group() == alpha.NAK:
            return ShownResult(Verdict.REFUSED, f"NAK: {excerpt(reply[answer.start() :])}")
        return ShownResult(Verdict.SHOWN)

    def probe(self) -> Frame | None:
        """What the sign is: it may blink for a moment while it answers, and nothing of it changes."""
        return Frame(self._packet(alpha.ASK_GENERAL), Reply(_SELF_DESCRIPTION, 1500), deaf_ms=AFTER_WRITE_MS)

    def explain(self, frame: Frame) -> list[Piece]:
        found = alpha.find(frame.data)
        if found is None or found[0].encode() != frame.data:
            return [Piece(frame.data, "not a packet of this protocol")]
        return pieces_of(*found[0].parts())

    def simulate(self) -> SimulatedAlphaSign:
        return SimulatedAlphaSign(self)

    def _calling_text(self) -> bytes:
        """The TEXT file that shows whatever the STRING holds."""
        body = alpha.CALL_STRING + self.options.string_label.encode("ascii")
        return alpha.write_text(self.options.text_label, alpha.POSITIONS[self.options.position], alpha.HOLD, body)

    def _string(self, text: str) -> bytes:
        """A space where nothing is to be seen: what a sign does with a file that shows nothing is not stated."""
        width = self.panel.width or 0
        text = fit(text, width)
        if not (text.isascii() and text.isprintable()):
            raise CannotShow(text, "it has characters outside ASCII")
        if width and len(text) > width:
            raise CannotShow(text, f"the board has {width} places")
        text = text.rjust(width) if self.panel.align == "right" else text.ljust(width)
        colour = alpha.COLOUR + alpha.COLOURS[self.options.colour] if self.options.colour else b""
        data = colour + (text or " ").encode("ascii")
        if len(data) > self.options.string_size:  # the sign would empty the file, and show nothing
            raise CannotShow(text, f"the sign's STRING file has {self.options.string_size} bytes")
        return data

    def _packet(self, payload: bytes) -> bytes:
        return alpha.Packet(self.options.sign_type, self.address, payload, self.options.checksum).encode()


def build(address: int, options: AlphaOptions, panel: Panel) -> AlphaDriver:
    if not 0 <= address <= 0xFF:  # noqa: PLR2004 - two hexadecimal digits
        raise ValueError(f"address {address} is no address of an Alpha sign (1 to 255, or 0 for all)")
    refuse_brightness(panel, "an Alpha sign")
    if options.text_label == options.string_label:
        raise ValueError(f"text_label and string_label are both {options.text_label!r}; give each file its own")
    return AlphaDriver(f"{address:02X}", options, panel)


FAMILY = Family(AlphaOptions, build, PRESETS)
