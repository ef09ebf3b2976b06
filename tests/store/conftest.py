from collections.abc import Iterator
from pathlib import Path

import pytest
from centre import HandClock, furnish, running

from app.hub import Hub

pytest.register_assert_rewrite("machine")  # so that what does not hold is told in full


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "centre.db"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def hub(path: Path, clock: HandClock) -> Iterator[Hub]:
    """A furnished centre, kept in a file."""
    with running(path, clock) as hub:
        furnish(hub)
        yield hub
