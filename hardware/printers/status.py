"""What a printer says of itself when it is asked (DLE EOT n). Pure, and safe with any bytes.

One byte answers each question; bits 1 and 4 of it are always set, bits 0 and 7 never. Source: the real-time status of
ESC/POS (n=1 offline 1Ah, n=2 cover 16h, paper end 32h, n=4 near end 1Eh, paper out 72h or 7Eh; all well 12h).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

FIXED_MASK: Final = 0b1001_0011
FIXED: Final = 0b0001_0010

PRINTER: Final = 1
OFFLINE: Final = 2
ERROR: Final = 3
PAPER: Final = 4

QUESTIONS: Final = (PRINTER, PAPER, OFFLINE, ERROR)
"""In this order: cheap printers answer the first two and not always the others, and after a silence none is asked."""

IS_OFFLINE: Final = 0x08
COVER_OPEN: Final = 0x04
PAPER_STOP: Final = 0x20
CUTTER: Final = 0x08
UNRECOVERABLE: Final = 0x20
PASSES_BY_ITSELF: Final = 0x40
NEAR_END: Final = 0x0C
PAPER_OUT: Final = 0x60

CLEAR_BUFFER: Final = bytes.fromhex("10 14 08 01 03 14 01 06 02 08")
"""DLE DC4 8: forget what is received and not printed. A printer that does not know it prints nothing for it."""


class Condition(StrEnum):
    READY = "ready"
    PAPER_LOW = "paper_low"
    SENT = "sent"
    """It is not asked; bytes are taken, and whether they are printed, nobody can tell."""
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    ERROR = "error"
    NO_ANSWER = "no_answer"
    """Silence, or what makes no sense: never a sign that all is well."""
    DOWN = "down"
    """There is no port to ask through."""

    @property
    def code(self) -> str:
        """As Status.code, where nothing nearer is known."""
        return CODES.get(self, "")


NOT_ASKED: Final = "not_asked"
CRASHED: Final = "crashed"
STOPPING: Final = "stopping"
NETWORK_REFUSED: Final = "network_refused"
NETWORK_UNREACHABLE: Final = "network_unreachable"
CLOSED: Final = "closed"
BUSY: Final = "busy"
TOO_SLOW: Final = "too_slow"

CODES: Final[Mapping[Condition, str]] = {
    Condition.PAPER_OUT: "paper_out",
    Condition.COVER_OPEN: "cover_open",
    Condition.ERROR: "printer_error",
    Condition.NO_ANSWER: "no_answer",
    Condition.DOWN: "port_down",
}


_NO_PAPER: Final = "it has no paper: put in a new roll"

TROUBLES: Final = (
    (OFFLINE, COVER_OPEN, Condition.COVER_OPEN, "its cover is open: close it"),
    (PAPER, PAPER_OUT, Condition.PAPER_OUT, _NO_PAPER),
    (OFFLINE, PAPER_STOP, Condition.PAPER_OUT, _NO_PAPER),
    (ERROR, CUTTER, Condition.ERROR, "its cutter is stuck: switch it off, free the cutter, switch it on"),
    (ERROR, UNRECOVERABLE, Condition.ERROR, "it reports a fault that does not pass: switch it off and on"),
    (ERROR, PASSES_BY_ITSELF, Condition.ERROR, "it pauses by itself, as when its head is too hot: wait a little"),
    (PRINTER, IS_OFFLINE, Condition.ERROR, "it is offline and does not say why: look at its lamps"),
)


@dataclass(frozen=True, slots=True)
class Status:
    """`detail` says what to do, for a person; empty where all is well. `why` is a code nearer than the condition's."""

    condition: Condition
    detail: str = ""
    why: str = ""

    @property
    def code(self) -> str:
        """The code of refusing a job now; "" where it would be printed."""
        return self.why or self.condition.code


def question(n: int) -> bytes:
    return bytes([0x10, 0x04, n])


def is_answer(heard: bytes) -> bool:
    return len(heard) == 1 and heard[0] & FIXED_MASK == FIXED


def judge(heard: Mapping[int, bytes]) -> Status:
    """What the answers mean, by their question; one that is missing was not asked, for the one before it failed."""
    nonsense = [answer for answer in heard.values() if answer and not is_answer(answer)]
    if nonsense:
        what = nonsense[0][:8].hex(" ")
        return Status(Condition.NO_ANSWER, f"what it answers makes no sense ({what}): is its baud rate as configured?")
    bits = {n: answer[0] for n, answer in heard.items() if answer}
    if PRINTER not in bits:
        return Status(
            Condition.NO_ANSWER, "it does not answer: is it on, is its cable two-way? (if not: status = false)"
        )
    return _trouble(bits) or _paper(bits)


def _trouble(bits: Mapping[int, int]) -> Status | None:
    """The first trouble by weight: a printer whose cover is open also says that it sees no paper."""
    for n, mask, condition, detail in TROUBLES:
        if bits.get(n, 0) & mask:
            return Status(condition, detail)
    return None


def _paper(bits: Mapping[int, int]) -> Status:
    if PAPER not in bits:
        return Status(Condition.NO_ANSWER, "it answers, but not whether it has paper (status = false if it never does)")
    if bits[PAPER] & NEAR_END:
        return Status(Condition.PAPER_LOW, "its paper is near the end: keep a new roll at hand")
    return Status(Condition.READY)
