"""What the command line changes: through the running hub, else with a hub of its own for a moment."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import quote

from app import bootstrap, centre_file, control, dossier_file, procedure_file
from app.accounts import Accounts, check_name
from app.clock import WallClock
from app.config import Config
from app.control import COMMAND_LINE, Control
from app.core.permissions import Role
from app.devices import Devices
from app.hub import Hub
from app.store.database import AlreadyRunning
from app.store.store import Store

T = TypeVar("T")


class Desk(Protocol):
    """The changes that the command line can make."""

    def save_person(self, name: str, role: Role, full_name: str | None, password: str) -> None:
        """Add somebody, or change them; `full_name` None keeps it. Whether they are active stays as it was."""

    def add_device(self, name: str, kind: str) -> dict[str, Any]: ...

    def import_centre(self, file: Path) -> list[str]: ...

    def import_dossiers(self, file: Path, *, dry_run: bool) -> dict[str, int]: ...

    def import_procedures(self, file: Path, *, dry_run: bool) -> dict[str, Any]:
        """What changes, as procedure_file.told says it."""


def desk(config: Config) -> Desk:
    """A way to the centre's database, whether its hub runs or not. Raises AlreadyRunning or Unusable."""
    try:
        store = Store(config.db)
    except AlreadyRunning:
        running = control.find(config.db)
        if running is None:
            raise
        return ThroughHub(running)
    hub = Hub(store, WallClock())
    bootstrap.seed_if_new(hub)
    return Alone(hub)


@dataclass(frozen=True, slots=True)
class ThroughHub:
    """Asks the running hub, as any program would."""

    hub: Control

    def save_person(self, name: str, role: Role, full_name: str | None, password: str) -> None:
        check_name(name)  # here, because a name with a slash in it would not even reach the hub's own check
        people: list[dict[str, Any]] = self.hub.ask("GET", "/people")["people"]
        known = next((each for each in people if each["name"] == name), {})
        body = {
            "full_name": known.get("full_name", "") if full_name is None else full_name,
            "role": role,
            "active": known.get("active", True),
            "password": password,
        }
        self.hub.ask("PUT", f"/people/{quote(name, safe='')}", body)

    def add_device(self, name: str, kind: str) -> dict[str, Any]:
        made: dict[str, Any] = self.hub.ask("POST", "/devices", {"name": name, "kind": kind})
        return made

    def import_centre(self, file: Path) -> list[str]:
        done: list[str] = self.hub.ask("PUT", "/centre.toml", text=file.read_text(encoding="utf-8"))["changes"]
        return done

    def import_dossiers(self, file: Path, *, dry_run: bool) -> dict[str, int]:
        path = f"/dossiers?file={quote(file.name, safe='')}" + ("&dry_run=1" if dry_run else "")
        counts: dict[str, int] = self.hub.ask("POST", path, file=file.read_bytes())
        return counts

    def import_procedures(self, file: Path, *, dry_run: bool) -> dict[str, Any]:
        asked = ("POST", "/procedures/preview") if dry_run else ("PUT", "/procedures")
        changes: dict[str, Any] = self.hub.ask(*asked, file=file.read_bytes())
        return changes


@dataclass(frozen=True, slots=True)
class Alone:
    """No hub runs: be one, for one change."""

    hub: Hub

    def save_person(self, name: str, role: Role, full_name: str | None, password: str) -> None:
        accounts = Accounts(self.hub)
        known = next((each for each in accounts.people() if each.name == name), None)
        shown = (known.full_name if known else "") if full_name is None else full_name
        active = known.active if known else True
        self._and_go(lambda: accounts.save_person(COMMAND_LINE, name, shown, role, active=active, password=password))

    def add_device(self, name: str, kind: str) -> dict[str, Any]:
        devices = Devices(self.hub)
        device, token = self._and_go(lambda: devices.add(COMMAND_LINE, name, kind))
        return {"name": device.name, "kind": device.kind, "page": device.page, "token": token}

    def import_centre(self, file: Path) -> list[str]:
        text = file.read_text(encoding="utf-8")
        return self._and_go(lambda: centre_file.apply(self.hub, centre_file.loads(text, file.name), COMMAND_LINE))

    def import_dossiers(self, file: Path, *, dry_run: bool) -> dict[str, int]:
        def take() -> dict[str, int]:
            return dossier_file.take(self.hub, file.read_bytes(), file.name, COMMAND_LINE, dry_run=dry_run)

        return self._and_go(take)

    def import_procedures(self, file: Path, *, dry_run: bool) -> dict[str, Any]:
        def take() -> dict[str, Any]:
            present = self.hub.store.every_procedure()
            after = procedure_file.read(file.read_bytes(), self.hub.hall.services, present)
            if dry_run:
                return procedure_file.told(procedure_file.compare(present, after))
            return procedure_file.told(procedure_file.take(self.hub, after, COMMAND_LINE))

        return self._and_go(take)

    def _and_go(self, work: Callable[[], T]) -> T:
        try:
            return work()
        finally:
            self.hub.store.close()
