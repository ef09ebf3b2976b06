"""Finding procedures: SQLite's full text index brings the few that may be meant, app/finding puts them in order.

The index holds each procedure's texts as folded words ("dang ki khai sinh") and as marked ones (app/finding/text.py),
in the columns that it is ranked by. It is written with the catalogue, in the same transaction.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from app.finding import asking, ranking, spelling
from app.finding.asking import Question, Reading
from app.finding.ranking import Row, Sought, Wanted
from app.finding.text import Word, phrases, word, words
from app.procedures import EVERYDAY

CANDIDATES = 50
SHORTEST_JOINED = 6  # letters; shorter ones are rather one word, misspelt
COMMON = 1.3  # the weight of a word that one procedure in four has; rarer ones find the candidates faster
FOREIGN = 8  # a word that no procedure has weighs as much as one that every so many have
NEAR = 8  # words that a misspelt one may stand for
APART = " | "  # between phrases; the index passes over it
TEXTS = ("code", "name", "name_en", "field", "documents", "keywords")
# bm25's weights of the index's columns: code (not indexed), name, keywords, english, rest, marked.
BY_RANK = "bm25(procedure_search, 0, 4, 6, 3, 0.5, 3)"
ADD = "INSERT INTO procedure_search (code, name, keywords, english, rest, marked) VALUES (?, ?, ?, ?, ?, ?)"
ADD_FORM = "INSERT OR IGNORE INTO procedure_spelling (form, word) VALUES (?, ?)"
Index = tuple[list[tuple[str, ...]], list[tuple[str, str]]]


def index_of(procedures: Iterable[Mapping[str, Any]]) -> Index:
    """The rows of the index for these procedures (mappings of TEXTS); pure, so it can be made before the writing."""
    rows = [_row(each) for each in procedures]
    known = {word for _, *texts, _marked in rows for text in texts[:3] for word in text.split() if word != "|"}
    forms = [(form, word) for word in sorted(known) if _spelled(word) for form in sorted(spelling.forms(word))]
    return rows, forms


def put_index(db: Database, index: Index) -> None:
    rows, forms = index
    db.execute("DELETE FROM procedure_search")
    db.execute("DELETE FROM procedure_spelling")
    db.conn.executemany(ADD, rows)
    db.conn.executemany(ADD_FORM, forms)


def rebuild(db: Database) -> None:
    """The index of the catalogue as it lies in the database."""
    put_index(db, index_of(db.query(f"SELECT {', '.join(TEXTS)} FROM procedure ORDER BY rowid")))  # noqa: S608 - ours


def find(db: Database, text: str, service: str | None, limit: int) -> list[str]:
    """Codes of the procedures that `text` asks for, the best first; nothing where it asks for none of them."""
    asked = asking.question(text)
    if asked.code:
        return _by_code(db, asked.code, service, limit)
    wanted = _wanted(db, asked)
    rows = _candidates(db, wanted, service)
    return [code for _, code in ranking.ranked(rows, wanted, asked.said, EVERYDAY)][:limit]


def _row(procedure: Mapping[str, Any]) -> tuple[str, ...]:
    name, english = words(procedure["name"]), words(procedure["name_en"])
    everyday = phrases(procedure["keywords"])
    rest = words(f"{procedure['field']} {procedure['documents']}")
    return (
        procedure["code"],
        " ".join(each.folded for each in name),
        APART.join(" ".join(each.folded for each in phrase) for phrase in everyday),
        " ".join(each.folded for each in english),
        " ".join(each.folded for each in rest),
        APART.join(" ".join(each.marked for each in phrase) for phrase in (name, *everyday)),
    )


def _spelled(word: str) -> bool:
    return spelling.SHORTEST <= len(word) <= spelling.LONGEST and word.isalpha()


def _by_code(db: Database, code: str, service: str | None, limit: int) -> list[str]:
    sql = "SELECT code FROM procedure WHERE substr(code, 1, length(:code)) = :code AND coalesce(:of, service) = service"
    found = db.execute(f"{sql} ORDER BY code LIMIT :limit", {"code": code, "of": service, "limit": limit})
    return [row[0] for row in found]


def _wanted(db: Database, asked: Question) -> list[Wanted]:
    """Each reading with its words weighed, and with what a misspelt word may stand for."""
    (of,) = db.execute("SELECT count(*) FROM procedure").fetchone()
    readings = _taken_apart(db, asked.readings)
    typed = {each.folded for reading in readings for each in reading.words}
    counts = _counts(db, typed)
    meant = {each: _meant(db, each) for each in typed if not counts.get(each)}
    counts |= _counts(db, {option for options in meant.values() for option in options})
    return [
        (reading, tuple(found))
        for reading in readings
        if (found := [_sought(each, meant, counts, of) for each in reading.words])
    ]


def _taken_apart(db: Database, readings: Sequence[Reading]) -> list[Reading]:
    """The readings with words that were typed without spaces taken apart: "khaisinh" -> khai sinh."""
    typed = {each.folded for reading in readings for each in reading.words}
    counts = _counts(db, typed)
    long = {each for each in typed if SHORTEST_JOINED <= len(each) <= spelling.LONGEST} - set(counts)
    parts = {each: _parts(db, each) for each in long}
    return [
        replace(reading, words=tuple(part for each in reading.words for part in parts.get(each.folded) or (each,)))
        for reading in readings
    ]


def _parts(db: Database, joined: str) -> tuple[Word, ...]:
    pieces = {piece: word(piece) for piece in spelling.pieces(joined)}
    counts = _counts(db, {each.folded for each in pieces.values()})
    known = {piece: counts[each.folded] for piece, each in pieces.items() if each.folded in counts}
    return tuple(pieces[piece] for piece in spelling.taken_apart(joined, known))


def _sought(typed: Word, meant: Mapping[str, Mapping[str, float]], counts: Mapping[str, int], of: int) -> Sought:
    options = meant.get(typed.folded, {typed.folded: 1.0})
    rows = min((counts.get(option, 0) for option in options), default=0)
    # A word that nothing has does not tell one procedure from another; it tells that something else is asked for.
    return Sought(typed, ranking.weight(rows or max(1, of // FOREIGN), of), options)


def _counts(db: Database, of: Iterable[str]) -> dict[str, int]:
    """In how many rows each of these words stands."""
    known = sorted(set(of))
    places = ", ".join("?" * len(known))
    found = db.execute(f"SELECT term, doc FROM procedure_word WHERE term IN ({places})", known)  # noqa: S608 - marks
    return dict(found.fetchall())


def _meant(db: Database, typed: str) -> dict[str, float]:
    """The words of the index that a word nothing has may stand for, with their closeness."""
    keys = spelling.without_keys(typed)
    if by_keys := dict.fromkeys(_counts(db, keys), spelling.TELEX):
        return by_keys
    if not _spelled(typed):
        return {}
    forms = sorted(set().union(*map(spelling.forms, {typed, *keys})))
    places = ", ".join("?" * len(forms))
    sql = f"SELECT DISTINCT word FROM procedure_spelling WHERE form IN ({places})"  # noqa: S608 - question marks
    near = {word: spelling.closeness(typed, word) for (word,) in db.execute(sql, forms).fetchall()}
    likely = sorted(((close, word) for word, close in near.items() if close), reverse=True)[:NEAR]
    return {word: close for close, word in likely}


def _candidates(db: Database, wanted: Sequence[Wanted], service: str | None) -> list[Row]:
    every = {each.word: each for _, sought in wanted for each in sought}.values()
    rare = [each for each in every if each.weight >= COMMON] or every
    terms = {f'"{option}"' for each in rare for option in each.options}
    terms |= {f'marked : "{each.word.marked}"' for each in rare if each.word.has_marks}
    if not terms:
        return []
    found = db.execute(
        f"""SELECT procedure_search.code, procedure_search.name, procedure_search.keywords, english, rest, marked
            FROM procedure_search JOIN procedure USING (code)
            WHERE procedure_search MATCH ? AND coalesce(?, service) = service
            ORDER BY {BY_RANK} LIMIT ?""",  # noqa: S608 - our own weights
        (" OR ".join(sorted(terms)), service, CANDIDATES),
    )
    return [_judged(row) for row in found.fetchall()]


def _judged(row: tuple[str, ...]) -> Row:
    code, name, keywords, english, rest, marked = row
    vietnamese = [name, *(keywords.split(APART) if keywords else ())]
    pairs = zip(vietnamese, marked.split(APART), strict=True)
    found = [
        ranking.phrase(plain.split(), with_marks.split(), ranking.KEYWORD if at else ranking.NAME)
        for at, (plain, with_marks) in enumerate(pairs)
    ]
    for text, worth in ((english, ranking.ENGLISH), (rest, ranking.REST)):
        if text:
            found.append(ranking.phrase(text.split(), text.split(), worth))
    return Row(code, tuple(found))
