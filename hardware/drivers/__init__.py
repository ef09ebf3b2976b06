"""The board families. A new one is a file and an entry point in the group `toiluot.boards`, here or elsewhere."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any

from hardware.drivers.base import Family, Panel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hardware.drivers.base import Driver

GROUP = "toiluot.boards"


@cache
def families() -> dict[str, Family]:
    """Every family that is installed, by the name that the configuration calls it.

    Raises:
        TypeError: an entry point leads to something that is no Family.
    """
    return {point.name: _loaded(point.name, point.load()) for point in entry_points(group=GROUP)}


def build(family: str, address: int, options: Mapping[str, Any], panel: Panel | None = None) -> Driver:
    """The driver of one board.

    Raises:
        KeyError: no such family.
        pydantic.ValidationError: the options are not that family's.
        ValueError: the address does not fit, or the panel cannot be so.
    """
    entry = families()[family]
    return entry.build(address, entry.options.model_validate(dict(options)), panel or Panel())


def _loaded(name: str, found: object) -> Family:
    if not isinstance(found, Family):
        raise TypeError(f"entry point {name!r} of {GROUP} is no board family but {found!r}")
    return found
