"""What the hub may ask of the installer's tools, checked (docs/feed.md, Equipment)."""

from __future__ import annotations

from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from hardware.config import BoardConfig, BusConfig, check, unknown_scheme
from hardware.config_errors import BadHardwareConfig, Problem
from hardware.protocols.frames import HexBytes  # noqa: TC001 - pydantic reads it

MOST_ADDRESSES: Final = 4
"""What the hub waits for: a silent address costs 1.4 seconds when every family is asked for."""

NAME: Final = "installer"
"""Of the line and the board that are made up for one question."""


class _Question(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    line: dict[str, Any]


class ScanQuestion(_Question):
    """An empty `driver` is every family, an empty `preset` every preset of it."""

    driver: str = ""
    preset: str = ""
    first: Annotated[int, Field(ge=0, le=0xFFFF)] = 1
    last: Annotated[int, Field(ge=0, le=0xFFFF)] = 1

    @model_validator(mode="after")
    def _check_addresses(self) -> Self:
        if not self.first <= self.last < self.first + MOST_ADDRESSES:
            raise ValueError(f"first to last must be 1 to {MOST_ADDRESSES} addresses")
        return self

    @property
    def addresses(self) -> range:
        return range(self.first, self.last + 1)


class SendQuestion(_Question):
    """Either `hex`, or a `text` for a board of `driver`; what else is given is the board's."""

    model_config = ConfigDict(extra="allow", frozen=True)

    hex: HexBytes | None = None
    text: str = ""
    setup: bool = False
    """First all that the board is told after its port was opened, which erases some boards' memory."""
    listen_ms: Annotated[int, Field(ge=0, le=3000)] = 500

    @model_validator(mode="after")
    def _check_what(self) -> Self:
        if (self.hex is None) == (self.model_extra is None or "driver" not in self.model_extra):
            raise ValueError("give either hex, or a driver and a text")
        return self


def line_of(line: dict[str, Any]) -> BusConfig:
    """Raises pydantic's ValidationError, or BadHardwareConfig for a URL that leads to no line."""
    checked = BusConfig.model_validate(line | {"name": NAME})
    if unknown := unknown_scheme(checked.url):
        raise BadHardwareConfig("line", [Problem("url", unknown)])
    return checked


def board_of(question: SendQuestion) -> BoardConfig:
    """The board as a configuration would have it; raises BadHardwareConfig with every mistake in it."""
    given = {key: value for key, value in (question.model_extra or {}).items() if value is not None}
    board = {"name": NAME, "counter": 1, **given, "bus": NAME}
    return check({"buses": [{**question.line, "name": NAME}], "boards": [board]}, "send").boards[0]


def sentence(error: ValidationError) -> str:
    """All that pydantic found, in one line."""
    return "; ".join(f"{'.'.join(map(str, each['loc'])) or 'question'}: {each['msg']}" for each in error.errors())
