"""Every kind of equipment that an agent looks after, and how it becomes what a new configuration says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.boards.part import Boards
from hardware.installer.remote import Host, Installer
from hardware.keypads.part import Keypads
from hardware.printers.part import Printers
from hardware.scanners.part import Scanners

if TYPE_CHECKING:
    from hardware.config import BoardConfig, HardwareConfig
    from hardware.keypads.config import KeypadConfig
    from hardware.part import Part


class Equipment:
    """Used by the agent's thread. What has not changed goes on untouched: a ticket that prints, a sign's memory."""

    def __init__(self, config: HardwareConfig, host: Host) -> None:
        self._host = host
        self._config = config
        self._keypads = Keypads(config, host)
        self._boards = Boards(config, host, self._keypads.companions())
        self._keypads.live_with(self._boards)
        self._printers = Printers(config.printers, host)
        self._scanners = Scanners(config.scanners, host)
        self._installer = Installer(host, self._boards.buses)

    @property
    def parts(self) -> list[Part]:
        return [self._boards, self._keypads, self._printers, self._scanners, self._installer]

    def become(self, config: HardwareConfig) -> None:
        """Stop what is gone or changed, then start what is new: a port may have gone from one to the other."""
        before, before_parts = self._config, self.parts
        self._config = config
        if _of_keypads(config) != _of_keypads(before):
            self._keypads = Keypads(config, self._host)
        self._become_boards(config)
        if config.printers != before.printers:
            self._printers = Printers(config.printers, self._host)
        if config.scanners != before.scanners:
            self._scanners = Scanners(config.scanners, self._host)
        _replace(before_parts, self.parts)

    def _become_boards(self, config: HardwareConfig) -> None:
        before = self._boards
        self._boards = Boards(config, self._host, self._keypads.companions(), before)
        self._keypads.live_with(self._boards)
        if self._boards.buses != before.buses:
            self._installer = Installer(self._host, self._boards.buses)
            # what the installer tried on a line is not to stay there when nobody looks at it any more
            for bus in self._boards.taken_over.values():
                bus.show_again()


def _of_keypads(config: HardwareConfig) -> tuple[list[KeypadConfig], list[BoardConfig]]:
    """What keypads are made of: a pad without a lamp says what it has to say on the boards over its counter."""
    marked = {pad.counter for pad in config.keypads if not pad.has_lamp}
    return config.keypads, [board for board in config.boards if board.counter in marked]


def _replace(before: list[Part], after: list[Part]) -> None:
    for part in before:
        if part not in after:
            part.stop()
    for part in after:
        if part not in before:
            part.start()
