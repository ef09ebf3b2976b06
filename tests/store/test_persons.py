"""What is kept of persons, and for how long."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core import commands as cmd
from app.hub import Hub
from app.store.persons import drop_personal, keep_personal, put_personal, sealed_of, shorten_personal
from app.store.store import Store
from tests.core.office import hanoi
from tests.system.within import Hand


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """On Monday, 23 November 2026."""
    with Store.opened(tmp_path / "centre.db") as store:
        hub = Hub(store, Hand(hanoi("08:00")))
        hub.keep_time()
        yield hub


def kept(hub: Hub, *bookings: str) -> list[str]:
    return sorted(sealed_of(hub.store.reads, bookings))


def on(hub: Hub, day: str) -> None:
    """A new day has begun."""
    hub.clock = Hand(hanoi("07:00", day))
    hub.keep_time()


def test_what_was_told_is_kept_up_to_its_last_day_and_no_longer(hub: Hub) -> None:
    hub.handle(cmd.LapseBookings(), also=put_personal("b1", b"sealed", "2026-11-25"))
    hub.handle(cmd.LapseBookings(), also=put_personal("b2", b"sealed too", "2026-11-24"))
    on(hub, "2026-11-25")
    assert kept(hub, "b1", "b2") == ["b1"]
    on(hub, "2026-11-26")
    assert kept(hub, "b1", "b2") == []


def test_a_booking_on_a_later_day_is_kept_longer(hub: Hub) -> None:
    hub.handle(cmd.LapseBookings(), also=put_personal("b1", b"sealed", "2026-11-24"))
    hub.handle(cmd.LapseBookings(), also=keep_personal("b1", "2026-11-30"))
    on(hub, "2026-11-30")
    assert sealed_of(hub.store.reads, ["b1"]) == {"b1": b"sealed"}


def test_what_belongs_to_no_booking_keeps_its_last_day(hub: Hub) -> None:
    hub.handle(cmd.LapseBookings(), also=put_personal("b1", b"sealed", "2026-11-30"))
    hub.handle(cmd.LapseBookings(), also=shorten_personal(0, "2026-11-23"))
    assert kept(hub, "b1") == ["b1"]
    hub.handle(cmd.LapseBookings(), also=shorten_personal(0, "2026-12-01"))
    assert kept(hub, "b1") == []


def test_what_nobody_needs_is_dropped_at_once(hub: Hub) -> None:
    hub.handle(cmd.LapseBookings(), also=put_personal("b1", b"sealed", "2026-12-24"))
    hub.handle(cmd.LapseBookings(), also=put_personal("b2", b"sealed", "2026-12-24"))
    hub.handle(cmd.LapseBookings(), also=drop_personal("b1"))
    assert kept(hub, "b1", "b2") == ["b2"]
    assert kept(hub) == []
