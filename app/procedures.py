"""What pages and posters make of the catalogue's procedures: the papers one by one, and what most people come for."""

from collections.abc import Mapping, Sequence
from typing import Any

MOST = 8
EVERYDAY = (
    "2.000815",  # certified copies
    "1.001193",  # birth
    "1.004873",  # marital status
    "2.000635",  # extracts and copies of civil status
    "1.000894",  # marriage
    "1.004222",  # permanent residence
    "1.000656",  # death
    "2.000884",  # certified signature
    "1.001612",  # household business
)
"""Official codes, the commonest first (the search goes by that too); a centre that lacks some is shown others."""


def everyday(every: Sequence[Mapping[str, Any]], most: int = MOST) -> list[Mapping[str, Any]]:
    """What ward offices are asked for most, then the first of the catalogue.

    Of a long catalogue those of EVERYDAY and the first `most` rows are enough.
    """
    known = {each["code"]: each for each in every}
    common = [known[code] for code in EVERYDAY if code in known]
    return (common + [each for each in known.values() if each["code"] not in EVERYDAY])[:most]


def papers(procedure: Mapping[str, Any]) -> tuple[str, ...]:
    """What to bring, each paper on its own and beginning with a capital."""
    parted = (part.strip() for part in procedure["documents"].split(";"))
    return tuple(capital(paper) for paper in parted if paper)


def capital(text: str) -> str:
    """As it stands by itself on a sheet."""
    return text[:1].upper() + text[1:]
