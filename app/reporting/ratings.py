"""How people found the service, as a table, as lines of the CSV and as a line of text: always with its count."""

from collections.abc import Iterator
from typing import Any

Report = dict[str, Any]
FACES = {"not_satisfied": "Not satisfied", "satisfied": "Satisfied", "very_satisfied": "Very satisfied"}
REASONS = {
    "wait": "The wait",
    "guidance": "The guidance",
    "attitude": "The manner",
    "papers": "The papers asked for",
    "place": "The place",
    "other": "Something else",
}


def figures(row: Report) -> list[Any]:
    """How many, of each face, and the share of the satisfied."""
    return [row["count"], *(row[face] for face in FACES), row["share_satisfied"]]


def lines(told: Report) -> Iterator[Report]:
    """For the CSV."""
    for which, key in (("services", "code"), ("counters", "number")):
        for row in told[which]:
            for face in (face for face in FACES if row[face] is not None):
                kind = f"rating_{which.removesuffix('s')}"
                yield {"kind": kind, "which": f"{row[key]} {face}", "issued_or_served": row[face]}
    for row in told["reasons"]:
        if row["count"]:
            yield {"kind": "rating_reason", "which": row["reason"], "issued_or_served": row["count"]}


def in_words(told: Report) -> str:
    """One line for the terminal."""
    return f"ratings: {told['count']}, satisfied or more {told['share_satisfied']:.0%}"
