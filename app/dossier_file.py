"""Dossiers from a file of the dossier system: CSV as an office has it. With one mistake in it, nothing is taken."""

import logging
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, replace
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from app.core import commands as cmd
from app.core.hall import Hall, day_of
from app.core.permissions import Actor
from app.csv_file import Form, Line, Mistakes, lines
from app.dossier_mistakes import (
    DossierChannelUnclear,
    DossierDateUnclear,
    DossierDayToCome,
    DossierLineBroken,
    DossierReturnedTooEarly,
    DossiersCutShort,
    DossierTwice,
)
from app.hub import Hub
from app.store import dossiers
from app.store.database import WriteFailed, snapshot
from app.store.dossiers import Dossier, folded

log = logging.getLogger(__name__)
Run = Callable[[Callable[[], Any]], Any]
LARGEST = 5 * 1024 * 1024
# What a heading may say, without marks, capitals and signs; the first of each is told where it is missing.
HEADINGS = {
    "code": ("ma ho so", "so ho so", "code", "dossier", "dossier code"),
    "procedure": ("thu tuc", "ten thu tuc", "thu tuc hanh chinh", "ten tthc", "tthc", "procedure"),
    "service": ("linh vuc", "service", "field"),
    "channel": ("hinh thuc", "hinh thuc tiep nhan", "hinh thuc nop", "kenh", "kenh tiep nhan", "channel"),
    "received_on": ("ngay tiep nhan", "ngay nhan", "ngay nop", "received", "received on"),
    "due_on": ("ngay hen tra", "ngay hen", "ngay hen tra ket qua", "han tra", "due", "due on"),
    "returned_on": ("ngay tra", "ngay tra ket qua", "ngay tra thuc te", "ngay ket thuc", "returned", "returned on"),
}
TOLD = {
    "code": "mã hồ sơ",
    "procedure": "thủ tục",
    "service": "lĩnh vực",
    "channel": "hình thức",
    "received_on": "ngày tiếp nhận",
    "due_on": "ngày hẹn trả",
    "returned_on": "ngày trả",
}
NEEDED = ("code", "channel", "received_on")
CHANNELS = {
    **dict.fromkeys(("truc tuyen", "online", "nop truc tuyen", "qua mang", "dich vu cong"), "online"),
    **dict.fromkeys(("truc tiep", "nop truc tiep", "tai quay", "in person", "in_person", "mot cua"), "in_person"),
    **dict.fromkeys(("buu chinh", "buu chinh cong ich", "qua buu chinh", "post"), "in_person"),
}
DATES = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")
LONGEST = 200
LONGEST_PROCEDURE = 1000  # some official names of procedures go over many lines of a page
# An import of so many is written at once. More are written in parts, each as large as the last one's time allows.
FIRST_PART = 250
SMALLEST_PART = 50
PART_S = 0.01  # what a part aims at: a press that comes meanwhile waits for one part


def direct(work: Callable[[], Any]) -> Any:
    return work()


def take(hub: Hub, data: bytes, file: str, actor: Actor, *, dry_run: bool = False, run: Run = direct) -> dict[str, int]:
    """Read a file and keep its dossiers. `run` runs slow work on a real thread. Raises as `read` and `keep` do."""
    hall, today = hub.hall, day_of(hub.now(), hub.hall.settings.timezone)
    found = run(lambda: read(data, hall, today))
    return keep(hub, found, file, actor, dry_run=dry_run, run=run)


def keep(
    hub: Hub, found: Sequence[Dossier], file: str, actor: Actor, *, dry_run: bool = False, run: Run = direct
) -> dict[str, int]:
    """Keep these dossiers by their codes, and say how many are {new, changed, same}. A dry run keeps nothing.

    Nobody who presses waits for the comparing. The few hundred new or changed ones of an ordinary file are written in
    one transaction with the note that tells of it. More are written in parts, each with the hub's lock for some
    milliseconds: a power cut in between leaves the parts before it, and "dossiers import begun" in the log without
    "dossiers imported". Each dossier in it is right, and the same file brought again adds the others. While two files
    are brought at once, a dossier that stands in both is as either tells it.

    Raises WriteFailed where the disk refused at once, DossiersCutShort in the middle.
    """
    sorted_out = run(lambda: _compared(hub, found))
    counts = {what: len(each) for what, each in sorted_out.items()}
    if not dry_run:
        told = ", ".join(f"{count} {what}" for what, count in counts.items()) + f"; {actor.label}"
        _write(hub, [*sorted_out["new"], *sorted_out["changed"]], file[:LONGEST], told, run)
    return counts


def _compared(hub: Hub, found: Sequence[Dossier]) -> dict[str, list[Dossier]]:
    with snapshot(hub.store.path) as reads:
        return dossiers.compared(reads, found)


def _write(hub: Hub, changes: Sequence[Dossier], file: str, told: str, run: Run) -> None:
    at, size, done = hub.now(), FIRST_PART, 0
    while done < len(changes):
        # on the real thread, and the loop has its turn between two parts
        rows = run(partial(_rows, changes[done : done + size], at))
        last = done + len(rows) == len(changes)
        what = "dossiers imported" if last else "" if done else "dossiers import begun"
        try:
            took_s = _write_part(hub, rows, cmd.Note(what, file, told) if what else None)
        except WriteFailed as error:
            if not done:
                raise
            log.error("%s", error)  # noqa: TRY400 - it says all, and the trace nothing
            raise DossiersCutShort(kept=done, count=len(changes)) from error
        done += len(rows)
        size = max(SMALLEST_PART, min(2 * size, int(len(rows) * PART_S / took_s)))


def _rows(part: Sequence[Dossier], at: int) -> list[tuple[Any, ...]]:
    return [(*astuple(each), at) for each in part]


def _write_part(hub: Hub, rows: Sequence[tuple[Any, ...]], note: cmd.Note | None) -> float:
    """How long it held the lock, in seconds."""
    with hub.lock:
        started = time.perf_counter()
        if note:  # the hub's own: a supervisor may bring dossiers, but may not note just anything
            hub.handle(note, also=dossiers.put(rows))
        else:
            hub.store.commit((), also=dossiers.put(rows))
        return time.perf_counter() - started


def read(data: bytes, hall: Hall, today: str | None = None) -> list[Dossier]:
    """The dossiers of a file. A service that the centre knows by code or name becomes its code.

    `today` as YYYY-MM-DD: nothing was received or returned later; None: whoever asks does not know the day.
    A line that says again what an earlier one said counts once. Raises a Mistake that names the line, and what to do;
    it knows the first one of each other line.
    """
    services, mistakes = _services(hall), Mistakes()
    found: dict[str, tuple[int, Dossier]] = {}  # by folded codes, each with its line
    for line in lines(data, FORM, mistakes):
        with mistakes.noted():
            dossier = _dossier(line, services, today)
            earlier, known = found.setdefault(folded(dossier.code), (line.number, dossier))
            if replace(known, code=dossier.code) != dossier:
                raise DossierTwice(**line.at("code"), value=dossier.code, earlier=earlier)
    mistakes.tell()
    return [dossier for _, dossier in found.values()]


def _services(hall: Hall) -> dict[str, str]:
    names = ((service.code, each) for service in hall.services.values() for each in (service.name, service.name_en))
    return {plain(name): code for code, name in names if name} | {plain(code): code for code in hall.services}


def _dossier(line: Line, services: Mapping[str, str], today: str | None) -> Dossier:
    code, channel = line.needed("code"), _channel(line)
    received_on, returned_on = _past(line, "received_on", line.needed("received_on"), today), None
    if returned := line.value("returned_on"):
        returned_on = _past(line, "returned_on", returned, today)
        if returned_on < received_on:
            raise DossierReturnedTooEarly(**line.at("returned_on"), value=returned)
    due, service = line.value("due_on"), line.value("service")
    return Dossier(
        code=code,
        service=services.get(plain(service), service),
        procedure=line.value("procedure"),
        channel=channel,
        received_on=received_on,
        due_on=_date(line, "due_on", due) if due else None,
        returned_on=returned_on,
    )


def _channel(line: Line) -> str:
    value = line.needed("channel")
    if plain(value) not in CHANNELS:
        raise DossierChannelUnclear(**line.at("channel"), value=value)
    return CHANNELS[plain(value)]


def _past(line: Line, name: str, value: str, today: str | None) -> str:
    day = _date(line, name, value)
    if today is not None and day > today:
        raise DossierDayToCome(**line.at(name), value=value)
    return day


def _date(line: Line, name: str, value: str) -> str:
    """The day of a date with or without a time after it."""
    day = _iso(value.replace("T", " ").split()[0])
    if day is None:
        raise DossierDateUnclear(**line.at(name), value=value)
    return day


@lru_cache(maxsize=4096)
def _iso(day: str) -> str | None:
    for form in DATES:
        try:
            return datetime.strptime(day, form).date().isoformat()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


@lru_cache(maxsize=1024)
def plain(text: str) -> str:
    """Without marks, capitals, signs and second spaces: how a heading is recognised."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    kept = (letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(kept).split())


def _column(heading: str) -> str | None:
    return next((name for name, known in HEADINGS.items() if plain(heading) in known), None)


FORM = Form(
    name_of=_column,
    told=TOLD,
    needed=NEEDED,
    longest=LONGEST,
    longer={"procedure": LONGEST_PROCEDURE},
    single=DossierLineBroken,
)
