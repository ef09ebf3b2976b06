"""What a scanner that types means by its keys, where it is set to the US layout. Pure.

Source of the codes: linux/input-event-codes.h.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hardware.hid import NUM_LOCK

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hardware.hid import KeyPress

UNKNOWN: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands for a key without a character. A name may hold it, a number or a code not."""

ENTERS: Final = frozenset({28, 96})

_ROWS: Final = (
    (2, "1234567890-=", "!@#$%^&*()_+"),
    (15, "\tqwertyuiop[]", "\tQWERTYUIOP{}"),
    (30, "asdfghjkl;'`", 'ASDFGHJKL:"~'),
    (43, "\\zxcvbnm,./", "|ZXCVBNM<>?"),
    (55, "*", "*"),
    (57, " ", " "),
    (71, "789-456+1230.", "789-456+1230."),
    (98, "/", "/"),
)
PLAIN: Final = {first + n: char for first, plain, _ in _ROWS for n, char in enumerate(plain)}
SHIFTED: Final = {first + n: char for first, _, shifted in _ROWS for n, char in enumerate(shifted)}


def typed(presses: Iterable[KeyPress], enter: str = "\r") -> bytes:
    """The characters of `presses`, in UTF-8; the Enter keys give `enter`."""
    return "".join(_character(press, enter) for press in presses if press.code != NUM_LOCK).encode()


def _character(press: KeyPress, enter: str) -> str:
    if press.code in ENTERS:
        return enter
    return (SHIFTED if press.shift else PLAIN).get(press.code, UNKNOWN)
