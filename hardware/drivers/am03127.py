"""AMPLUS AM03127 and AM03128 message signs (see hardware/protocols/am03127.py).

The sign keeps a page that is written, so that it is not known how many writes it stands: a page is written when it
changes, and at the set interval the sign is only asked whether it is there. A call that blinks costs two writes (the
sign blinks by itself, then stands still); blinking from here would cost one every half second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal

from pydantic import Field

from hardware.boards.charset import fit
from hardware.drivers.am03127_simulated import SimulatedAmplusSign
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
)
from hardware.protocols import am03127
from hardware.protocols.errors import CannotShow

if TYPE_CHECKING:
    from hardware.boards.state import BoardState

STEADY: Final = {"fastest": "A", "fast": "Q", "slow": "a", "slowest": "q"}
BLINKING: Final = {"fastest": "B", "fast": "R", "slow": "b", "slowest": "r"}
COLOURS: Final = {"red": "B", "green": "E", "orange": "H"}
BRIGHTNESS: Final = "DCBA"
"""A quarter, half, three quarters, full."""

PRESETS: Final[dict[str, dict[str, Any]]] = {"am03127": {}, "am03127-three-colours": {"colour": "red"}}


class AmplusOptions(PresetOptions):
    """`[hardware.boards.options]` of driver "am03127"; `font` is a letter of the sign's own (D is 7 by 13 dots)."""

    presets: ClassVar[dict[str, dict[str, Any]]] = PRESETS

    line: Annotated[int, Field(ge=1, le=8)] = 1
    page: Annotated[str, Field(pattern="^[A-Z]$")] = "A"
    font: Annotated[str, Field(pattern="^[A-Z]$")] | None = None
    colour: Literal["red", "green", "orange"] | None = None
    speed: Literal["fastest", "fast", "slow", "slowest"] = "fastest"
    timeout_ms: Annotated[int, Field(ge=10, le=5000)] = 1000


@dataclass(frozen=True, slots=True)
class AmplusDriver(Driver):
    sign: int
    options: AmplusOptions
    panel: Panel

    @property
    def blinks_by_itself(self) -> bool:
        return True

    def setup(self) -> list[Frame]:
        """The brightness, and that our page is the one it runs."""
        percent = self.panel.brightness
        dimming = [] if percent is None else [self._frame(f"<B{level_of(percent, BRIGHTNESS)}>")]
        return [*dimming, self._frame(f"<RP{self.options.page}>")]

    def frames(self, state: BoardState) -> list[Frame]:
        modes = BLINKING if state.blink_s else STEADY
        o, mode = self.options, modes[self.options.speed]
        style = (f"<A{o.font}>" if o.font else "") + (f"<C{COLOURS[o.colour]}>" if o.colour else "")
        page = f"<L{o.line}><P{o.page}><FA><M{mode}><WC><FA>{style}"
        return [self._frame(page + am03127.escaped(self._readable(state.text)))]

    def again(self, state: BoardState) -> list[Frame]:  # noqa: ARG002 - the sign has the state's page
        question = self.probe()
        return [question] if question else []

    def judge(self, frame: Frame, reply: bytes) -> ShownResult:
        if frame.reply is None or not reply:
            return judge_nothing(frame)
        answer = am03127.ANSWER.search(reply)
        if answer is None:
            return ShownResult(Verdict.GARBLED, f"unknown answer {excerpt(reply)}")
        question = self.probe()
        if answer.group() == b"ACK" or (question and frame.data == question.data):
            return ShownResult(Verdict.SHOWN)
        return ShownResult(Verdict.REFUSED, "NACK")

    def probe(self) -> Frame | None:
        """A packet with a wrong checksum: the sign says NACK and does nothing. Any right one would change something."""
        if self.sign == am03127.BROADCAST:
            return None
        return Frame(am03127.spoilt(self.sign, f"<RP{self.options.page}>".encode("ascii")), self._reply())

    def explain(self, frame: Frame) -> list[Piece]:
        found = am03127.PACKET.fullmatch(frame.data)
        if found is None:
            return [Piece(frame.data, "not a packet of this protocol")]
        sign, data, given = found.groups()
        is_right = given == am03127.checksum(data)
        return pieces_of(
            (frame.data[: found.start(2)], f"for sign {int(sign, 16)}"),
            (data, "page and text" if data.startswith(b"<L") else "command"),
            (given, "checksum (xor)" if is_right else "wrong checksum on purpose: the sign answers NACK"),
            (am03127.END, "end"),
        )

    def simulate(self) -> SimulatedAmplusSign:
        return SimulatedAmplusSign(self.sign)

    def _readable(self, text: str) -> str:
        """With a space where nothing is to be seen: what a sign does with an empty page is not stated."""
        width = self.panel.width or 0
        text = fit(text, width)
        if not (text.isascii() and text.isprintable()):
            raise CannotShow(text, "it has characters outside ASCII")
        if width and len(text) > width:
            raise CannotShow(text, f"the board has {width} places")
        return (text.rjust(width) if self.panel.align == "right" else text.ljust(width)) or " "

    def _frame(self, data: str) -> Frame:
        reply = None if self.sign == am03127.BROADCAST else self._reply()
        return Frame(am03127.packet(self.sign, data.encode("ascii")), reply)

    def _reply(self) -> Reply:
        return Reply(am03127.ANSWER, self.options.timeout_ms)


def build(address: int, options: AmplusOptions, panel: Panel) -> AmplusDriver:
    if not 0 <= address <= 0xFF:  # noqa: PLR2004 - two hexadecimal digits
        raise ValueError(f"address {address} is no address of an AM03127 sign (1 to 255, or 0 for all)")
    return AmplusDriver(address, options, panel)


FAMILY = Family(AmplusOptions, build, PRESETS)
