"""The catalogue of procedures as a CSV file: read, compared, taken over, and written out. With one mistake, nothing."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

from app.core import commands as cmd
from app.core.permissions import Actor
from app.hub import Hub
from app.procedure_mistakes import (
    BadProcedureFile,
    CatalogueChanged,
    NoProcedures,
    ProcedureColumnMissing,
    ProcedureColumnTwice,
    ProcedureColumnUnknown,
    ProcedureLineBroken,
    ProcedureLineTooLong,
    ProcedureServiceUnknown,
    ProcedureTwice,
    ProcedureValueMissing,
    ProcedureValueTooLong,
    ProcedureValueUnclear,
)
from app.store.catalogue import Procedure, put_procedures

SHIPPED = Path(__file__).parent / "data" / "procedures.csv"
LARGEST = 5 * 1024 * 1024
MOST = 10_000  # procedures that are ever asked for at once
LONGEST = 4000  # characters of a value
TOLD_AT_MOST = 200
# The file's columns and the procedure's fields; the last three came later, and a file without them leaves them alone.
COLUMNS = {
    "code": "code",
    "name_vi": "name",
    "name_en": "name_en",
    "field": "field",
    "counter_group": "service",
    "time_limit": "time_limit",
    "documents": "documents",
    "source": "source",
    "verified": "verified",
    "online": "online",
    "fee": "fee",
    "keywords": "keywords",
}
ADDED_LATER = ("online", "fee", "keywords")
NEEDED = ("code", "name_vi", "counter_group")
ONLINE = {"full": "full", "toàn trình": "full", "partial": "partial", "một phần": "partial", "no": "no", "không": "no"}
VERIFIED = {"yes": True, "có": True, "x": True, "no": False, "không": False, "": False}
Run = Callable[[Callable[[], Any]], Any]
FIELDS = tuple(each.name for each in fields(Procedure))


def direct(work: Callable[[], Any]) -> Any:
    return work()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What taking a file over would do; `digest` stands for the catalogue before and after."""

    added: tuple[Procedure, ...]
    changed: tuple[tuple[Procedure, tuple[dict[str, Any], ...]], ...]
    removed: tuple[Procedure, ...]
    unchanged: int
    digest: str


def shipped() -> list[Procedure]:
    """The starting catalogue."""
    return read(SHIPPED.read_bytes(), None)


def read(data: bytes, services: Collection[str] | None, present: Sequence[Procedure] = ()) -> list[Procedure]:
    """The procedures of a file, in UTF-8, separated by commas, semicolons or tabs.

    `services`: the codes that the centre has; None: whoever asks does not know. `present`: where the file lacks a
    column of ADDED_LATER, what is known stays. Raises an Invalid that names line and column, and what to do.
    """
    lines = _lines(_text(data))
    _, headings = next(lines, (1, []))
    columns = _columns(headings)
    known = {each.code: each for each in present}
    found: dict[str, tuple[int, Procedure]] = {}
    for number, row in lines:
        if any(value.strip() for value in row[len(headings) :]):
            raise ProcedureLineTooLong(line=number)
        line = _Line(number, columns, row)
        procedure = line.procedure(services, known)
        if procedure.code in found:
            raise ProcedureTwice(**line.at("code"), value=procedure.code, earlier=found[procedure.code][0])
        found[procedure.code] = (number, procedure)
    if not found:
        raise NoProcedures
    return [procedure for _, procedure in found.values()]


def write(procedures: Sequence[Procedure]) -> str:
    """The file that `read` takes; marked for Excel, which would else break Vietnamese letters."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for each in procedures:
        values = (getattr(each, name) for name in COLUMNS.values())
        writer.writerow(("yes" if value else "no") if isinstance(value, bool) else value for value in values)
    return "\ufeff" + out.getvalue()


def compare(before: Sequence[Procedure], after: Sequence[Procedure]) -> Comparison:
    old, new = ({each.code: each for each in these} for these in (before, after))
    both = [(old[each.code], each) for each in after if each.code in old]
    changed = tuple((mine, _differences(was, mine)) for was, mine in both if was != mine)
    return Comparison(
        added=tuple(each for each in after if each.code not in old),
        changed=changed,
        removed=tuple(each for each in before if each.code not in new),
        unchanged=len(both) - len(changed),
        digest=_digest(before, after),
    )


def take(
    hub: Hub, after: Sequence[Procedure], actor: Actor, digest: str | None = None, run: Run = direct
) -> Comparison:
    """Make the catalogue what `after` says. `run` runs slow work on a real thread.

    `digest`: of the comparison that was shown; raises CatalogueChanged where this one is another. Raises
    UnknownService where a service has gone meanwhile.
    """
    also = run(lambda: put_procedures(after))
    with hub.lock:
        found = compare(hub.store.every_procedure(), after)
        if digest is not None and digest != found.digest:
            raise CatalogueChanged
        hub.handle(replacing(after), actor, also=also)
        return found


def replacing(procedures: Sequence[Procedure]) -> cmd.ReplaceCatalogue:
    return cmd.ReplaceCatalogue(tuple((each.code, each.service) for each in procedures))


def told(found: Comparison) -> dict[str, Any]:
    """For people and programs: who comes, who goes, and what changes of the others."""
    return {
        "added": [_named(each) for each in found.added],
        "changed": [_named(each) | {"fields": list(differences)} for each, differences in found.changed],
        "removed": [_named(each) for each in found.removed],
        "unchanged": found.unchanged,
        "digest": found.digest,
    }


def _named(procedure: Procedure) -> dict[str, Any]:
    return {"code": procedure.code, "name": procedure.name, "service": procedure.service}


def _differences(was: Procedure, mine: Procedure) -> tuple[dict[str, Any], ...]:
    pairs = ((name, getattr(was, name), getattr(mine, name)) for name in FIELDS)
    return tuple({"field": name, "before": one, "after": other} for name, one, other in pairs if one != other)


def _digest(before: Sequence[Procedure], after: Sequence[Procedure]) -> str:
    plain = json.dumps([[astuple(each) for each in these] for these in (before, after)])
    return hashlib.sha256(plain.encode()).hexdigest()


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadProcedureFile from None
    if "\0" in text:
        raise BadProcedureFile
    return text


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, by the number of its first line in an editor; a value may go over several lines."""
    heading = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=heading.count), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error:
            raise ProcedureLineBroken(line=number) from None
        if row is None:
            return
        if any(value.strip() for value in row):
            yield number, row


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """Where each column stands. One that is not known is a slip of the pen rather than a note to oneself."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = heading.strip().lower()
        if not name:
            continue
        if name in found:
            raise ProcedureColumnTwice(column=name)
        if name not in COLUMNS:
            raise ProcedureColumnUnknown(column=name[:TOLD_AT_MOST], known=", ".join(COLUMNS))
        found[name] = place
    for name in COLUMNS:
        if name not in found and name not in ADDED_LATER:
            told = ", ".join(heading.strip() for heading in headings if heading.strip()) or "–"
            raise ProcedureColumnMissing(column=name, found=told[:TOLD_AT_MOST])
    return found


class _Line:
    """One row of the file."""

    def __init__(self, number: int, columns: Mapping[str, int], row: Sequence[str]) -> None:
        self.number, self.columns, self.row = number, columns, row

    def procedure(self, services: Collection[str] | None, known: Mapping[str, Procedure]) -> Procedure:
        for name in NEEDED:
            if not self._value(name):
                raise ProcedureValueMissing(**self.at(name))
        service = self._value("counter_group")
        if services is not None and service not in services:
            told = ", ".join(sorted(services))
            raise ProcedureServiceUnknown(**self.at("counter_group"), value=service, known=told)
        values: dict[str, Any] = {field: self._value(name) for name, field in COLUMNS.items() if name in self.columns}
        values["verified"] = self._one_of("verified", VERIFIED)
        if "online" in self.columns:
            values["online"] = self._one_of("online", ONLINE | {"": ""})
        before = known.get(values["code"])
        kept = {name: getattr(before, name) for name in ADDED_LATER if before and name not in self.columns}
        return Procedure(**values | kept)

    def _one_of(self, name: str, values: Mapping[str, Any]) -> Any:
        value = self._value(name)
        if value.lower() not in values:
            known = ", ".join(filter(None, values))
            raise ProcedureValueUnclear(**self.at(name), value=value[:TOLD_AT_MOST], known=known)
        return values[value.lower()]

    def _value(self, name: str) -> str:
        place = self.columns[name]
        value = self.row[place].strip() if place < len(self.row) else ""
        if len(value) > LONGEST:
            raise ProcedureValueTooLong(**self.at(name), most=LONGEST)
        return value

    def at(self, name: str) -> dict[str, object]:
        return {"line": self.number, "column": name}
