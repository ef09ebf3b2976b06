"""Notices: what the TV shows between calls, the staff's messages on it, and the files of pictures and videos."""

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, request, send_file

from app.api.notices_shapes import MOST_LETTERS, MediaOut, NoticeIn, NoticeOut, NoticesOut
from app.api.problems import BadField
from app.api.routes import actor, answer, idempotency_key, parts, route
from app.core import commands as cmd
from app.core.centre import CLOCK_TIME, Notice
from app.core.errors import Invalid, OutOfRange
from app.core.hall import Hall
from app.core.permissions import LEADERS, PEOPLE
from app.media import CHUNK, LARGEST, TOO_LARGE, TYPES, Media, MediaFailed, Upload
from app.plain import iso
from app.shaping import values_of
from app.store.database import WriteFailed

log = logging.getLogger(__name__)
notices = Blueprint("notices", __name__)
media = Blueprint("media", __name__)
FOR_EVER_S = 365 * 24 * 3600
T = TypeVar("T")


class BadMedia(Invalid):
    code = "bad_media"
    text = "This file is not taken: %(why)s."


class NoSuchMedia(Invalid):
    code = "unknown_media"
    text = "The file of this notice is not here. Upload it again."


@route(notices, "GET", "/notices", gives=NoticesOut, roles=PEOPLE)
def every() -> Response:
    """All notices in their order, also those that are switched off or not due."""
    hall = parts().hub.hall
    found = sorted(hall.notices.values(), key=lambda notice: (notice.position, notice.id))
    return answer({"notices": [_told(hall, each) for each in found]})


@route(notices, "PUT", "/notices/<id_>", takes=NoticeIn, gives=NoticeOut, roles=PEOPLE)
def save(id_: str, body: NoticeIn) -> Response:
    """Add or change a notice. A clerk may write messages only."""
    hub = parts().hub
    _check_length(body)
    until = _until(hub.hall, body.until, hub.now())
    notice = Notice(id=id_, **values_of(body) | {"until": until})
    if notice.kind in LARGEST and notice.media and _media().path(notice.media) is None:
        raise NoSuchMedia(what="media")
    before = hub.hall.notices.get(id_)
    hub.handle(cmd.SaveNotice(notice), actor(), key=idempotency_key())
    _forget_file_of(before)
    return answer(_told(hub.hall, hub.hall.notices.get(id_, notice)))


@route(notices, "DELETE", "/notices/<id_>", roles=PEOPLE)
def remove(id_: str) -> Response:
    """Take a notice away, with its file if no other one shows it."""
    hub = parts().hub
    before = hub.hall.notices.get(id_)
    hub.handle(cmd.RemoveNotice(id_), actor(), key=idempotency_key())
    _forget_file_of(before)
    return answer({})


@route(notices, "POST", "/notices/media", gives=MediaOut, status=201, roles=LEADERS, files=tuple(TYPES.values()))
def upload() -> Response:
    """Keep a picture (png, jpeg, webp; at most 10 MB) or a video (mp4, webm; at most 200 MB): the body, by its type."""
    folder, mimetype = _media(), request.mimetype
    coming = _blocking(lambda: folder.begin(mimetype))
    try:
        request.max_content_length = coming.largest + 1
        _receive(coming)
        name = _blocking(coming.keep)
    finally:
        coming.drop()  # of what was kept nothing is left under this name
    named = {each.media for each in parts().hub.hall.notices.values()}
    _blocking(lambda: folder.sweep(named, name))
    return answer({"media": name, "kind": coming.format.kind, "size": coming.size}, 201)


@media.get("/media/<name>")
def file(name: str) -> Response:
    """For every screen. The name is the content's, so it is asked for once and kept."""
    path = _media().path(name)
    if path is None:
        abort(404)
    response = send_file(
        path.resolve(), mimetype=TYPES[path.suffix[1:]], conditional=True, etag=name, max_age=FOR_EVER_S
    )
    response.headers["Cache-Control"] = f"public, max-age={FOR_EVER_S}, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _receive(coming: Upload) -> None:
    """Piece by piece onto the disk: a video does not fit into the memory of a small machine."""
    if (request.content_length or 0) > coming.largest:
        raise BadMedia(what="media", why=TOO_LARGE[coming.format.kind])
    while piece := request.stream.read(CHUNK):
        _blocking(partial(coming.write, piece))


def _check_length(body: NoticeIn) -> None:
    most = MOST_LETTERS[body.kind]
    if len(body.text) + len(body.text_en) > most:
        raise OutOfRange(what="text", bounds=f"0-{most}")


def _until(hall: Hall, until: str | None, now: int) -> int | None:
    """A time (ms): a clock time is today's, as the centre's clock says. Raises BadField."""
    if not until:
        return None
    zone = ZoneInfo(hall.settings.timezone)
    if CLOCK_TIME.fullmatch(until):
        today = datetime.fromtimestamp(now / 1000, zone)
        hour, minute = map(int, until.split(":"))
        return int(today.replace(hour=hour, minute=minute, second=0, microsecond=0).timestamp() * 1000)
    try:
        given = datetime.fromisoformat(until)
    except ValueError:
        raise BadField(field="until", why="a time such as 11:30") from None
    return int((given if given.tzinfo else given.replace(tzinfo=zone)).timestamp() * 1000)


def _told(hall: Hall, notice: Notice) -> dict[str, Any]:
    missing = notice.kind in LARGEST and _media().path(notice.media) is None
    return asdict(notice) | {"until": iso(hall, notice.until), "missing": missing}


def _forget_file_of(before: Notice | None) -> None:
    """Delete what that notice showed, unless one that is there now shows it."""
    still = {each.media for each in parts().hub.hall.notices.values()}
    if before and before.media and before.media not in still:
        _blocking(partial(_media().remove, before.media))


def _media() -> Media:
    config = parts().config
    return Media(config.media_folder or config.db.parent / "media")


def _blocking(work: Callable[[], T]) -> T:
    """Files are for a thread. Raises BadMedia for what the sender can mend, WriteFailed for what the disk did."""
    folder = _media().folder

    def caught() -> Any:
        try:
            return work()
        except (MediaFailed, OSError) as problem:
            return problem

    found: Any = parts().accounts.run_blocking(caught)
    if isinstance(found, MediaFailed):
        raise BadMedia(what="media", why=found.reason) from found
    if isinstance(found, OSError):
        message = f"{folder}: {found.strerror}"
        raise WriteFailed(message) from found
    result: T = found
    return result
