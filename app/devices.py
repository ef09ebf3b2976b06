"""Screens, kiosks, agents and programs, known by a token; and how a new screen gets one without anybody copying it."""

import secrets
from dataclasses import dataclass, field

from app.accounts import NameTaken, check_name, digest
from app.core import commands as cmd
from app.core.errors import Unknown
from app.core.permissions import Actor, Role
from app.health import OWN_AGENT
from app.hub import Hub
from app.store import accounts as rows
from app.store.accounts import Device
from app.store.log import Also

JOIN_MS = 10 * 60 * 1000


class UnknownDevice(Unknown):
    code = "unknown_device"
    text = "There is no device with the name %(name)s."


class UnknownJoinCode(Unknown):
    code = "unknown_join_code"
    text = "No screen shows the code %(join_code)s now. Read it again from the screen."


@dataclass(slots=True)
class Joining:
    """A screen that shows a code and waits for an administrator to type it."""

    code: str
    page: str
    expires_at: int
    token: str | None = None
    device: str = ""


@dataclass
class Devices:
    hub: Hub
    _of_this_run: dict[str, Actor] = field(default_factory=dict)
    _joining: dict[str, Joining] = field(default_factory=dict)

    def all(self) -> list[Device]:
        return rows.devices(self.hub.store.reads)

    def token_of_this_run(self, actor: Actor) -> str:
        """A token that is worth something as long as this hub runs: for its agent and the command line."""
        token = secrets.token_urlsafe(32)
        self._of_this_run[digest(token)] = actor
        return token

    def actor_of(self, token: str) -> Actor | None:
        """Whoever a bearer token stands for."""
        own = self._of_this_run.get(digest(token))
        device = None if own else self.of_token(token)
        return Actor(device.name, Role(device.kind)) if device else own

    def of_token(self, token: str) -> Device | None:
        return rows.device_of_token(self.hub.store.reads, digest(token))

    def add(self, actor: Actor, name: str, kind: str, page: str = "") -> tuple[Device, str]:
        """A device and its token, which is shown once. Raises BadName or NameTaken."""
        check_name(name)
        token = secrets.token_urlsafe(32)
        with self.hub.lock:
            if self._device(name) or name == OWN_AGENT:
                raise NameTaken(name=name)
            device = Device(name, kind, page, digest(token), self.hub.now())
            self._note("device added", name, f"{kind} {page}".strip(), actor, also=rows.put_device(device))
        return device, token

    def remove(self, actor: Actor, name: str) -> None:
        with self.hub.lock:
            if not self._device(name):
                raise UnknownDevice(name=name)
            self._note("device removed", name, "", actor, also=rows.drop_device(name))

    def _device(self, name: str) -> Device | None:
        return next((device for device in self.all() if device.name == name), None)

    # Joining a screen by its code

    def start_joining(self, page: str) -> tuple[str, Joining]:
        """A secret for the screen and the six digits that it shows."""
        now = self.hub.now()
        self._joining = {key: each for key, each in self._joining.items() if each.expires_at > now}
        shown = {each.code for each in self._joining.values()}
        code = next(c for c in iter(lambda: f"{secrets.randbelow(10**6):06d}", None) if c not in shown)
        secret = secrets.token_urlsafe(24)
        self._joining[secret] = Joining(code, page, now + JOIN_MS)
        return secret, self._joining[secret]

    def joining(self, secret: str) -> Joining | None:
        """What became of it; None where it has expired."""
        found = self._joining.get(secret)
        return found if found and found.expires_at > self.hub.now() else None

    def join(self, actor: Actor, code: str, name: str, page: str | None) -> Device:
        """An administrator has typed the code; typing it again for the same name changes nothing.

        Raises UnknownJoinCode, BadName or NameTaken.
        """
        with self.hub.lock:
            found = next((each for each in self._joining.values() if each.code == code), None)
            if found is None or found.expires_at <= self.hub.now():
                raise UnknownJoinCode(join_code=code)
            return self._joined(found, name) if found.token else self._join(actor, found, name, page or found.page)

    def _joined(self, joining: Joining, name: str) -> Device:
        device = self._device(name) if joining.device == name else None
        if device is None:
            raise UnknownJoinCode(join_code=joining.code)
        return device

    def _join(self, actor: Actor, joining: Joining, name: str, page: str) -> Device:
        kind = _kind_of(page)
        device, joining.token = self.add(actor, name, kind, page)
        joining.page, joining.device = page, name
        joining.expires_at = self.hub.now() + JOIN_MS  # the screen has yet to ask for what it became
        return device

    def _note(self, what: str, name: str, detail: str, actor: Actor, *, also: Also) -> None:
        self.hub.handle(cmd.Note(what, name, detail), actor, also=also)


def _kind_of(page: str) -> str:
    """What a machine is that shows this page."""
    if page.startswith(("/kiosk", "/station/")):
        return "kiosk"
    return "robot" if page.partition("?")[0] == "/robot" else "display"
