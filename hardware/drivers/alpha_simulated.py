"""A simulated Alpha sign."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from hardware.protocols import alpha

if TYPE_CHECKING:
    from hardware.drivers.alpha import AlphaDriver

_LONGEST_PACKET: Final = 512
_ENTRY: Final = re.compile(rb"(.)([AB])[LU]([0-9A-F]{4})[0-9A-F]{4}")
_UNSEEN: Final = re.compile(rb"\x1c.")
# firmware 10440302 revision A of January 1994, 12:30, a clock of 24 hours, speaker on, memory in all and free
_DESCRIPTION: Final = b"10440302A01941230M008000,7F00"
_GENERAL: Final = bytes(20) + b"\x01000\x02" + alpha.GENERAL + _DESCRIPTION + alpha.ETX + b"0000" + alpha.EOT


@dataclass(slots=True)
class SimulatedAlphaSign:
    """Begins as a sign that was set up before: its memory lasts without current. `blanked` counts what blanks it."""

    driver: AlphaDriver
    blanked: int = 0
    _heard: bytes = b""
    _acks: bool = False
    _sizes: dict[bytes, int] = field(default_factory=dict)
    _texts: dict[bytes, bytes] = field(default_factory=dict)
    _strings: dict[bytes, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        options = self.driver.options
        label, calls = options.text_label.encode(), alpha.CALL_STRING + options.string_label.encode()
        self._sizes = {label: options.text_size, options.string_label.encode(): options.string_size}
        self._texts = {label: calls}

    @property
    def shown(self) -> str:
        text = b"".join(self._texts.values())
        for label, string in self._strings.items():
            text = text.replace(alpha.CALL_STRING + label, string)
        text = re.sub(rb"\x10.", b"", _UNSEEN.sub(b"", text))
        return text.decode("ascii", "replace").strip()

    def receive(self, data: bytes) -> bytes:
        self._heard += data
        answer = b""
        while (found := alpha.find(self._heard)) is not None:
            packet, end, is_right = found
            self._heard = self._heard[end:]
            if self._is_meant(packet):
                answer += self._take(packet.payload) if is_right else self._acknowledge(alpha.NAK)
        self._heard = self._heard[-_LONGEST_PACKET:]
        return answer

    def _is_meant(self, packet: alpha.Packet) -> bool:
        address = all(asked in ("?", own) for asked, own in zip(packet.address, self.driver.address, strict=True))
        return packet.sign_type in ("Z", self.driver.options.sign_type) and (address or packet.address == "00")

    def _take(self, payload: bytes) -> bytes:
        command, label, data = payload[:1], payload[1:2], payload[2:]
        if payload[:2] == alpha.ASK_GENERAL:
            return _GENERAL
        acks = self._acks
        if payload[:2] == alpha.CLEAR_MEMORY:
            self._set_up(data)
        elif payload.startswith(alpha.ACK_ON[:2]):
            self._acks = data == alpha.ACK_ON[2:]
        elif command == b"A" and label in self._sizes:
            self.blanked += 1
            self._texts[label] = data[3:]
        elif command == b"G" and label in self._sizes:
            self._strings[label] = data if len(data) <= self._sizes[label] else b""
        return self._acknowledge(alpha.ACK) if acks else b""

    def _set_up(self, data: bytes) -> None:
        self.blanked += 1
        self._sizes = {label: int(size, 16) for label, _, size in _ENTRY.findall(data)}
        self._texts.clear()
        self._strings.clear()

    def _acknowledge(self, answer: bytes) -> bytes:
        return answer + (b"0" if answer == alpha.NAK else b"") if self._acks else b""
