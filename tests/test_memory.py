"""The collector of cycles looks when nobody waits, and nothing that is garbage stays for ever."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from app import memory


class Cycle:
    """What reference counts never free."""

    def __init__(self) -> None:
        self.itself = self


class Hand:
    """A clock that somebody turns."""

    s = 0.0

    def __call__(self) -> float:
        return self.s


@pytest.fixture
def clock() -> Iterator[Hand]:
    threshold = gc.get_threshold()
    yield Hand()
    gc.set_threshold(*threshold)
    gc.unfreeze()


@pytest.fixture
def collector(clock: Hand) -> memory.Collector:
    made = memory.Collector(clock)
    made.start()
    return made


def test_what_became_garbage_since_the_last_look_is_freed_in_a_pause(collector: memory.Collector) -> None:
    gone = weakref.ref(Cycle())
    collector.pause()
    assert gone() is not None, "so few objects are not worth a look"
    kept = [[] for _ in range(memory.YOUNG)]  # type: ignore[var-annotated]
    assert gone() is not None, "it does not look while somebody may be pressing"
    collector.pause()
    assert gone() is None
    assert len(kept) == memory.YOUNG


def test_what_lived_through_a_look_is_freed_by_the_next_look_at_the_whole(
    collector: memory.Collector, clock: Hand
) -> None:
    cycle = Cycle()
    gone = weakref.ref(cycle)
    clock.s = memory.WHOLE_EVERY_S
    collector.pause()
    del cycle
    clock.s += memory.WHOLE_EVERY_S - 1
    collector.pause()
    assert gone() is not None
    clock.s += 1
    collector.pause()
    assert gone() is None


def test_many_that_came_and_left_do_not_wait_for_the_next_look_at_the_whole(collector: memory.Collector) -> None:
    many = [Cycle() for _ in range(gc.get_freeze_count())]
    gone = weakref.ref(many[0])
    collector.pause()
    many.clear()
    assert gone() is not None
    collector.pause()
    assert gone() is None
