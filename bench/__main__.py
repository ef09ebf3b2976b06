"""`make bench`: run the benchmarks named (default: all) and print one table."""

import sys
import tempfile
from pathlib import Path

from bench import abuse, beside, bus, growth, keypad, phones, planning, presses, reports, search, wire
from bench.table import Row, show

BENCHMARKS = {
    "screens": presses.press_to_screens,
    "phones": phones.thousand_phones,
    "calls": presses.calls_a_second,
    "abuse": abuse.flood_at_the_door,
    "beside": beside.looking_ahead,
    "growth": growth.cost_of_a_call,
    "start": growth.start_to_ready,
    "wire": wire.press_to_wire,
    "bus": bus.bus,
    "keypad": keypad.press_to_lamp,
    "reports": reports.reports_of_a_long_past,
    "planning": planning.planning,
    "search": search.answers_among_many,
}


def main(names: list[str]) -> None:
    rows: list[Row] = []
    for name in names or list(BENCHMARKS):
        with tempfile.TemporaryDirectory(prefix="toiluot-bench-") as folder:
            rows += BENCHMARKS[name](Path(folder))
    show(rows)


if __name__ == "__main__":
    main(sys.argv[1:])
