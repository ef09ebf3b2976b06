"""The procedures that citizens come for."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlite_utils import Database

from app.store import search
from app.store.load import select
from app.store.log import Also

# In the order of the catalogue's file; procedures of one field stand together, the field that comes first in it first.
# CROSS JOIN: SQLite would else go through the whole table once for each field.
BY_FIELD = """SELECT procedure.* FROM procedure
    CROSS JOIN (SELECT field, min(rowid) AS first FROM procedure GROUP BY field) AS fields USING (field)
    WHERE coalesce(?, service) = service ORDER BY fields.first, procedure.rowid LIMIT ? OFFSET ?"""
EVERY = -1  # rows, for SQLite's LIMIT


@dataclass(frozen=True, slots=True)
class Procedure:
    """`online`: full, partial, no or "" (not known). `keywords`: everyday names of it, parted by semicolons."""

    code: str
    service: str
    name: str
    name_en: str
    field: str
    time_limit: str
    documents: str
    source: str
    verified: bool
    online: str = ""
    fee: str = ""
    keywords: str = ""


def put_procedures(procedures: Sequence[Procedure]) -> Also:
    """Replace the whole catalogue and its index. The index is made at once, not while the hub's lock is held."""
    rows = [asdict(each) for each in procedures]
    index = search.index_of(rows)

    def write(db: Database) -> None:
        db.execute("DELETE FROM procedure")
        db.table("procedure").insert_all(rows, pk="code")
        search.put_index(db, index)

    return write


def every(db: Database) -> list[Procedure]:
    """In the order of the catalogue's file."""
    return [_from_row(row) for row in select(db, "SELECT * FROM procedure ORDER BY rowid")]


def one(db: Database, code: str) -> Procedure | None:
    return next((_from_row(row) for row in select(db, "SELECT * FROM procedure WHERE code = ?", code)), None)


def find(db: Database, text: str, service: str | None, limit: int | None = None, offset: int = 0) -> list[Procedure]:
    """Procedures that `text` asks for, the best first; all of them by field where it is empty, one for its code.

    `offset`: of the list by field, without so many at its beginning.
    """
    most = EVERY if limit is None else limit
    if not text.strip():
        return [_from_row(row) for row in select(db, BY_FIELD, service, most, offset)]
    exactly = one(db, text.strip())
    if exactly and service in (None, exactly.service):
        return [exactly]
    codes = search.find(db, text, service, search.CANDIDATES if limit is None else limit)
    return [found for code in codes if (found := one(db, code))]


def _from_row(row: dict[str, object]) -> Procedure:
    return Procedure(**row | {"verified": bool(row["verified"])})  # type: ignore[arg-type]
