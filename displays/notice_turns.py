"""Which notice a screen's first picture shows. notice-turns.js and /static/notice-due.js follow the same rules."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

Row = Mapping[str, Any]

HALL_S = 8
"""The hall's own state has its turn too."""

LAST_MINUTE = "23:59"
MOST_LETTERS = {"huge": 40, "large": 100, "medium": 200}
SMALLEST = "small"


def due(notices: Sequence[Row], now: datetime) -> list[Row]:
    """Those shown in turn between calls; `now` in the centre's time zone."""
    return [each for each in notices if each["active"] and each["kind"] != "message" and _is_due(each, now)]


def messages(notices: Sequence[Row], now: datetime) -> list[Row]:
    """The staff's messages of now."""
    return [each for each in notices if each["active"] and each["kind"] == "message" and _is_open(each, now)]


def present(shown: Sequence[Row], now: datetime, clock_rate: float) -> Row | None:
    """Whose turn it is among those due; None when it is the hall's own, or when nothing is due.

    A video has no first picture: nobody knows yet whether this screen can play it.
    """
    turns: list[tuple[Row | None, int]] = [(None, HALL_S), *((each, each["seconds"]) for each in shown)]
    at_s = now.timestamp() / clock_rate % sum(seconds for _, seconds in turns)
    for notice, seconds in turns:
        if at_s < seconds:
            return None if notice and notice["kind"] == "video" else notice
        at_s -= seconds
    return None


def size_of(notice: Row) -> str:
    """How large the text can be, by how long it is."""
    letters = len(notice["text"]) + len(notice["text_en"])
    return next((size for size, most in MOST_LETTERS.items() if letters <= most), SMALLEST)


def texts(language: str, notice: Row) -> list[tuple[str, str]]:
    """The text in the reader's language first, the other one under it: (words, language)."""
    both = [(words, lang) for words, lang in ((notice["text"], "vi"), (notice["text_en"], "en")) if words.strip()]
    return both[::-1] if language == "en" else both


def _is_due(notice: Row, now: datetime) -> bool:
    day, time = now.date().isoformat(), f"{now:%H:%M}"
    return (
        _is_open(notice, now)
        and now.weekday() in notice["weekdays"]
        and (not notice["first"] or notice["first"] <= day)
        and (not notice["last"] or day <= notice["last"])
        and notice["start"] <= time
        and (time < notice["end"] or notice["end"] == LAST_MINUTE)
    )


def _is_open(notice: Row, now: datetime) -> bool:
    return not notice["until"] or now < datetime.fromisoformat(notice["until"])
