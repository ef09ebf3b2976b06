"""The hall as a snapshot, the log as a list, the health of the hub, the sound of a call."""

from flask import Blueprint, Response, request, send_file

from app.api.describing import WAV, Query
from app.api.problems import BadField, why_unusable
from app.api.routes import actor, answer, parts, route
from app.api.shapes import EventsOut, HallOut, HealthOut, LogOut
from app.core.event_data import to_data
from app.core.events import Recorded, ServiceRated
from app.core.permissions import PEOPLE, Role
from app.plain import iso
from app.store.database import StoreError

hall = Blueprint("hall", __name__)
MOST_EVENTS = 1000
DIGITS = 15  # far beyond any seq
SEQ = {"type": "integer", "minimum": 0, "maximum": 10**DIGITS - 1}
AFTER = Query("after", "The seq before the first one; from the beginning where it is not given.", SEQ)
BEFORE = Query("before", "The seq after the newest one; the end of the log where it is not given.", SEQ)
LIMIT = Query("limit", "At most so many; 100 where it is not given, never more than 1000.", SEQ)


@hall.after_request
def never_from_a_cache(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@route(hall, "GET", "/hall", gives=HallOut)
def snapshot() -> Response:
    """The snapshot: services, counters, the last calls."""
    room = "staff" if actor().role in PEOPLE else "hall"
    with parts().hub.lock:
        return answer(parts().feed.snapshot(room, actor()))


@route(hall, "GET", "/events", gives=EventsOut, queries=(AFTER,))
def events() -> Response:
    """The log after a seq, at most 1000 events; staff see who pressed."""
    after = _number("after", 0)
    found = parts().store.events(after, MOST_EVENTS)
    with_actor = actor().role in PEOPLE
    return answer(
        {"events": [_event(each, with_actor=with_actor) for each in found], "last": found[-1].seq if found else after}
    )


@route(hall, "GET", "/log", gives=LogOut, roles=frozenset({Role.ADMIN}), queries=(BEFORE, LIMIT))
def log() -> Response:
    """The newest events first, before a seq: who did what."""
    before = _number("before", parts().hub.hall.seq + 1)
    found = parts().store.events_before(before, min(_number("limit", 100), MOST_EVENTS))
    return answer({"events": [_event(each, with_actor=True) for each in found]})


@route(hall, "GET", "/health", gives=HealthOut, roles=None)
def health() -> Response:
    """Ready or not, and why not."""
    now = parts().hub.hall
    try:
        with parts().hub.lock:  # the probe writes on the hub's connection
            parts().store.probe()
    except StoreError as error:
        return answer({"ready": False, "seq": now.seq, "day": now.day, "why": why_unusable(error)}, 503)
    return answer({"ready": True, "seq": now.seq, "day": now.day, "why": ""})


@route(hall, "GET", "/calls/<int:seq>.wav", roles=None, gives_file=WAV)
def audio(seq: int) -> Response:
    """The spoken call: chime and sentence."""
    path = parts().speaker.audio(parts().hub.hall, seq)
    response = send_file(path.resolve(), mimetype="audio/wav", conditional=True, max_age=3600)
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _event(recorded: Recorded, *, with_actor: bool) -> dict[str, object]:
    """People, devices and settings are the staff's business: others see only that something happened."""
    event = recorded.event
    public = {
        "seq": recorded.seq,
        "type": type(event).__name__,
        "at": iso(parts().hub.hall, recorded.at),
        "day": recorded.day,
        "ticket": getattr(event, "ticket", None),
        "counter": getattr(event, "counter", None),
    }
    # the face would be a clerk's, by way of the ticket and its visit: ratings are told as counts only
    data = {} if isinstance(event, ServiceRated) else to_data(event)
    return public | {"actor": recorded.actor, "data": data} if with_actor else public


def _number(name: str, default: int) -> int:
    text = request.args.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal()) or len(text) > DIGITS:
        raise BadField(field=name, why="a whole number, 0 or more")
    return int(text)
