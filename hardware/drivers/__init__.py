"""The board families. A new one is a file here and a line in FAMILIES."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hardware.drivers import frame, modbus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hardware.drivers.base import Driver, Family

FAMILIES: dict[str, Family] = {
    "frame": frame.FAMILY,
    "modbus": modbus.FAMILY,
}


def build(family: str, address: int, options: Mapping[str, Any]) -> Driver:
    """The driver of one board.

    Raises:
        KeyError: no such family.
        pydantic.ValidationError: the options are not that family's.
        FrameError: the address does not fit.
    """
    entry = FAMILIES[family]
    return entry.build(address, entry.options.model_validate(dict(options)))
