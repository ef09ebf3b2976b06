"""What a file of dossiers may have wrong beyond what any CSV file may: told by line and column, with what to do."""

from typing import ClassVar

from app.core.errors import Conflict
from app.csv_file import CsvLineBroken, Mistake


class DossierLineBroken(CsvLineBroken):
    code: ClassVar[str] = "dossier_line_broken"
    text: ClassVar[str] = (
        "Line %(line)s: a quotation mark is not closed there or stands in the wrong place. Correct it or delete it; "
        "each dossier stands on one line."
    )


class DossierDateUnclear(Mistake):
    code: ClassVar[str] = "dossier_date_unclear"
    text: ClassVar[str] = (
        "Line %(line)s, column '%(column)s': '%(value)s' is not a day. Write it as 01/07/2025 or 2025-07-01."
    )


class DossierChannelUnclear(Mistake):
    code: ClassVar[str] = "dossier_channel_unclear"
    text: ClassVar[str] = (
        "Line %(line)s, column '%(column)s': '%(value)s' is not known. Write 'trực tuyến' or 'trực tiếp'."
    )


class DossierReturnedTooEarly(Mistake):
    code: ClassVar[str] = "dossier_returned_too_early"
    text: ClassVar[str] = (
        "Line %(line)s, column '%(column)s': '%(value)s' is before the day on which the dossier was received. "
        "Correct one of the two days."
    )


class DossierDayToCome(Mistake):
    code: ClassVar[str] = "dossier_day_to_come"
    text: ClassVar[str] = "Line %(line)s, column '%(column)s': '%(value)s' is after today. Correct the day."


class DossierTwice(Mistake):
    code: ClassVar[str] = "dossier_twice"
    text: ClassVar[str] = (
        "Line %(line)s, column '%(column)s': '%(value)s' stands in line %(earlier)s already, with something else. "
        "Leave one of them out."
    )


class DossiersCutShort(Conflict):
    """The disk refused in the middle of a long import."""

    code: ClassVar[str] = "dossiers_cut_short"
    text: ClassVar[str] = (
        "The hub's disk refused after %(kept)s of %(count)s dossiers, which stay. "
        "Tell the administrator, then bring the same file again: the others are added."
    )
