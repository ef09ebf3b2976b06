"""The supervisor's board before a hub within the test, which writes on its planning board and turns its clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect
from werkzeug.serving import make_server

from app.board import BoardState
from app.core import commands as cmd
from app.core.permissions import Actor, Role
from tests.running_hub import PASSWORD
from tests.system.within import Office, hub_within

MONDAY = "2026-11-23"
ADMIN = Actor("quan-tri", Role.ADMIN)


def at(clock_time: str) -> int:
    local = datetime.fromisoformat(f"{MONDAY}T{clock_time}").replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    return int(local.timestamp() * 1000)


class OnTheBoard:
    """Where things stand on the supervisor's board."""

    page: Page

    def service(self, code: str) -> Locator:
        return self.page.locator(".hurt-row", has=self.page.locator(f"[data-service={code}]"))

    def figure(self, code: str, name: str) -> Locator:
        return self.service(code).locator(f".figure-{name}")

    def desk(self, number: int) -> Locator:
        return self.page.locator(f"[data-counter='{number}']")


@dataclass
class WatchedBoard(OnTheBoard):
    """The board as a supervisor sees it, and the hub behind it."""

    office: Office
    url: str
    page: Page

    def look(self) -> None:
        self.page.goto(f"{self.url}/supervisor")
        expect(self.page.locator("html[data-line=live]")).to_be_attached()

    @property
    def card(self) -> Locator:
        return self.page.locator("[data-advice]")

    @property
    def undo(self) -> Locator:
        return self.page.locator(".undo-bar button")

    def seat(self, number: int, clerk: str, own: tuple[str, ...]) -> None:
        self.office.ok("PUT", f"/counters/{number}/services", {"own": own, "help": []})
        self.office.ok("POST", f"/counters/{number}/open", {"clerk": clerk})
        self.office.pass_s(1)

    def served(self, number: int) -> tuple[list[str], list[str]]:
        counter = self.office.counter(number)
        return counter["own"], counter["help"]

    def set_centre(self, **settings: Any) -> None:
        hub = self.office.parts.hub
        hub.handle(cmd.SaveSettings(replace(hub.hall.settings, **settings)), ADMIN)

    def change_service(self, code: str, **facts: Any) -> None:
        hub = self.office.parts.hub
        hub.handle(cmd.SaveService(replace(hub.hall.services[code], **facts)), ADMIN)


@dataclass
class Desk:
    """A hub, and where its pages are."""

    office: Office
    url: str

    def sit_down(self, page: Page) -> WatchedBoard:
        """As the supervisor, not before eight."""
        self.office.clock.at = max(self.office.clock.at, at("08:00"))
        answer = page.request.post(f"{self.url}/api/v1/session", data={"name": "phu-trach", "password": PASSWORD})
        assert answer.ok, answer.text()
        return WatchedBoard(self.office, self.url, page)

    def tidy_up(self) -> None:
        """Nobody waits, every counter is closed, and nothing is advised or planned."""
        office = self.office
        office.pass_s(60)
        office.parts.views.board.replace_advice((), BoardState.THINKING, 0)
        for ticket in [ticket for ticket in office.parts.hub.hall.tickets.values() if ticket.state == "waiting"]:
            office.ok("POST", f"/tickets/{ticket.id}/cancel")
        office.ok("PUT", "/rota", {"shifts": []})
        for counter in office.ok("GET", "/counters")["counters"]:
            self._close(counter)

    def _close(self, counter: dict[str, Any]) -> None:
        path = f"/counters/{counter['number']}"
        if counter["breaks"]:
            self.office.ok("PUT", f"{path}/breaks", {"breaks": []})
        if counter["ticket"]:
            self.office.ok("POST", f"{path}/finish")
        if counter["state"] != "closed":
            self.office.ok("POST", f"{path}/close")


@contextmanager
def supervisors_desk(folder: Path) -> Iterator[Desk]:
    with hub_within(folder, f"{MONDAY}T07:00", ("hoa", "lan")) as office:
        office.parts.accounts.save_person(ADMIN, "phu-trach", "Mai", Role.SUPERVISOR, active=True, password=PASSWORD)
        office.ok("PUT", "/people/hoa/skills", {"services": ["HT", "DD"]})
        server = make_server("127.0.0.1", 0, office.flask, threaded=True)
        serving = Thread(target=server.serve_forever, daemon=True)
        serving.start()
        yield Desk(office, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        serving.join()
        server.server_close()
