"""The feed: a snapshot on joining, numbered events after it (docs/feed.md)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flask import request
from flask_socketio import SocketIO, emit, join_room, leave_room

from app.agents import Agents
from app.core.change import Change
from app.core.errors import Refused, RoleForbids, Unknown, UnknownCounter
from app.core.events import Event, Noted
from app.core.permissions import LEADERS, PEOPLE, Actor, Role
from app.health import Found, Health
from app.hub import Hub
from app.live import Live
from app.phones import Phones
from app.plain import View
from app.rooms import Rooms
from app.scans import Scans
from app.views import Views

WHOLE_ROOMS = ("hall", "devices")
STAFF_ROOMS = ("staff", "supervisor")
RIGHTS_CHANGED = frozenset({"device removed", "person saved", "password changed"})
LONGEST_NUMBER = 4
NO_PRINTER = {"state": "none", "code": "", "since": ""}


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
    tokens: dict[str, str | None] = field(default_factory=dict)
    printers: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By the line of a kiosk that has joined: the state and the code of its printer, as it was told last."""
    rooms: Rooms = field(init=False)
    """All but those of tickets."""
    phones: Phones = field(init=False)
    agents: Agents = field(init=False)
    scans: Scans = field(init=False)
    live: Live = field(init=False)

    def __post_init__(self) -> None:
        self.agents = Agents(self._line_of, lambda name, payload, sid: self.socketio.emit(name, payload, to=sid))
        self.scans = Scans(lambda name, payload, sid: self.socketio.emit(name, payload, to=sid))
        self.rooms = Rooms(self._emit)
        self.phones = Phones(self.hub, self.views, Rooms(self._emit), self.explain)
        self.live = Live(self.hub, self.views, self.rooms, self.phones)

    def _emit(self, name: str, payload: object, room: str) -> None:
        self.socketio.emit(name, payload, to=room)

    def wire(self) -> None:
        """Listen to the hub, to the planning board and to clients."""
        self.views.overruns.start_from(self.hub.hall)
        self.hub.listeners.append(self.publish)
        self.live.wire()
        self.socketio.on_event("connect", self._connect)
        self.socketio.on_event("disconnect", self._disconnect)
        self.socketio.on_event("join", self._join)
        self.socketio.on_event("leave", self._leave)
        self.socketio.on_event("health", self._health)
        self.socketio.on_event("answer", self._answer)
        self.socketio.on_event("scan", self._scan)

    # Hub to clients

    def publish(self, changes: Sequence[Change]) -> None:
        """Tell the rooms what a command changed, in order. Runs under the hub's lock."""
        self.views.overruns.hear(changes)
        if not self.rooms.rooms and not self.phones.rooms.rooms:
            return
        now = self.hub.now()
        told = [(change, self.views.event(change, now)) for change in changes]
        for name in list(self.rooms.rooms):
            self.rooms.tell(name, [m for change, message in told if (m := self._cut(name, change, message, now))])
        self.phones.hear(told, now)
        self.live.hear(changes)
        for change in changes:
            self._hang_up_on(change.recorded.event)

    def _hang_up_on(self, event: Event) -> None:
        """Rights that were taken away end the lines that rest on them; whoever still has some comes back."""
        if isinstance(event, Noted) and event.what in RIGHTS_CHANGED:
            lines = [sid for sid, actor in self.actors.items() if actor and actor.name == event.name]
            for sid in lines:
                self.socketio.start_background_task(self.socketio.server.disconnect, sid)

    def _cut(self, name: str, change: Change, message: View, now: int) -> View | None:
        """The message as a room gets it; None where the change does not concern it."""
        kind, _, key = name.partition(":")
        if kind in WHOLE_ROOMS:
            return message
        if kind in STAFF_ROOMS:
            return self.views.staff_event(change, message, now)
        return message if change.touched.centre else _cut_to_counter(int(key), change, message)

    # Clients to hub

    def _connect(self, auth: object = None) -> None:
        token = auth.get("token") if isinstance(auth, dict) else None
        self.tokens[_sid()] = token if isinstance(token, str) else None
        actor = self.actors[_sid()] = self.identify(self.tokens[_sid()])
        if actor and actor.role not in PEOPLE:
            self.health.here(actor, self.hub.now())
            self._tell_health()

    def _disconnect(self, *_reason: object) -> None:
        with self.hub.lock:
            self.rooms.leave_all(_sid())
            self.phones.rooms.leave_all(_sid())
        self.tokens.pop(_sid(), None)
        self.printers.pop(_sid(), None)
        actor = self.actors.pop(_sid(), None)
        self.agents.gone(_sid())
        if actor and actor not in self.actors.values():
            self.health.gone(actor, self.hub.now())
            self._tell_health()

    def _join(self, payload: object = None, *_more: object) -> None:
        self.socketio.sleep(0)  # a client that never pauses must let the others have their turn
        wish = payload if isinstance(payload, dict) else {}
        name = str(wish.get("room"))
        try:
            with self.hub.lock:
                actor = self.actors[_sid()] = self.identify(self.tokens.get(_sid()))
                snapshot = self.snapshot(name, actor)
                self._leave_room(name)
                if self._rooms_of(name) is self.phones.rooms:
                    self.phones.joining(name, snapshot)
                together = wish.get("together") is True
                join_room(self._rooms_of(name).join(name, _sid(), self.hub.hall.seq, together=together))
                emit("snapshot", snapshot)
            if actor and actor.role is Role.KIOSK:
                self._tell_printer_on_joining(_sid(), actor)
        except Refused as refused:
            emit("refused", {"room": wish.get("room"), **self.explain(refused)})

    def _leave(self, payload: object = None, *_more: object) -> None:
        with self.hub.lock:
            self._leave_room(str(payload.get("room")) if isinstance(payload, dict) else "")

    def _leave_room(self, name: str) -> None:
        for channel in self._rooms_of(name).leave(name, _sid()):
            leave_room(channel)

    def _rooms_of(self, name: str) -> Rooms:
        return self.phones.rooms if name.startswith("ticket:") else self.rooms

    def _health(self, payload: object = None, *_more: object) -> None:
        actor = self.actors.get(_sid())
        if actor and actor.role is Role.AGENT and self.health.heard(actor, payload, self.hub.now()):
            self._tell_health()

    def _answer(self, payload: object = None, *_more: object) -> None:
        actor = self.actors.get(_sid())
        if actor and actor.role is Role.AGENT:
            self.agents.heard(actor, payload)

    def _scan(self, payload: object = None, *_more: object) -> None:
        actor = self.actors.get(_sid())
        if actor and actor.role is Role.AGENT:
            self.scans.heard(payload, self.hub.hall, self.actors)

    def _line_of(self, actor: Actor) -> str | None:
        """The newest line of a device: an older one may be dead without anybody knowing yet."""
        return next((sid for sid, other in reversed(self.actors.items()) if other == actor), None)

    def _tell_health(self) -> None:
        """Several times a second where a port comes and goes: the database is asked for the devices but once."""
        room, known = self.rooms.rooms.get("supervisor"), self.health.known()
        if room is not None:
            told = {"devices": self.health.devices(self.hub.hall, known)}
            for sid in room.alone | room.together:
                self.socketio.emit("health", told, to=sid)
        printers = self.health.all_of("printers", known)
        for sid in list(self.printers):
            self._tell_printer_if_changed(sid, printers)

    def printer_of(self, actor: Actor | None, printers: Sequence[Found] | None = None) -> View | None:
        """The printer of a kiosk, as `printer` tells it; None for anybody else, and where there is none."""
        if actor is None or actor.role is not Role.KIOSK:
            return None
        return self.health.printer_in(actor.name, self.hub.hall, printers)

    def _tell_printer_on_joining(self, sid: str, kiosk: Actor) -> None:
        """Nothing where there is none: after a restart the agent may only come later, and the kiosk has a memory."""
        printer = self.printer_of(kiosk)
        self.printers[sid] = _essence(printer or NO_PRINTER)
        if printer:
            self.socketio.emit("printer", printer, to=sid)

    def _tell_printer_if_changed(self, sid: str, printers: Sequence[Found]) -> None:
        printer = self.printer_of(self.actors.get(sid), printers) or NO_PRINTER
        if sid in self.printers and _essence(printer) != self.printers[sid]:
            self.printers[sid] = _essence(printer)
            self.socketio.emit("printer", printer, to=sid)

    # Who may see what

    def snapshot(self, room: str, actor: Actor | None) -> View:
        """The snapshot of a room. Raises RoleForbids, UnknownRoom, UnknownCounter or UnknownTicket."""
        hall, now = self.hub.hall, self.hub.now()
        kind, _, key = room.partition(":")
        if kind == "ticket":
            return {"room": room} | self.phones.snapshot(key, now)
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
            planned = self.live.told(now)
            return self.views.staff_snapshot(hall, now) | {"devices": self.health.devices(hall)} | planned
        raise UnknownRoom(room=room)


def _cut_to_counter(number: int, change: Change, message: View) -> View | None:
    touched, counter = change.touched, change.hall.counters.get(number)
    served = counter.own + counter.help if counter else ()
    if number not in touched.counters and not set(touched.services) & set(served):
        return None
    call = message["call"]
    return message | {
        "counters": [each for each in message["counters"] if each["number"] == number],
        "services": [each for each in message["services"] if each["code"] in served],
        "call": call if call and call["counter"] == number else None,
    }


def _essence(printer: View) -> tuple[str, str]:
    """Without `since`, whose milliseconds follow the agent's idea of the hub's clock."""
    return printer["state"], printer["code"]


def _require(actor: Actor | None, allowed: bool) -> None:
    if not allowed:
        raise RoleForbids(role=actor.role if actor else Role.CITIZEN)


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]  # Flask-SocketIO adds it
