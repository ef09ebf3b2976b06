"""Which QSystem pads answer on a line (hardware/keypads/qsystem.py): the question changes nothing on a pad."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from hardware.drivers.base import Frame, Reply
from hardware.keypads.qsystem import FIRST_ADDRESS, LAST_ADDRESS, SCAN_GAP_MS, scan_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hardware.installer.wire import Talk

ADDRESSES: Final = range(FIRST_ADDRESS, LAST_ADDRESS + 1)


def answering_pads(talk: Talk, tell: Callable[[int], None]) -> Iterator[int]:
    """The addresses that say their question back, which is their answer; 22 seconds where nobody is.

    An adapter that hears itself does so at every address. `tell` hears each before it is asked; raises LINE_FAULTS.
    """
    for address in ADDRESSES:
        tell(address)
        question = scan_frame(address)
        frame = Frame(question, Reply(re.compile(re.escape(question)), SCAN_GAP_MS))
        if question in talk.exchange(frame):
            yield address
