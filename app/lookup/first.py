"""What the search shows before anybody types: the same for everybody until the catalogue is another."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.hub import Hub
from app.procedures import EVERYDAY, MOST, everyday


class FirstLook:
    """Read once for each catalogue. The hall has a new mapping of procedures with each, and no other event does."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._kept: tuple[Mapping[str, str] | None, Sequence[Mapping[str, Any]]] = (None, ())

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """What most people come for."""
        catalogue, rows = self._kept
        known = self._hub.hall.procedures
        if catalogue is not known:
            rows = self._read()
            self._kept = (known, rows)
        return rows

    def _read(self) -> Sequence[Mapping[str, Any]]:
        store = self._hub.store
        common = (found for code in EVERYDAY if (found := store.procedure(code)))
        return everyday([*store.procedures("", None, MOST), *common])
