"""Who lives on a line: asks harmless questions of every family that answers one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from hardware.drivers.base import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hardware.drivers.base import Driver, Frame
    from hardware.installer.candidates import Candidate
    from hardware.installer.wire import Talk

QUICK_MS: Final = 120
"""How long to wait for an answer of an ordinary board; those whose times are printed answer within 50 ms."""

ORDINARY_MS: Final = 300
"""What families wait whose boards answer at once; one that waits longer is given more in proportion here too."""

BAUDS: Final = (9600, 19200, 4800, 115200, 38400, 57600, 2400, 1200)
"""The usual speeds, the likeliest first."""

FIRST_IS_ENOUGH: Final = frozenset({"modbus", "alpha"})
"""Families in which silence to the first question is silence to all.

A Modbus slave refuses what it does not know, and the first of Alpha's presets speaks to signs of every type.
"""


@dataclass(frozen=True, slots=True)
class Question:
    frame: Frame
    driver: Driver
    family: str
    presets: list[str]
    """All the presets that ask the same."""


@dataclass(frozen=True, slots=True)
class Found:
    """A board that answers; `presets` are those whose question it understood, none where it refused them all."""

    address: int
    family: str
    presets: tuple[str, ...]
    reply: bytes
    detail: str


@dataclass(slots=True)
class Scan:
    """One pass over a line at one speed.

    `garbled` is the first answer that no family understands, of `garbles`; `echoes` of them began with the question.
    """

    candidates: list[Candidate]
    timeout_ms: int = QUICK_MS
    echoes: int = 0
    garbles: int = 0
    garbled: bytes = b""
    _asked: set[bytes] = field(default_factory=set)

    def run(self, talk: Talk, addresses: Iterable[int], tell: Callable[[int], None]) -> Iterator[Found]:
        """`tell` hears each address before it is asked; raises LINE_FAULTS."""
        for address in addresses:
            tell(address)
            for family in dict.fromkeys(each.family for each in self.candidates):
                yield from self._ask_family(talk, self._questions(family, address), address)

    def questions_of(self, address: int) -> int:
        """How many frames one silent address costs."""
        families = dict.fromkeys(each.family for each in self.candidates)
        counts = {family: len(self._questions(family, address)) for family in families}
        return sum(min(n, 1) if family in FIRST_IS_ENOUGH else n for family, n in counts.items())

    def _ask_family(self, talk: Talk, questions: list[Question], address: int) -> Iterator[Found]:
        understood: list[str] = []
        first: Found | None = None
        for question in questions:
            if question.frame.data in self._asked:  # a family without addresses asks the same each time
                continue
            self._asked.add(question.frame.data)
            reply = talk.exchange(question.frame)
            result = question.driver.judge(question.frame, reply)
            if result.verdict is Verdict.SHOWN:
                understood += question.presets
            elif result.verdict is not Verdict.REFUSED:
                self._note(question.frame.data, reply)
                if question.family in FIRST_IS_ENOUGH:
                    break
                continue
            first = first or Found(address, question.family, (), reply, result.detail)
        if first is not None:
            yield replace(first, presets=tuple(understood))

    def _questions(self, family: str, address: int) -> list[Question]:
        """The family's different questions for this address."""
        by_frame: dict[bytes, Question] = {}
        for candidate in self.candidates:
            driver = candidate.driver(address) if candidate.family == family else None
            frame = driver.probe() if driver else None
            if driver is None or frame is None or frame.reply is None:
                continue
            in_proportion = frame.reply.timeout_ms * self.timeout_ms // ORDINARY_MS
            reply = replace(frame.reply, timeout_ms=max(self.timeout_ms, min(frame.reply.timeout_ms, in_proportion)))
            # nobody is deaf after a question that nobody heard
            question = Question(replace(frame, reply=reply, deaf_ms=0), driver, family, [])
            by_frame.setdefault(frame.data, question).presets.append(candidate.preset)
        return list(by_frame.values())

    def _note(self, question: bytes, reply: bytes) -> None:
        if reply.startswith(question):
            self.echoes += 1
        if reply:
            self.garbles += 1
            self.garbled = self.garbled or reply
