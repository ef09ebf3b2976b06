"""What a poster tells. Texts may be in any Unicode form; on paper they are composed (NFC)."""

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """Paper, upright (ISO 216)."""

    A4 = "A4"
    A5 = "A5"


@dataclass(frozen=True, slots=True)
class Centre:
    """`accent` is "#rrggbb", or "" for the house's own blue."""

    name: str
    name_en: str = ""
    accent: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Where the QR code leads; `local` where a phone must be in the centre's own network to get there."""

    url: str
    local: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """`fee` is "" where nobody has told it; `verified` says that the entry was compared with the official one."""

    code: str
    name: str
    name_en: str = ""
    bring: tuple[str, ...] = ()
    time_limit: str = ""
    fee: str = ""
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Service:
    """A queue and its procedures, in the order of the catalogue."""

    name: str
    name_en: str = ""
    hint: str = ""
    procedures: tuple[Procedure, ...] = ()
