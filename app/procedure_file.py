"""The catalogue of procedures as a CSV file: read, compared, taken over, and written out. With one mistake, nothing."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

from app.core import commands as cmd
from app.core.permissions import Actor
from app.csv_file import TOLD_AT_MOST, Form, Line, Mistakes, lines
from app.hub import Hub
from app.procedure_mistakes import (
    CatalogueChanged,
    NoProcedures,
    ProcedureCodeUnclear,
    ProcedureColumnUnknown,
    ProcedureLineTooLong,
    ProcedureServiceUnknown,
    ProcedureTwice,
    ProcedureValueUnclear,
)
from app.store.catalogue import Procedure, put_procedures

SHIPPED = Path(__file__).parent / "data" / "procedures.csv"
LARGEST = 5 * 1024 * 1024
MOST = 10_000  # procedures that are ever asked for at once
LONGEST = 4000  # characters of a value
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
CODE = re.compile(r"[A-Za-z0-9_.-]{1,60}")  # it stands in addresses, and in the names of files
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
    column of ADDED_LATER, what is known stays. Raises a Mistake that names line and column, and what to do; it knows
    all the others of the file.
    """
    known, mistakes = {each.code: each for each in present}, Mistakes()
    found, first_lines = list[Procedure](), dict[str, int]()
    for line in lines(data, FORM, mistakes):
        values = _values(line, services, mistakes)
        with mistakes.noted():
            _check_once(line, values, first_lines)
        if not mistakes.found:
            found.append(Procedure(**values | _kept(line, known.get(values["code"]))))
    mistakes.tell()
    if not found:
        raise NoProcedures
    return found


def _values(line: Line, services: Collection[str] | None, mistakes: Mistakes) -> dict[str, Any]:
    """Those that are right, by the procedure's fields."""
    values: dict[str, Any] = {}
    if line.goes_beyond_the_headings():  # they stand in wrong columns then
        mistakes.found.append(ProcedureLineTooLong(line=line.number))
        return values
    for name in line.places:
        with mistakes.noted():
            values[COLUMNS[name]] = _value(line, name, services)
    return values


def _value(line: Line, name: str, services: Collection[str] | None) -> Any:
    match name:
        case "code":
            return _code(line)
        case "counter_group":
            return _service(line, services)
        case "verified":
            return _one_of(line, name, VERIFIED)
        case "online":
            return _one_of(line, name, ONLINE | {"": ""})
        case _:
            return line.needed(name) if name in NEEDED else line.value(name)


def _code(line: Line) -> str:
    code = line.needed("code")
    if not CODE.fullmatch(code):
        raise ProcedureCodeUnclear(**line.at("code"), value=code[:TOLD_AT_MOST])
    return code


def _service(line: Line, services: Collection[str] | None) -> str:
    service = line.needed("counter_group")
    if services is not None and service not in services:
        told = ", ".join(sorted(services))
        raise ProcedureServiceUnknown(**line.at("counter_group"), value=service[:TOLD_AT_MOST], known=told)
    return service


def _one_of(line: Line, name: str, values: Mapping[str, Any]) -> Any:
    value = line.value(name)
    if value.lower() not in values:
        known = ", ".join(filter(None, values))
        raise ProcedureValueUnclear(**line.at(name), value=value[:TOLD_AT_MOST], known=known)
    return values[value.lower()]


def _check_once(line: Line, values: Mapping[str, Any], first_lines: dict[str, int]) -> None:
    code = values.get("code")
    if code in first_lines:
        raise ProcedureTwice(**line.at("code"), value=code, earlier=first_lines[code])
    if code is not None:
        first_lines[code] = line.number


def _kept(line: Line, before: Procedure | None) -> dict[str, Any]:
    return {name: getattr(before, name) for name in ADDED_LATER if before and name not in line.places}


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


def _column(heading: str) -> str | None:
    """One that is not known is a slip of the pen rather than a note to oneself."""
    name = heading.strip().lower()
    if name and name not in COLUMNS:
        raise ProcedureColumnUnknown(column=name[:TOLD_AT_MOST], known=", ".join(COLUMNS))
    return name or None


FORM = Form(
    name_of=_column,
    told={name: name for name in COLUMNS},
    needed=[name for name in COLUMNS if name not in ADDED_LATER],
    longest=LONGEST,
)
