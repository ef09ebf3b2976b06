"""Who listens where, and telling them: every message numbered so that a listener knows if it missed one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]
Emit = Callable[[str, object, str], None]


@dataclass
class Room:
    """`told` is the seq up to which its members know everything that concerns the room."""

    told: int
    alone: set[str] = field(default_factory=set)
    together: set[str] = field(default_factory=set)


@dataclass
class Rooms:
    """Members get each event in a message of its own, or (`together`) what one press changed in one message.

    A screen wants the latter: it never shows half a press, and a press costs each of 200 lines one write, not two.
    `emit` sends (event name, payload, Socket.IO room).
    """

    emit: Emit
    rooms: dict[str, Room] = field(default_factory=dict)

    def join(self, name: str, sid: str, seq: int, *, together: bool) -> str:
        """Take a listener in who has the snapshot of `seq`; gives the Socket.IO room that it must enter."""
        room = self.rooms.setdefault(name, Room(seq))  # who is here already has been told no less than concerns it
        room.alone.discard(sid)
        room.together.discard(sid)
        (room.together if together else room.alone).add(sid)
        return _channel(name, together=together)

    def leave(self, name: str, sid: str) -> list[str]:
        """The Socket.IO rooms to leave. An empty room leaves nothing behind: those of tickets come and go all day."""
        room = self.rooms.get(name)
        if room is None or (sid not in room.alone and sid not in room.together):
            return []
        room.alone.discard(sid)
        room.together.discard(sid)
        if not room.alone and not room.together:
            del self.rooms[name]
        return [_channel(name, together=False), _channel(name, together=True)]

    def leave_all(self, sid: str) -> None:
        for name in list(self.rooms):
            self.leave(name, sid)

    def tell(self, name: str, messages: Sequence[Message]) -> None:
        """Tell a room of the changes of one command, in order."""
        room = self.rooms.get(name)
        if room is None or not messages:
            return
        numbered = []
        for message in messages:
            numbered.append(message | {"prev": room.told})
            room.told = message["seq"]
        if room.together:
            self.emit("events", {"events": numbered}, _channel(name, together=True))
        if room.alone:
            for message in numbered:
                self.emit("event", message, _channel(name, together=False))

    def say(self, name: str, message: str, payload: Message) -> None:
        """Tell a room what is no change of the hall, and so has no number: whoever missed it finds it in a snapshot."""
        room = self.rooms.get(name)
        if room is None:
            return
        if room.together:
            self.emit(message, payload, _channel(name, together=True))
        if room.alone:
            self.emit(message, payload, _channel(name, together=False))


def _channel(name: str, *, together: bool) -> str:
    return f"{name} together" if together else name
