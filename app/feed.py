"""The feed: a snapshot on joining, numbered events after it (docs/feed.md)."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_socketio import SocketIO, emit, join_room, leave_room

from app.core.change import Change
from app.core.errors import Refused, RoleForbids, Unknown, UnknownCounter, UnknownTicket
from app.core.permissions import LEADERS, PEOPLE, Actor, Role
from app.health import Health
from app.hub import Hub
from app.views import View, Views

log = logging.getLogger(__name__)
WHOLE_ROOMS = ("hall", "devices")
STAFF_ROOMS = ("staff", "supervisor")
LONGEST_NUMBER = 4


class UnknownRoom(Unknown):
    code = "unknown_room"
    text = "There is no room '%(room)s' in the feed."


@dataclass
class Feed:
    """`identify` says who is connecting, from the token in the handshake or the cookies; None for a citizen."""

    socketio: SocketIO
    hub: Hub
    views: Views
    identify: Callable[[str | None], Actor | None]
    explain: Callable[[Refused], View]
    health: Health
    actors: dict[str, Actor | None] = field(default_factory=dict)
    members: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    told: dict[str, int] = field(default_factory=dict)

    def wire(self) -> None:
        """Listen to the hub and to clients."""
        self.hub.listeners.append(self.publish)
        self.socketio.on_event("connect", self._connect)
        self.socketio.on_event("disconnect", self._disconnect)
        self.socketio.on_event("join", self._join)
        self.socketio.on_event("leave", self._leave)
        self.socketio.on_event("health", self._health)

    # Hub to clients

    def publish(self, changes: Sequence[Change]) -> None:
        """Tell the rooms of each change, in order. Runs under the hub's lock."""
        if not any(self.members.values()):
            return
        now = self.hub.now()
        for change in changes:
            message = self.views.event(change, now)
            for room in WHOLE_ROOMS:
                self._tell(room, message)
            if self.members["staff"] or self.members["supervisor"]:
                staff = self.views.staff_event(change, message, now)
                for room in STAFF_ROOMS:
                    self._tell(room, staff)
            self._tell_narrow_rooms(change, message, now)

    def _tell_narrow_rooms(self, change: Change, message: View, now: int) -> None:
        touched, hall = change.touched, change.hall
        for room in [room for room, members in self.members.items() if members and ":" in room]:
            kind, _, key = room.partition(":")
            if kind == "counter":
                self._tell_counter(room, int(key), change, message)
            elif touched.centre:
                self._tell(room, message)
            elif key in touched.tickets or set(touched.services) & self._service_of(hall, key):
                mine = [self.views.own_ticket(hall, hall.tickets[key], now)]
                self._tell(room, message | {"services": [], "counters": [], "call": None, "tickets": mine})

    def _tell_counter(self, room: str, number: int, change: Change, message: View) -> None:
        touched, counter = change.touched, change.hall.counters.get(number)
        if counter is None or touched.centre:
            self._tell(room, message)
        elif number in touched.counters:
            self._tell(room, message | {"counters": [c for c in message["counters"] if c["number"] == number]})
        elif set(touched.services) & set(counter.own + counter.help):
            self._tell(room, message | {"counters": [], "call": None})

    @staticmethod
    def _service_of(hall: Any, ticket: str) -> set[str]:
        return {hall.tickets[ticket].service} if ticket in hall.tickets else set()

    def _tell(self, room: str, message: View) -> None:
        if not self.members[room]:
            return
        prev, self.told[room] = self.told[room], message["seq"]
        self.socketio.emit("event", message | {"prev": prev}, to=room)

    # Clients to hub

    def _connect(self, auth: object = None) -> None:
        token = auth.get("token") if isinstance(auth, dict) else None
        actor = self.identify(token if isinstance(token, str) else None)
        self.actors[_sid()] = actor
        if actor and actor.role not in PEOPLE:
            self.health.here(actor, self.hub.now())
            self._tell_health()

    def _disconnect(self, *_reason: object) -> None:
        with self.hub.lock:
            for room in [room for room, members in self.members.items() if _sid() in members]:
                self._forget(room, _sid())
        actor = self.actors.pop(_sid(), None)
        if actor and actor not in self.actors.values():
            self.health.gone(actor, self.hub.now())
            self._tell_health()

    def _join(self, payload: object = None, *_more: object) -> None:
        self.socketio.sleep(0)  # a client that never pauses must let the others have their turn
        room = payload.get("room") if isinstance(payload, dict) else None
        try:
            with self.hub.lock:
                snapshot = self.snapshot(str(room), self.actors.get(_sid()))
                join_room(room)
                self.members[str(room)].add(_sid())
                self.told[str(room)] = self.hub.hall.seq
                emit("snapshot", snapshot)
        except Refused as refused:
            emit("refused", {"room": room, **self.explain(refused)})

    def _leave(self, payload: object = None, *_more: object) -> None:
        room = payload.get("room") if isinstance(payload, dict) else None
        if isinstance(room, str) and _sid() in self.members.get(room, ()):
            leave_room(room)
            self._forget(room, _sid())

    def _forget(self, room: str, sid: str) -> None:
        """Rooms of tickets come and go all day: an empty one leaves nothing behind."""
        self.members[room].discard(sid)
        if not self.members[room]:
            del self.members[room]
            self.told.pop(room, None)

    def _health(self, payload: object = None, *_more: object) -> None:
        actor = self.actors.get(_sid())
        if actor and actor.role is Role.AGENT and self.health.heard(actor, payload, self.hub.now()):
            self._tell_health()

    def _tell_health(self) -> None:
        if self.members["supervisor"]:
            self.socketio.emit("health", {"devices": self.health.devices(self.hub.hall)}, to="supervisor")

    # Who may see what

    def snapshot(self, room: str, actor: Actor | None) -> View:
        """The snapshot of a room. Raises RoleForbids, UnknownRoom, UnknownCounter or UnknownTicket."""
        hall, now = self.hub.hall, self.hub.now()
        kind, _, key = room.partition(":")
        if kind == "ticket":
            if key not in hall.tickets:
                raise UnknownTicket(ticket=key)
            return {"room": room} | self.views.ticket_snapshot(hall, hall.tickets[key], now)
        if kind == "counter":
            _require(actor, actor is not None)
            if not key.isdecimal() or len(key) > LONGEST_NUMBER or int(key) not in hall.counters:
                raise UnknownCounter(counter=key)
            return {"room": room} | self.views.counter_snapshot(hall, int(key), now)
        return {"room": room} | self._whole_snapshot(room, actor, now)

    def _whole_snapshot(self, room: str, actor: Actor | None, now: int) -> View:
        hall = self.hub.hall
        if room == "hall":
            _require(actor, actor is not None)
            return self.views.snapshot(hall, now)
        if room == "devices":
            _require(actor, actor is not None and actor.role in {Role.AGENT} | LEADERS)
            return self.views.snapshot(hall, now)
        if room == "staff":
            _require(actor, actor is not None and actor.role in PEOPLE)
            return self.views.staff_snapshot(hall, now)
        if room == "supervisor":
            _require(actor, actor is not None and actor.role in LEADERS)
            return self.views.staff_snapshot(hall, now) | {"devices": self.health.devices(hall)}
        raise UnknownRoom(room=room)


def _require(actor: Actor | None, allowed: bool) -> None:
    if not allowed:
        raise RoleForbids(role=actor.role if actor else Role.CITIZEN)


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO adds it
