"""The ticket printers of an agent."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pydantic import ValidationError

from hardware.part import Ask, Outbox, Part, Report
from hardware.printers.document import PrintRequest
from hardware.printers.jobs import Jobs, Refused
from hardware.printers.printer import MOST_WAITING, Printer
from hardware.printers.status import BUSY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hardware.hall import HubClock
    from hardware.printers.config import PrinterConfig


class Printers(Part):
    """Answers the hub's `print` (docs/feed.md) with {"result": "printed" | "sent"}, or refuses it with a code.

    The codes: unknown_printer, bad_document, those of `status` and of a port that cannot be used.
    """

    def __init__(self, printers: Sequence[PrinterConfig], outbox: Outbox) -> None:
        self._jobs = Jobs()
        self.printers = {
            printer.name: Printer(printer, outbox.health_changed, self._jobs.ended) for printer in printers
        }

    def start(self) -> None:
        for printer in self.printers.values():
            printer.start()

    def stop(self) -> None:
        """All are told to end before the first is waited for."""
        ends = time.monotonic() + 5
        for printer in self.printers.values():
            printer.stop(timeout_s=0)
        for printer in self.printers.values():
            printer.stop(timeout_s=max(0, ends - time.monotonic()))

    def questions(self) -> Mapping[str, Callable[[Ask], None]]:
        return {"print": self._print}

    def report(self, now: float, clock: HubClock) -> Report:
        _ = now
        return {"printers": [printer.health.to_feed(clock) for printer in self.printers.values()]}

    def _print(self, ask: Ask) -> None:
        try:
            request = PrintRequest.model_validate(ask.data)
        except ValidationError as error:
            ask.refuse("bad_document", f"this is not as docs/feed.md has it: {_first(error)}")
            return
        printer = self.printers.get(request.printer)
        if printer is None:
            known = ", ".join(self.printers) or "none"
            ask.refuse("unknown_printer", f"there is no printer {request.printer!r} here; there are: {known}")
        elif self._jobs.is_new(request.job, ask) and not printer.print(request):
            self._jobs.ended(request.job, Refused(BUSY, f"{MOST_WAITING} tickets wait for this printer already"))


def _first(error: ValidationError) -> str:
    details = error.errors()[0]
    return f"{'.'.join(map(str, details['loc']))}: {details['msg']}"
