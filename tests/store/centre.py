"""A centre that is really kept: a hub and a store on a file, and a clock moved by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.core import commands as cmd
from app.core.centre import PriorityClass, Service, Settings
from app.core.hall import LONG_AGO, Hall
from app.hub import Hub
from app.store.store import Store

SETTINGS = Settings(priority_classes=(PriorityClass("elderly", "Người cao tuổi", "Elderly"),))
SERVICES = (Service("HT", "A", "Hộ tịch"), Service("DD", "B", "Đất đai"), Service("XD", "C", "Xây dựng"))
COUNTERS = (
    cmd.SaveCounter(1, "Quầy 1", ("HT",), ("DD",)),
    cmd.SaveCounter(2, "Quầy 2", ("HT", "DD"), ()),
    cmd.SaveCounter(3, "Quầy 3", ("DD",), ("HT",)),
)


def hanoi(clock: str, day: str = "2026-11-23") -> int:
    """Milliseconds since the epoch at a time of day in the centre."""
    moment = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    return int(moment.timestamp() * 1000)


@dataclass
class HandClock:
    """Goes on only when somebody moves it, and back too."""

    at: int = hanoi("08:00")
    rate: float = 1.0

    def now(self) -> int:
        return self.at

    def go(self, seconds: float) -> None:
        self.at += int(seconds * 1000)


def furnish(hub: Hub) -> None:
    """Three services, three counters, the first of them open."""
    hub.handle(cmd.SaveSettings(SETTINGS))
    for service in SERVICES:
        hub.handle(cmd.SaveService(service))
    for counter in COUNTERS:
        hub.handle(counter)
    hub.handle(cmd.OpenCounter(1, "lan"))


@contextmanager
def running(path: Path, clock: HandClock) -> Iterator[Hub]:
    """A hub on this file, stopped at the end as a power cut would: nothing is written on leaving."""
    with Store.opened(path) as store:
        yield Hub(store, clock)


def plain(hall: Hall) -> Hall:
    """The hall without what means nothing: an empty line, a weave that was never begun, the order of a mapping."""
    return replace(
        hall,
        queues={code: queue for code, queue in hall.queues.items() if queue},
        kept={number: ids for number, ids in hall.kept.items() if ids},
        weave={code: count for code, count in hall.weave.items() if count != LONG_AGO},
    )


def take(hub: Hub, service: str = "HT", priority: str | None = None) -> str:
    """A citizen takes a number; the id is unlike every other of these tests."""
    id_ = f"t{hub.hall.seq}"
    hub.handle(cmd.IssueTicket(id_, service, priority=priority))
    return id_
