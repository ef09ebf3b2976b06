"""A CSV file as an office has it: any separator, a mark of Excel's before it, and mistakes told by line and column."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ClassVar

from app.core.errors import Invalid

TOLD_AT_MOST = 200  # characters of what stands in the file, in a sentence that tells of a mistake
MOST_MISTAKES_TOLD = 50


class Mistake(Invalid):
    """Something that is wrong in a file; the first of them is raised and knows the others, in the file's order."""

    further: "tuple[Mistake, ...]" = ()

    def others(self) -> "tuple[Sequence[Mistake], int]":
        """As many of the others as somebody reads at once, and how many more there are."""
        told = self.further[: MOST_MISTAKES_TOLD - 1]
        return told, len(self.further) - len(told)


class CsvUnreadable(Mistake):
    code: ClassVar[str] = "csv_unreadable"
    text: ClassVar[str] = "The file cannot be read. In Excel, save it as “CSV UTF-8 (Comma delimited)”."


class CsvLineBroken(Mistake):
    code: ClassVar[str] = "csv_line_broken"
    text: ClassVar[str] = (
        "Line %(line)s: a quotation mark is not closed there or stands in the wrong place. Correct it or delete it; "
        "the lines below were not looked at."
    )


class CsvColumnMissing(Mistake):
    code: ClassVar[str] = "csv_column_missing"
    text: ClassVar[str] = "Line 1: there is no column '%(column)s'. Its columns are: %(found)s."


class CsvColumnTwice(Mistake):
    code: ClassVar[str] = "csv_column_twice"
    text: ClassVar[str] = "Line 1: there are two columns '%(column)s'. Leave one of them out."


class CsvValueMissing(Mistake):
    code: ClassVar[str] = "csv_value_missing"
    text: ClassVar[str] = "Line %(line)s, column '%(column)s': it is empty. Fill it in, or leave the line out."


class CsvValueTooLong(Mistake):
    code: ClassVar[str] = "csv_value_too_long"
    text: ClassVar[str] = "Line %(line)s, column '%(column)s': longer than %(most)s letters. Shorten it."


@dataclass
class Mistakes:
    """Those of one file, as they are found: whoever mends it wants to know of all at once."""

    found: list[Mistake] = field(default_factory=list)

    @contextmanager
    def noted(self) -> Iterator[None]:
        """A Mistake that is raised within is noted, and the reading goes on after it."""
        try:
            yield
        except Mistake as mistake:
            self.found.append(mistake)

    def tell(self) -> None:
        """Raise the first, if there is any."""
        if self.found:
            first, *further = self.found
            first.further = tuple(further)
            raise first


@dataclass(frozen=True, slots=True)
class Form:
    """What a file of one kind looks like.

    `name_of`: our name of the column that a heading stands for; None for a column that is not ours. `told`: what a
    person calls our columns. `needed`: those without which there is nothing to read. `longest`: characters of a value,
    and of those of `longer` columns. `single`: what is wrong where a row goes over several lines; None: it may.
    """

    name_of: Callable[[str], str | None]
    told: Mapping[str, str]
    needed: Iterable[str]
    longest: int
    longer: Mapping[str, int] = field(default_factory=dict)
    single: type[CsvLineBroken] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row below the headings, by the number of its first line in an editor."""

    number: int
    row: Sequence[str]
    places: Mapping[str, int]
    width: int
    form: Form

    def needed(self, name: str) -> str:
        """Raises CsvValueMissing, and as `value` does."""
        value = self.value(name)
        if not value:
            raise CsvValueMissing(**self.at(name))
        return value

    def value(self, name: str) -> str:
        """Empty where the file lacks the column or the row ends before it. Raises CsvValueTooLong."""
        place = self.places.get(name, len(self.row))
        value = self.row[place].strip() if place < len(self.row) else ""
        most = self.form.longer.get(name, self.form.longest)
        if len(value) > most:
            raise CsvValueTooLong(**self.at(name), most=most)
        return value

    def goes_beyond_the_headings(self) -> bool:
        return any(map(str.strip, self.row[self.width :]))

    def at(self, name: str) -> dict[str, object]:
        """Where it stands, for a sentence."""
        return {"line": self.number, "column": self.form.told[name]}


def lines(data: bytes, form: Form, mistakes: Mistakes) -> Iterator[Line]:
    """The rows that are not empty, one at a time; a CsvLineBroken among them is noted in `mistakes`.

    Raises CsvUnreadable, and what is wrong with the headings, for then nothing below can be judged: CsvLineBroken,
    CsvColumnMissing, CsvColumnTwice, and what `form.name_of` raises.
    """
    rows = _rows(_text(data), form.single, mistakes)
    _, headings = next(rows, (1, []))
    mistakes.tell()
    places = _places(headings, form, mistakes)
    mistakes.tell()
    for number, row in rows:
        yield Line(number, row, places, len(headings), form)


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CsvUnreadable from None
    if "\0" in text:
        raise CsvUnreadable
    return text


def _rows(text: str, single: type[CsvLineBroken] | None, mistakes: Mistakes) -> Iterator[tuple[int, list[str]]]:
    """Each by the number of its first line."""
    lines = list(io.StringIO(text, newline=""))
    delimiter = max(";\t,", key=next(filter(str.strip, lines), "").count)
    if single is None:
        with mistakes.noted():
            yield from _parsed(lines, 1, delimiter, CsvLineBroken)
        return
    for number, line in enumerate(lines, 1):
        with mistakes.noted():
            # there are more signs that break a line than those that end one in a file
            if len(line.rstrip("\r\n").splitlines()) > 1:
                raise single(line=number)
            # by itself: a quotation mark left open takes no other line with it
            yield from _parsed([line], number, delimiter, single)


def _parsed(
    lines: Sequence[str], first: int, delimiter: str, broken: type[CsvLineBroken]
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        number = first + reader.line_num
        try:
            row = next(reader, None)
        except csv.Error:
            raise broken(line=number) from None
        if row is None:
            return
        if any(map(str.strip, row)):
            yield number, row


def _places(headings: Sequence[str], form: Form, mistakes: Mistakes) -> dict[str, int]:
    """Where each of our columns stands. Others may stand there too."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        with mistakes.noted():
            name = form.name_of(heading)
            if name in found:
                raise CsvColumnTwice(column=heading.strip())
            if name:
                found[name] = place
    missing = [name for name in form.needed if name not in found]
    told = ", ".join(heading.strip() for heading in headings if heading.strip()) or "–"
    for name in missing if found else missing[:1]:  # a file of another kind is not asked for each of our columns
        mistakes.found.append(CsvColumnMissing(column=form.told[name], found=told[:TOLD_AT_MOST]))
    return found
