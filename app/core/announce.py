"""Judging the notices that the TV shows between calls."""

import re
from datetime import date

from app.core import commands as cmd
from app.core import errors as err
from app.core import events as ev
from app.core.centre import CLOCK_TIME, EVERY_DAY, NOTICE_KINDS, Notice
from app.core.decision import Decision
from app.core.hall import Hall

NOTICE_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
MEDIA = {
    "picture": re.compile(r"[0-9a-f]{64}\.(png|jpg|webp)"),
    "video": re.compile(r"[0-9a-f]{64}\.(mp4|webm)"),
}
SHORTEST_S, LONGEST_S = 3, 600
LONGEST_TEXT = 400


def save_notice(hall: Hall, command: cmd.SaveNotice, now: int) -> Decision:
    notice = command.notice
    if not NOTICE_ID.fullmatch(notice.id):
        raise err.OutOfRange(what="id", bounds="1-40 A-Z a-z 0-9 _ -")
    if notice.kind not in NOTICE_KINDS:
        raise err.OutOfRange(what="kind", bounds=" | ".join(NOTICE_KINDS))
    _check_content(notice)
    _check_schedule(notice, now)
    return Decision((ev.NoticeSaved(notice),) if hall.notices.get(notice.id) != notice else ())


def remove_notice(hall: Hall, command: cmd.RemoveNotice, _now: int) -> Decision:
    """One that is gone already stays gone."""
    return Decision((ev.NoticeRemoved(command.notice),) if command.notice in hall.notices else ())


def _check_content(notice: Notice) -> None:
    media = MEDIA.get(notice.kind)
    if media is None and not notice.text.strip():
        raise err.OutOfRange(what="text", bounds="not empty")
    if media is not None and not media.fullmatch(notice.media):
        raise err.OutOfRange(what="media", bounds="an uploaded file")
    for what in ("text", "text_en"):
        if len(getattr(notice, what)) > LONGEST_TEXT:
            raise err.OutOfRange(what=what, bounds=f"0-{LONGEST_TEXT}")
    if not SHORTEST_S <= notice.seconds <= LONGEST_S:
        raise err.OutOfRange(what="seconds", bounds=f"{SHORTEST_S}-{LONGEST_S}")


def _check_schedule(notice: Notice, now: int) -> None:
    if not set(notice.weekdays) <= set(EVERY_DAY):
        raise err.OutOfRange(what="weekdays", bounds="0-6")
    for what in ("start", "end"):
        if not CLOCK_TIME.fullmatch(getattr(notice, what)):
            raise err.OutOfRange(what=what, bounds="HH:MM")
    if notice.end <= notice.start:
        raise err.EndsBeforeStart(start=notice.start, end=notice.end)
    for what in ("first", "last"):
        _check_date(what, getattr(notice, what))
    if notice.first and notice.last and notice.last < notice.first:
        raise err.EndsBeforeStart(start=notice.first, end=notice.last)
    if notice.until is not None and notice.until <= now:
        raise err.OutOfRange(what="until", bounds="later than now")


def _check_date(what: str, value: str) -> None:
    try:
        if value:
            date.fromisoformat(value)
    except ValueError:
        raise err.OutOfRange(what=what, bounds="YYYY-MM-DD") from None
