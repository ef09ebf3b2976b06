"""What an unknown board may be: every family with every preset, as far as it is installed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from hardware import drivers

if TYPE_CHECKING:
    from hardware.drivers.base import Driver

LIKELIEST: Final = ("frame", "modbus", "alpha", "am03127", "dm-d", "cd5220")
"""The order in which families are met in offices, as on the administrator's page; others come after them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`preset` is empty where a family has none and needs none."""

    family: str
    preset: str = ""

    @property
    def options(self) -> dict[str, Any]:
        return {"preset": self.preset} if self.preset else {}

    def driver(self, address: int) -> Driver | None:
        """None where that family has no such address."""
        try:
            return drivers.build(self.family, address, self.options)
        except ValidationError:
            raise  # an option that is wrong is wrong at every address
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.family} {self.preset}".rstrip()


def candidates(family: str | None = None, preset: str | None = None) -> list[Candidate]:
    """All of them, the likeliest first, or those of one family, or one preset of it.

    Raises:
        LookupError: there is no such family or preset.
    """
    families = drivers.families()
    if family is not None and family not in families:
        raise LookupError(f"there is no driver {family!r}; the drivers are: {', '.join(sorted(families))}")
    found = [each for name in sorted(families, key=_place) if family in (None, name) for each in _of(name)]
    if preset is None:
        return found
    named = [each for each in found if each.preset == preset]
    if not named:
        known = ", ".join(each.preset for each in found if each.preset) or "none"
        raise LookupError(f"there is no preset {preset!r}; there are: {known}")
    return named


def _place(family: str) -> tuple[int, str]:
    return (LIKELIEST.index(family) if family in LIKELIEST else len(LIKELIEST), family)


def _of(family: str) -> list[Candidate]:
    presets = drivers.families()[family].presets
    if presets:
        return [Candidate(family, preset) for preset in presets]
    return [Candidate(family)]


def erases(family: str) -> bool:
    """Whether boards of the family are laid out anew before they show anything, which erases what is stored on them."""
    every = (candidate.driver(1) for candidate in _of(family))
    return any(frame.once for driver in every if driver for frame in driver.setup())
