"""The procedures that citizens come for."""

import csv
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlite_utils import Database

from app.store.load import select
from app.store.log import Also

COLUMNS = ("code", "name_vi", "name_en", "field", "counter_group", "time_limit", "documents", "source", "verified")


@dataclass(frozen=True, slots=True)
class Procedure:
    code: str
    service: str
    name: str
    name_en: str
    field: str
    time_limit: str
    documents: str
    source: str
    verified: bool


class BadCatalogue(Exception):
    """A catalogue file that cannot be taken; says which line and why."""


def read_csv(path: Path) -> list[Procedure]:
    """Procedures from a CSV file with a header of COLUMNS. Raises BadCatalogue or OSError."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = set(COLUMNS) - set(reader.fieldnames or ())
        if missing:
            message = f"{path}: the header lacks {', '.join(sorted(missing))}"
            raise BadCatalogue(message)
        return [_from_csv(path, reader.line_num, row) for row in reader]


def _from_csv(path: Path, line: int, row: dict[str, str]) -> Procedure:
    if not row["code"] or not row["name_vi"] or not row["counter_group"]:
        message = f"{path}, line {line}: code, name_vi and counter_group must not be empty"
        raise BadCatalogue(message)
    return Procedure(
        code=row["code"],
        service=row["counter_group"],
        name=row["name_vi"],
        name_en=row["name_en"],
        field=row["field"],
        time_limit=row["time_limit"],
        documents=row["documents"],
        source=row["source"],
        verified=row["verified"] == "yes",
    )


def put_procedures(procedures: list[Procedure]) -> Also:
    """Replace the whole catalogue."""

    def write(db: Database) -> None:
        db.execute("DELETE FROM procedure")
        db.table("procedure").insert_all((asdict(each) for each in procedures), pk="code")

    return write


def find(db: Database, text: str, service: str | None) -> list[Procedure]:
    """Procedures whose code, name or field holds every word of `text`, with or without Vietnamese marks."""
    words = plain(text).split()
    every = (Procedure(**row | {"verified": bool(row["verified"])}) for row in select(db, "SELECT * FROM procedure"))
    return [
        each
        for each in every
        if (service is None or each.service == service)
        and all(word in plain(f"{each.code} {each.name} {each.name_en} {each.field}") for word in words)
    ]


def plain(text: str) -> str:
    """Lower case without Vietnamese marks: "Đăng ký khai sinh" -> "dang ky khai sinh"."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
