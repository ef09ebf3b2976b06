"""A simulated AM03127 sign."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from hardware.protocols import am03127

_LONGEST_PACKET: Final = 512
_PAGE: Final = re.compile(rb"<L[1-8]><P([A-Z])><F[A-S]><M([A-Za-z])><W[A-Z]><F[A-S]>(.*)", re.DOTALL)
_RUN: Final = re.compile(rb"<RP([A-Z])>")
_TAG: Final = re.compile(rb"<[^>]*>")


@dataclass(slots=True)
class SimulatedAmplusSign:
    """`writes` counts what the sign had to store."""

    sign: int
    writes: int = 0
    brightness: bytes = b"A"
    _pages: dict[bytes, tuple[bytes, bytes]] = field(default_factory=dict)
    _running: bytes = b"A"
    _heard: bytes = b""

    @property
    def shown(self) -> str:
        _, text = self._pages.get(self._running, (b"", b""))
        text = text.replace(b"<UBC>", b"\1").replace(b"<UBE>", b"\2")
        return _TAG.sub(b"", text).replace(b"\1", b"<").replace(b"\2", b">").decode("ascii", "replace").strip()

    @property
    def blinks(self) -> bool:
        mode, _ = self._pages.get(self._running, (b"", b""))
        return mode in (b"B", b"R", b"b", b"r")

    def receive(self, data: bytes) -> bytes:
        self._heard += data
        answer = b""
        while (found := am03127.PACKET.search(self._heard)) is not None:
            self._heard = self._heard[found.end() :]
            sign, said, given = int(found[1], 16), found[2], found[3]
            if sign in (self.sign, am03127.BROADCAST):
                verdict = self._take(said) if given == am03127.checksum(said) else b"NACK"
                answer += verdict if sign != am03127.BROADCAST else b""
        self._heard = self._heard[-_LONGEST_PACKET:]
        return answer

    def _take(self, data: bytes) -> bytes:
        if page := _PAGE.fullmatch(data):
            self._pages[page[1]] = (page[2], page[3])
            self.writes += 1
        elif run := _RUN.fullmatch(data):
            self._running = run[1]
            self.writes += 1
        elif data in (b"<BA>", b"<BB>", b"<BC>", b"<BD>"):
            self.brightness = data[2:3]
        else:
            return b""
        return b"ACK"
