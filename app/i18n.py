"""Texts for people: English message ids, one catalogue file a language (app/locales/LANGUAGE.po).

A further language is a further file, here or in a folder of the centre's own (`use`); nothing else has to know of it.
"""

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po

log = logging.getLogger(__name__)
LOCALES = Path(__file__).parent / "locales"
SOURCE_LANGUAGE = "en"
HOME_LANGUAGE = "vi"
NAME_HEADER = "X-Language-Name"
FALLBACK_HEADER = "X-Fallback"
_CODE = re.compile(r"[a-z]{2,3}")
_LINE = re.compile(r'\s*((msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s+)?"([^"\\]|\\.)*"\s*|\s*(#.*)?')
_HEADER = re.compile(r'^"(X-[\w-]+): *(.*?) *\\n"$', re.MULTILINE)
_FACT = re.compile(r"%\((\w+)\)[sd]")


class BadCatalogue(Exception):
    """A catalogue file that cannot be used; names the file, the line where there is one, and what is wrong."""

    def __init__(self, path: Path, line: int | None, reason: str) -> None:
        where = f"{path}, line {line}" if line else str(path)
        super().__init__(f"{where}: {reason}")
        self.path, self.line, self.reason = path, line, reason


@dataclass
class _Further:
    """The centre's own catalogues, by language; what is wrong with the others."""

    catalogues: dict[str, list[Catalog]] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)
    """Those of our own; Babel passes over them."""
    names: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


_further = _Further()


def use(folders: Sequence[Path]) -> list[str]:
    """Take the catalogues in these folders, and none else. Answers what was wrong; such a file is done without."""
    _further.catalogues, _further.headers, _further.problems = {}, {}, []
    for path in (path for folder in folders for path in sorted(folder.glob("*.po"))):
        try:
            found = read(path)
        except BadCatalogue as problem:
            log.warning("this language file is not used: %s", problem)
            _further.problems.append(str(problem))
        else:
            _further.catalogues.setdefault(path.stem, []).append(found)
            _further.headers.setdefault(path.stem, {}).update(_HEADER.findall(path.read_text(encoding="utf-8")))
    for known in (languages, catalogue, page_catalogue, own_name):
        known.cache_clear()
    return problems()


def know_names(names: Mapping[str, str]) -> None:
    """What languages are called whose recordings are here; a catalogue's own word comes first."""
    _further.names = dict(names)
    own_name.cache_clear()


def problems() -> list[str]:
    """What is wrong with the centre's own catalogues."""
    return list(_further.problems)


def read(path: Path) -> Catalog:
    """A catalogue whose every translation can be filled in. Raises BadCatalogue."""
    if not _CODE.fullmatch(path.stem):
        raise BadCatalogue(path, None, "its name is not a language code of two or three small letters, such as km.po")
    try:
        _check_lines(path)
        with path.open("rb") as file:
            found = read_po(file, abort_invalid=True)
    except PoFileError as error:
        raise BadCatalogue(path, error.lineno + 1, str(error)) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BadCatalogue(path, line, f"it is not UTF-8 text ({error.reason})") from error
    except (OSError, ValueError, LookupError) as error:
        raise BadCatalogue(path, None, str(error)) from error
    for message in found:
        _check(path, message)
    return found


@cache
def languages() -> tuple[str, ...]:
    """Every language that has a catalogue, and English, in which the texts are written."""
    shipped = sorted(path.stem for path in LOCALES.glob("*.po"))
    own = sorted(code for code in _further.catalogues if code not in shipped and code != SOURCE_LANGUAGE)
    return (*shipped, SOURCE_LANGUAGE, *own)


@cache
def own_name(language: str) -> str:
    """A language's name in itself: as its catalogue, the table of the world's locales or its recordings have it.

    Else its code.
    """
    named = _further.headers.get(language, {}).get(NAME_HEADER)
    if named:
        return named
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return _team(language) or _further.names.get(language, language)
    name = locale.get_display_name(language) or language
    return name[:1].upper() + name[1:]


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All translations of a language; empty for English.

    What a further language lacks is told in Vietnamese, which those who live here read, or in the language that its
    file names as X-Fallback.
    """
    return {key: text for key, text, _ in _messages(language)}


@cache
def page_catalogue(language: str) -> Mapping[str, str]:
    """The translations that scripts in the pages need."""
    needed = {key for each in languages() for key, _, message in _messages(each) if _used_by_script(message)}
    return {key: text for key, text in catalogue(language).items() if key in needed}


def gettext(language: str, message: str, **facts: object) -> str:
    """A message in a language, its facts filled in; in English where the catalogue lacks it."""
    text = catalogue(language).get(message, message)
    return text % facts if facts else text


def _messages(language: str) -> Iterator[tuple[str, str, Message]]:
    """Those of the language to fall back on first, then its own: the last one counts."""
    own = _further.catalogues.get(language, [])
    shipped = LOCALES / f"{language}.po"
    if language == SOURCE_LANGUAGE:
        sources = own
    elif shipped.is_file():
        sources = [_shipped(language), *own]
    else:
        fallback = _further.headers.get(language, {}).get(FALLBACK_HEADER, HOME_LANGUAGE)
        sources = [*([_shipped(HOME_LANGUAGE)] if fallback == HOME_LANGUAGE else []), *own]
    for source in sources:
        for message in source:
            if message.id and message.string:
                yield str(message.id), str(message.string), message


@cache
def _shipped(language: str) -> Catalog:
    with (LOCALES / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def _check_lines(path: Path) -> None:
    """Babel takes a line without its quotation marks for a text; nobody meant that."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not _LINE.fullmatch(line):
            raise BadCatalogue(path, number, f"this is no line of a catalogue: {line.strip()[:60]}")


def _check(path: Path, message: Message) -> None:
    if not message.id or not message.string:
        return
    if not isinstance(message.id, str) or not isinstance(message.string, str):
        raise BadCatalogue(path, message.lineno, "plural forms are not used here")
    facts = dict.fromkeys(_FACT.findall(message.id), 0)
    try:
        _ = message.string % facts if facts else message.string
    except KeyError as error:
        raise BadCatalogue(
            path, message.lineno, f"{message.string!r} has %({error.args[0]})s, but {message.id!r} has none"
        ) from error
    except (TypeError, ValueError) as error:
        raise BadCatalogue(path, message.lineno, f"{message.string!r} cannot be filled in: {error}") from error


def _team(language: str) -> str:
    for each in _further.catalogues.get(language, ()):
        name = str(each.language_team or "").partition("<")[0].strip()
        if name and name not in (language, "LANGUAGE"):
            return name
    return ""


def _used_by_script(message: Message) -> bool:
    return any(str(path).endswith(".js") for path, _line in message.locations)
