"""The toiluot.toml of a demo: its clock, a virtual board over each counter, of two families, and a virtual printer."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit

LINES = {
    "frame": ("led-485", "virtual://line-1"),
    "modbus": ("dm56a04", "virtual://line-2"),
}


KIOSK = "kiosk"
"""The device's name of the kiosk that visitors open."""


@dataclass(frozen=True, slots=True)
class DemoHub:
    """Where a demo's hub listens and how its clock runs: from `clock_start` (local time), `speed` times as fast."""

    db: Path
    host: str
    port: int
    speed: float
    clock_start: str


def write(file: Path, hub: DemoHub, counters: Sequence[int]) -> None:
    settings = {
        "db": str(hub.db),
        "host": hub.host,
        "port": hub.port,
        "clock_start": hub.clock_start,
        "clock_rate": hub.speed,
        "hardware": hardware(counters),
    }
    file.write_text(tomlkit.dumps(settings), encoding="utf-8")


def hardware(counters: Sequence[int]) -> dict[str, Any]:
    """The first half of the counters on the one line, the rest on the other; paper for the kiosk."""
    half = (len(counters) + 1) // 2
    return {
        "buses": [{"name": family, "url": url} for family, (_, url) in LINES.items()],
        "boards": [
            _board(number, "frame" if place < half else "modbus") for place, number in enumerate(sorted(counters))
        ],
        "printers": [{"name": "paper", "url": "virtual://paper", "kiosk": KIOSK}],
    }


def _board(number: int, family: str) -> dict[str, Any]:
    preset, _ = LINES[family]
    return {
        "name": f"counter-{number}",
        "counter": number,
        "bus": family,
        "driver": family,
        "address": number,
        "options": {"preset": preset},
    }
