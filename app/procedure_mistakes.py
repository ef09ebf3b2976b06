"""What a file of procedures may have wrong beyond what any CSV file may: told by line and column, with what to do."""

from typing import ClassVar

from app.core.errors import Conflict
from app.csv_file import Mistake


class ProcedureLineTooLong(Mistake):
    code: ClassVar[str] = "procedure_line_too_long"
    text: ClassVar[str] = (
        "Line %(line)s has more values than there are columns. Put a value that holds a comma or a semicolon in "
        "quotation marks."
    )


class ProcedureColumnUnknown(Mistake):
    code: ClassVar[str] = "procedure_column_unknown"
    text: ClassVar[str] = "Line 1: a column '%(column)s' is not known. Known are: %(known)s."


class ProcedureValueUnclear(Mistake):
    code: ClassVar[str] = "procedure_value_unclear"
    text: ClassVar[str] = "Line %(line)s, column '%(column)s': '%(value)s' is not known. Write one of: %(known)s."


class ProcedureCodeUnclear(Mistake):
    code: ClassVar[str] = "procedure_code_unclear"
    text: ClassVar[str] = (
        "Line %(line)s, column '%(column)s': '%(value)s' is no code. Use letters, digits, dots and dashes, such as "
        "1.001193."
    )


class ProcedureServiceUnknown(Mistake):
    code: ClassVar[str] = "procedure_service_unknown"
    text: ClassVar[str] = (
        "Line %(line)s, column '%(column)s': this centre has no service '%(value)s'. Its services are: %(known)s."
    )


class ProcedureTwice(Mistake):
    code: ClassVar[str] = "procedure_twice"
    text: ClassVar[str] = "Line %(line)s, column '%(column)s': '%(value)s' stands in line %(earlier)s already."


class NoProcedures(Mistake):
    code: ClassVar[str] = "no_procedures"
    text: ClassVar[str] = "There is no procedure in the file, so nothing was changed."


class CatalogueChanged(Conflict):
    """What was previewed is not what would be done now."""

    code: ClassVar[str] = "catalogue_changed"
    text: ClassVar[str] = "The catalogue or the file has changed since the preview. Look at the preview again."
