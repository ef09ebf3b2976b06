"""When a turn is near: the one rule, for a web push and for the webhook; near.js says the same on the page."""

from app.planning.calibration import Range

NEXT_AHEAD = 1
NEAR_AHEAD = 3
MARGIN_MIN = 5  # to put the tea down, and to find the counter
ORDINARY_WALK_MIN = 5  # of whoever has not said how far away they are
LONGEST_WALK_MIN = 60


def is_near(ahead: int, expected: Range | None, walk_min: int = ORDINARY_WALK_MIN) -> bool:
    """Should somebody who waits, `walk_min` minutes away, be back in the hall now?

    `expected` is the wait told (minutes); None while no counter is open for the service: then no turn is near. A range
    so wide that it begins with nothing and ends in an hour calls nobody back before few are ahead. Few ahead alone call
    nobody back either whose wait is long; but whoever is next, or next but one, is never told too late.
    """
    if expected is None:
        return False
    back_min = walk_min + MARGIN_MIN
    soon = expected.low_min <= back_min and (expected.low_min + expected.high_min) / 2 <= 2 * back_min
    few = ahead <= NEAR_AHEAD and expected.low_min <= back_min + MARGIN_MIN
    return ahead <= NEXT_AHEAD or soon or few
