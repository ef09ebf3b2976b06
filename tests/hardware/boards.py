"""What the tests of the board families share."""

from hardware.boards.state import BoardState, Kind
from hardware.drivers import build, families
from hardware.drivers.base import Driver, Frame, Panel

EVERY_PRESET = [(family, preset) for family, entry in families().items() for preset in entry.presets]


def number(text: str, blink_s: float = 0) -> BoardState:
    return BoardState(Kind.NUMBER, text, blink_s)


def board(family: str, preset: str, address: int = 1, *, panel: Panel | None = None, **options: object) -> Driver:
    return build(family, address, {"preset": preset} | options, panel)


def hex_of(frames: list[Frame]) -> list[str]:
    return [frame.data.hex(" ").upper() for frame in frames]
