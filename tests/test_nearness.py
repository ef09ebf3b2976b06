"""When whoever waits elsewhere should come back."""

import pytest

from app.nearness import is_near
from app.planning.calibration import Range


@pytest.mark.parametrize(
    ("ahead", "expected", "walk_min", "near"),
    [
        (1, Range(30, 40), 0, True),  # next but one: whatever was told
        (2, Range(30, 40), 0, False),
        (3, Range(10, 20), 0, True),  # hardly anybody ahead: the walk and ten minutes
        (3, Range(11, 20), 0, False),
        (4, Range(10, 20), 0, False),
        (3, Range(25, 60), 15, True),
        (2, Range(0, 60), 5, True),
        (4, Range(30, 40), 15, False),
        (9, Range(10, 20), 5, True),  # the walk and five minutes more
        (9, Range(11, 20), 5, False),
        (9, Range(11, 20), 10, True),
        (6, Range(0, 60), 5, False),  # so wide that nobody can be called back for it
        (6, Range(0, 40), 5, True),
        (0, None, 15, False),  # nobody will call: no counter is open
    ],
)
def test_near_is_few_people_or_little_more_than_the_walk(
    ahead: int, expected: Range | None, walk_min: int, near: bool
) -> None:
    assert is_near(ahead, expected, walk_min) is near
