"""The hub's time does not follow every slip of the machine's clock."""

from app.clock import JUMP_MS, STANDS_MS, WallClock

MONDAY = 1_795_000_000_000
DAY = 24 * 3600 * 1000


class Machine:
    """A machine's two clocks, moved by hand (ms)."""

    def __init__(self) -> None:
        self.wall, self.steady = MONDAY, 50_000
        self.clock = WallClock(lambda: self.wall, lambda: self.steady)

    def pass_(self, ms: int) -> None:
        self.wall += ms
        self.steady += ms


def test_time_passes() -> None:
    machine = Machine()
    machine.pass_(90_000)
    assert machine.clock.now() == MONDAY + 90_000


def test_a_date_that_is_wrong_for_a_moment_is_not_believed() -> None:
    machine = Machine()
    machine.wall += 3 * 365 * DAY
    machine.pass_(30_000)
    assert machine.clock.now() == MONDAY + 30_000
    machine.wall -= 3 * 365 * DAY
    machine.pass_(1000)
    assert machine.clock.now() == MONDAY + 31_000


def test_a_correction_that_stands_is_believed() -> None:
    machine = Machine()
    machine.wall += DAY
    machine.clock.now()
    machine.pass_(STANDS_MS)
    assert machine.clock.now() == MONDAY + DAY + STANDS_MS


def test_a_small_correction_is_followed_at_once() -> None:
    machine = Machine()
    machine.wall += JUMP_MS
    assert machine.clock.now() == MONDAY + JUMP_MS


def test_a_machine_that_slept_wakes_to_the_right_time() -> None:
    machine = Machine()
    machine.pass_(14 * 3600 * 1000)
    assert machine.clock.now() == MONDAY + 14 * 3600 * 1000
