"""Gather every text that a user reads into app/locales/*.po, keeping the translations that are there.

Run by `make i18n`. New texts come in untranslated, and a test fails until they are.
"""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from app.api.presses import REASONS
from app.core.errors import Refused
from app.core.hall import CounterState, TicketState
from app.core.permissions import Role
from app.i18n import LOCALES

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "displays", "counters", "hardware")
METHODS = [("**/vendor/**", "ignore"), ("**.html", "jinja2"), ("**.js", "javascript")]
KEYWORDS = {"_": None, "ngettext": (1, 2), "t": None}
OPTIONS = {"**.html": {"newstyle_gettext": "true"}}
ASKED_BY = {"_": 0, "t": 0, "gettext": 1}
"""By what Python asks for a translation, and which of its arguments is the text."""
Message = tuple[str | tuple[str, ...], list[tuple[str, int]]]


def main() -> None:
    for path in sorted(LOCALES.glob("*.po")):
        with path.open("rb") as file:
            known = read_po(file, locale=path.stem)
        catalogue = gathered(path.stem, known)
        for message in catalogue:
            earlier = known.get(message.id) if message.id else None
            if earlier is not None:
                message.string = earlier.string
        with path.open("wb") as file:
            write_po(file, catalogue, width=110, sort_output=True, omit_header=False)


def gathered(language: str, known: Catalog) -> Catalog:
    """Every text of the project, untranslated, with the files that use it.

    A text that reaches its translation by a detour (a table of words, say) is found where it stands as a
    literal, once it is known; a page complains in its console of one that has no translation.
    """
    # a fixed date, so that a run without news changes nothing
    catalogue = Catalog(locale=language, project="toiluot", revision_date=FIXED, creation_date=FIXED)
    for text, places in (*_from_files(), *_from_calls(), *_from_code(), *_from_literals(known)):
        message = catalogue.get(text)
        if message is None:
            catalogue.add(text, locations=places)
        else:
            message.locations = sorted({*message.locations, *places})
    return catalogue


FIXED = datetime(2026, 1, 1, tzinfo=UTC)


def _from_files() -> Iterator[Message]:
    for room in ROOMS:
        found = extract_from_dir(ROOT / room, METHODS, OPTIONS, KEYWORDS)
        for name, _line, text, _comments, _context in found:
            for each in text if isinstance(text, tuple) else (text,):
                yield each, [(f"{room}/{name}", 0)]


def _from_calls() -> Iterator[Message]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for text in texts_asked_for(path.read_text(encoding="utf-8")):
                yield text, [(path.relative_to(ROOT).as_posix(), 0)]


def texts_asked_for(source: str) -> Iterator[str]:
    """Every text that this Python asks a translation of, within f-strings too, into which Babel does not look."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = ASKED_BY.get(name, len(node.args))
            for text in node.args[place : place + 1]:
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield text.value


def _from_literals(known: Catalog) -> Iterator[Message]:
    sources = [path for room in ROOMS for path in (ROOT / room).rglob("*.*") if path.suffix in {".js", ".py"}]
    texts = {path: path.read_text(encoding="utf-8") for path in sources if "vendor" not in path.parts}
    for message in known:
        for path, text in texts.items():
            if message.id and f'"{message.id}"' in text:
                yield str(message.id), [(path.relative_to(ROOT).as_posix(), 0)]


def _from_code() -> Iterator[Message]:
    """Sentences that are data: errors, reasons, and the words for states and roles."""
    for error in _errors(Refused):
        yield error.text, [(f"{error.__module__.replace('.', '/')}.py", 0)]
    for sentence in REASONS.values():
        yield sentence, [("app/api/presses.py", 0)]
    for word in (*TicketState, *CounterState, *Role):
        yield str(word), [("app/core/hall.py", 0)]


def _errors(kind: type[Refused]) -> Iterator[type[Refused]]:
    yield kind
    for more in kind.__subclasses__():
        yield from _errors(more)


if __name__ == "__main__":
    main()
