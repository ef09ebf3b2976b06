"""What a file of procedures may have wrong: each is told by line and column, with what to do."""

from typing import ClassVar

from app.core.errors import Conflict, Invalid


class BadProcedureFile(Invalid):
    code: ClassVar[str] = "bad_procedure_file"
    text: ClassVar[str] = "The file cannot be read. In Excel, save it as “CSV UTF-8 (Comma delimited)”."


class ProcedureLineBroken(Invalid):
    code: ClassVar[str] = "procedure_line_broken"
    text: ClassVar[str] = (
        "Line %(line)s: a quotation mark is not closed there or stands in the wrong place. Correct it or delete it."
    )


class ProcedureLineTooLong(Invalid):
    code: ClassVar[str] = "procedure_line_too_long"
    text: ClassVar[str] = (
        "Line %(line)s has more values than there are columns. Put a value that holds a comma or a semicolon in "
        "quotation marks."
    )


class ProcedureColumnMissing(Invalid):
    code: ClassVar[str] = "procedure_column_missing"
    text: ClassVar[str] = "Line 1: there is no column '%(column)s'. Its columns are: %(found)s."


class ProcedureColumnTwice(Invalid):
    code: ClassVar[str] = "procedure_column_twice"
    text: ClassVar[str] = "Line 1: there are two columns '%(column)s'. Leave one of them out."


class ProcedureColumnUnknown(Invalid):
    code: ClassVar[str] = "procedure_column_unknown"
    text: ClassVar[str] = "Line 1: a column '%(column)s' is not known. Known are: %(known)s."


class ProcedureValueMissing(Invalid):
    code: ClassVar[str] = "procedure_value_missing"
    text: ClassVar[str] = "Line %(line)s, column '%(column)s': it is empty. Fill it in, or leave the line out."


class ProcedureValueTooLong(Invalid):
    code: ClassVar[str] = "procedure_value_too_long"
    text: ClassVar[str] = "Line %(line)s, column '%(column)s': at most %(most)s characters."


class ProcedureValueUnclear(Invalid):
    code: ClassVar[str] = "procedure_value_unclear"
    text: ClassVar[str] = "Line %(line)s, column '%(column)s': '%(value)s' is not known. Write one of: %(known)s."


class ProcedureServiceUnknown(Invalid):
    code: ClassVar[str] = "procedure_service_unknown"
    text: ClassVar[str] = (
        "Line %(line)s, column '%(column)s': this centre has no service '%(value)s'. Its services are: %(known)s."
    )


class ProcedureTwice(Invalid):
    code: ClassVar[str] = "procedure_twice"
    text: ClassVar[str] = "Line %(line)s, column '%(column)s': '%(value)s' stands in line %(earlier)s already."


class NoProcedures(Invalid):
    code: ClassVar[str] = "no_procedures"
    text: ClassVar[str] = "There is no procedure in the file, so nothing was changed."


class CatalogueChanged(Conflict):
    """What was previewed is not what would be done now."""

    code: ClassVar[str] = "catalogue_changed"
    text: ClassVar[str] = "The catalogue or the file has changed since the preview. Look at the preview again."
