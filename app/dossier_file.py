"""Dossiers from a file of the dossier system: CSV as an office has it, taken whole or not at all."""

import csv
import io
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar

from app.core import commands as cmd
from app.core.errors import Invalid
from app.core.hall import Hall
from app.core.permissions import Actor
from app.hub import Hub
from app.store import dossiers
from app.store.dossiers import Dossier

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


class BadDossierFile(Invalid):
    code: ClassVar[str] = "bad_dossier_file"
    text: ClassVar[str] = "%(file)s cannot be read: save it as CSV in UTF-8."


class DossierColumnMissing(Invalid):
    code: ClassVar[str] = "dossier_column_missing"
    text: ClassVar[str] = "Line 1: there is no column '%(column)s'. Its columns are: %(found)s."


class DossierColumnTwice(Invalid):
    code: ClassVar[str] = "dossier_column_twice"
    text: ClassVar[str] = "Line 1: there are two columns '%(column)s'. Leave one of them out."


class DossierValueMissing(Invalid):
    code: ClassVar[str] = "dossier_value_missing"
    text: ClassVar[str] = "Line %(line)s, column '%(column)s': it is empty. Fill it in, or leave the line out."


class DossierDateUnclear(Invalid):
    code: ClassVar[str] = "dossier_date_unclear"
    text: ClassVar[str] = (
        "Line %(line)s, column '%(column)s': '%(value)s' is not a day. Write it as 01/07/2025 or 2025-07-01."
    )


class DossierChannelUnclear(Invalid):
    code: ClassVar[str] = "dossier_channel_unclear"
    text: ClassVar[str] = (
        "Line %(line)s, column '%(column)s': '%(value)s' is not known. Write 'trực tuyến' or 'trực tiếp'."
    )


class DossierReturnedTooEarly(Invalid):
    code: ClassVar[str] = "dossier_returned_too_early"
    text: ClassVar[str] = (
        "Line %(line)s, column '%(column)s': '%(value)s' is before the day on which the dossier was received. "
        "Correct one of the two days."
    )


class DossierTwice(Invalid):
    code: ClassVar[str] = "dossier_twice"
    text: ClassVar[str] = (
        "Line %(line)s, column '%(column)s': '%(value)s' stands in line %(earlier)s already. Leave one of them out."
    )


class DossierValueTooLong(Invalid):
    code: ClassVar[str] = "dossier_value_too_long"
    text: ClassVar[str] = "Line %(line)s, column '%(column)s': longer than %(most)s letters. Shorten it."


def keep(hub: Hub, found: list[Dossier], file: str, actor: Actor, *, dry_run: bool = False) -> dict[str, int]:
    """Keep these dossiers by their codes, and say how many are {new, changed, same}. A dry run keeps nothing.

    The log notes each import and who brought it, in the transaction that keeps it.
    """
    with hub.lock:
        sorted_out = dossiers.compared(hub.store.reads, found)
        counts = {what: len(each) for what, each in sorted_out.items()}
        changes = [*sorted_out["new"], *sorted_out["changed"]]
        if changes and not dry_run:
            told = ", ".join(f"{count} {what}" for what, count in counts.items()) + f"; {actor.label}"
            # the hub's own note: a supervisor may bring dossiers, but may not note just anything
            hub.handle(cmd.Note("dossiers imported", file[:LONGEST], told), also=dossiers.put(changes, hub.now()))
    return counts


def read(data: bytes, file: str, hall: Hall) -> list[Dossier]:
    """The dossiers of a file. A service that the centre knows by code or name becomes its code.

    Raises an Invalid that names line, column and value, and what to do.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadDossierFile(file=file) from None
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        columns = _columns(next(lines, []))
        services = _services(hall)
        seen: dict[str, int] = {}
        return [
            _Line(lines.line_num, columns, row).dossier(services, seen) for row in lines if any(map(str.strip, row))
        ]
    except csv.Error:
        raise BadDossierFile(file=file) from None


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(";\t,", key=head.count)


def _columns(headings: list[str]) -> dict[str, int]:
    """Where each of our columns stands. Others may stand there too."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = next((name for name, known in HEADINGS.items() if plain(heading) in known), None)
        if name in found:
            raise DossierColumnTwice(column=heading.strip())
        if name:
            found[name] = place
    for name in NEEDED:
        if name not in found:
            told = ", ".join(heading.strip() for heading in headings if heading.strip()) or "–"
            raise DossierColumnMissing(column=TOLD[name], found=told[:LONGEST])
    return found


def _services(hall: Hall) -> dict[str, str]:
    names = ((service.code, each) for service in hall.services.values() for each in (service.name, service.name_en))
    return {plain(name): code for code, name in names if name} | {plain(code): code for code in hall.services}


class _Line:
    """One line of the file, numbered as an editor does."""

    def __init__(self, number: int, columns: Mapping[str, int], row: list[str]) -> None:
        self.number, self.columns, self.row = number, columns, row

    def dossier(self, services: Mapping[str, str], seen: dict[str, int]) -> Dossier:
        code = self._needed("code")
        if code in seen:
            raise DossierTwice(**self._at("code"), value=code, earlier=seen[code])
        seen[code] = self.number
        received_on, returned_on = self._date(self._needed("received_on"), "received_on"), self._day("returned_on")
        if returned_on and returned_on < received_on:
            raise DossierReturnedTooEarly(**self._at("returned_on"), value=self._value("returned_on"))
        service = self._value("service")
        return Dossier(
            code=code,
            service=services.get(plain(service), service),
            procedure=self._value("procedure"),
            channel=self._channel(),
            received_on=received_on,
            due_on=self._day("due_on"),
            returned_on=returned_on,
        )

    def _channel(self) -> str:
        value = self._needed("channel")
        if plain(value) not in CHANNELS:
            raise DossierChannelUnclear(**self._at("channel"), value=value)
        return CHANNELS[plain(value)]

    def _day(self, name: str) -> str | None:
        value = self._value(name)
        return self._date(value, name) if value else None

    def _date(self, value: str, name: str) -> str:
        """The day of a date with or without a time after it."""
        day = value.replace("T", " ").split()[0]
        for form in DATES:
            try:
                return datetime.strptime(day, form).date().isoformat()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                continue
        raise DossierDateUnclear(**self._at(name), value=value)

    def _needed(self, name: str) -> str:
        value = self._value(name)
        if not value:
            raise DossierValueMissing(**self._at(name))
        return value

    def _value(self, name: str) -> str:
        place = self.columns.get(name, len(self.row))
        value = self.row[place].strip() if place < len(self.row) else ""
        if len(value) > LONGEST and name != "procedure":
            raise DossierValueTooLong(**self._at(name), most=LONGEST)
        return value

    def _at(self, name: str) -> dict[str, object]:
        return {"line": self.number, "column": TOLD[name]}


def plain(text: str) -> str:
    """Without marks, capitals, signs and second spaces: how a heading is recognised."""
    letters = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    kept = (letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(kept).split())
