"""`make bench`: run the benchmarks named (default: all) and print one table."""

import sys
import tempfile
from pathlib import Path

from bench import bus, growth, keypad, presses, wire
from bench.table import Row, show

BENCHMARKS = {
    "screens": presses.press_to_screens,
    "calls": presses.calls_a_second,
    "growth": growth.cost_of_a_call,
    "start": growth.start_to_ready,
    "wire": wire.press_to_wire,
    "bus": bus.bus,
    "keypad": keypad.press_to_lamp,
}


def main(names: list[str]) -> None:
    rows: list[Row] = []
    for name in names or list(BENCHMARKS):
        with tempfile.TemporaryDirectory(prefix="toiluot-bench-") as folder:
            rows += BENCHMARKS[name](Path(folder))
    show(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
