"""From bytes in pieces to whole codes. Pure: time is an argument.

A code may be somebody's citizen card, so no more of it is kept than a keyed digest, and that for a moment: to tell a
second reading of the same code.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Final

MOST_BYTES: Final = 1024
"""The QR code of a citizen card has some 300."""

REPEAT_S: Final = 1.5
"""A scanner that is held over a code reads it again and again; each reading makes this time begin anew."""

_ENDS: Final = b"\r\n"
_FIRST_PRINTABLE: Final = 0x20
_DELETE: Final = 0x7F
_KEY: Final = secrets.token_bytes(16)


@dataclass(slots=True)
class Assembler:
    """`garbage` counts what was no whole code: too long, with control characters, broken off for `timeout_s`."""

    suffix: bytes
    timeout_s: float
    garbage: int = 0
    _begun: bytes = field(default=b"", repr=False)
    _heard_at: float = 0
    _last: bytes = field(default=b"", repr=False)
    _last_at: float = 0

    def feed(self, piece: bytes, now: float) -> list[bytes]:
        """The codes that `piece` completes; an empty piece says that nothing came until `now` (seconds, monotonic)."""
        self._break_off(now)
        if piece:
            self._heard_at = now
        *ended, begun = (self._begun + piece).split(self.suffix)
        # one byte too many says that it was too long, and another one may be half of the suffix
        self._begun = begun[:MOST_BYTES] + begun[MOST_BYTES:][-2:]
        return [code for raw in ended if (code := self._checked(raw)) and self._is_new(code, now)]

    def reset(self) -> None:
        """The line was lost: what was begun is not continued."""
        self._break_off(float("inf"))

    def _break_off(self, now: float) -> None:
        if self._begun and now - self._heard_at > self.timeout_s:
            # the second half of CRLF, where only CR is waited for, is not the start of anything
            self.garbage += bool(self._begun.strip(_ENDS))
            self._begun = b""

    def _checked(self, raw: bytes) -> bytes:
        code = raw.strip(_ENDS)
        if len(raw) <= MOST_BYTES and all(byte >= _FIRST_PRINTABLE and byte != _DELETE for byte in code):
            return code
        self.garbage += 1
        return b""

    def _is_new(self, code: bytes, now: float) -> bool:
        digest = hashlib.blake2b(code, key=_KEY, digest_size=16).digest()
        is_repeat = digest == self._last and now - self._last_at <= REPEAT_S
        self._last, self._last_at = digest, now
        return not is_repeat
