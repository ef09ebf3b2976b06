"""What a simulated clerk tells at the end: the dossiers that a citizen brought or fetched, and why it took long.

The shares are assumptions, but that most dossiers come online and most results in time is what wards report.
"""

from random import Random

from app.core.hall import OVERRUN_REASONS

HANDS_BACK = "KQ"
AT_ONCE = "CT"
"""The services where results are fetched, and where they can be waited for."""

FETCHED = (1, 2, 3)
BRINGS = 0.65
"""Others ask, sign or bring what was missing."""

ONLINE = 0.85
SECOND_ONE = 0.12
IN_TIME = {"returned_before": 0.82, "returned_on": 0.14, "returned_after": 0.04}
TELLS_WHY = 0.7
HOW_OFTEN = dict(zip(OVERRUN_REASONS, (35, 25, 8, 15, 12, 5), strict=True))


def papers_of(service: str, rng: Random) -> dict[str, int]:
    """The counts of one citizen's dossiers, as the API takes them; empty where it was only a question."""
    if service == HANDS_BACK:
        return {rng.choices(list(IN_TIME), list(IN_TIME.values()))[0]: rng.choice(FETCHED)}
    count = 2 if rng.random() < SECOND_ONE else 1
    if service == AT_ONCE:
        return {"received_in_person": count, "returned_before": count}
    if rng.random() >= BRINGS:
        return {}
    return {"received_online" if rng.random() < ONLINE else "received_in_person": count}


def why_so_long(rng: Random) -> str:
    """A reason code, or "" from a clerk who does not say."""
    if rng.random() >= TELLS_WHY:
        return ""
    return rng.choices(list(HOW_OFTEN), list(HOW_OFTEN.values()))[0]
