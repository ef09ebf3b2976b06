"""Somebody on a line whose frames a test writes itself: what a state says, between < and >."""

import threading
from dataclasses import dataclass, field
from time import monotonic

from hardware.boards.state import BoardState
from hardware.drivers.base import Driver, Frame, Reply, ShownResult, SimulatedBoard, Verdict, judge_nothing

PATIENCE_S = 10


@dataclass(frozen=True)
class Script(Driver):
    """`setup` frames are answered if they have a reply; a text of several words is sent a word a frame."""

    first: tuple[Frame, ...] = ()
    blinks: bool = False
    deaf_ms: int = 0
    reply: Reply | None = None

    @property
    def blinks_by_itself(self) -> bool:
        return self.blinks

    def setup(self) -> list[Frame]:
        return list(self.first)

    def frames(self, state: BoardState) -> list[Frame]:
        mark = "*" if state.blink_s else ""
        words = state.text.split() or [""]
        return [Frame(f"<{mark}{word}>".encode(), self.reply, deaf_ms=self.deaf_ms) for word in words]

    def again(self, state: BoardState) -> list[Frame]:
        return [Frame(f"<again {state.text}>".encode(), self.reply)]

    def judge(self, frame: Frame, reply: bytes) -> ShownResult:
        if frame.reply is None or not reply:
            return judge_nothing(frame)
        return ShownResult(Verdict.SHOWN if frame.reply.pattern.search(reply) else Verdict.GARBLED, reply.hex())

    def simulate(self) -> SimulatedBoard:
        raise NotImplementedError("this board lives on real lines only")


@dataclass
class Pad:
    """A keypad: its lamp is told states, and it hears the line."""

    name: str
    driver: Script = Script()
    counter: int = 1
    blink_every_s: float = 0.2
    urgent: bool = True
    heard: bytearray = field(default_factory=bytearray)
    heard_at: float = 0
    _news: threading.Condition = field(default_factory=threading.Condition)

    def hear(self, data: bytes, now: float) -> None:
        assert now <= monotonic()
        with self._news:
            self.heard += data
            self.heard_at = now
            self._news.notify_all()

    def wait(self, wanted: bytes) -> bytes:
        """All that was heard, once `wanted` is in it."""
        with self._news:
            assert self._news.wait_for(lambda: wanted in self.heard, PATIENCE_S), self.heard
            return bytes(self.heard)
