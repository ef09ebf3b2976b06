"""What an installer writes about a ticket printer: [[hardware.printers]]."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hardware.config_errors import Problem, key_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Name = Annotated[str, Field(min_length=1, max_length=60)]

DOTS: Final = {80: 576, 58: 384}
"""What the head of a printer for paper so wide (mm) can print, at 203 dots an inch: 72 and 48 mm."""

DOTS_PER_MM: Final = 8

SLOW_CHARACTER_S: Final = 1 / 5_000
"""A serial line of 38400 baud or less: a ticket of large letters needs 8 seconds or more there."""

NO_SERIAL_LINE: Final = re.compile(r"/usb/lp\d+$|^/dev/lp\d+$")

RAW_PORT: Final = 9100
"""The TCP port at which network printers take bytes as they are."""

NETWORK: Final = ("tcp", "socket")
SCHEMES: Final = (*NETWORK, "rfc2217", "virtual")


class PrinterConfig(BaseModel):
    """One printer. `url` is a device path (/dev/usb/lp0, /dev/serial/by-path/…), tcp://HOST:9100 or virtual://NAME."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Name
    url: Annotated[str, Field(min_length=1)]
    kiosk: str = ""
    """The name of the kiosk's device that it stands in; "" for one that only the staff print on."""
    paper_mm: Literal[58, 80] = 80
    dots: Annotated[int, Field(ge=200, le=1_280, multiple_of=8)] | None = None
    """Printable width, where it is not what is usual for such paper (some 80 mm printers have 512)."""
    qr: Literal["native", "raster"] = "native"
    """`raster` for a printer that prints nothing, or rubbish, where the QR code should be."""
    cut: Literal["full", "partial", "none"] = "partial"
    buzzer: bool = False
    status: bool = True
    """False for a printer that cannot answer (a one-way cable, a print server): `sent` is then all that is known."""
    status_every_s: Annotated[float, Field(ge=0.2, le=3_600)] = 10
    status_timeout_s: Annotated[float, Field(ge=0.02, le=10)] = 1
    write_timeout_s: Annotated[float, Field(ge=0.05, le=60)] = 5
    """A printer that takes not one more byte for so long is given up."""
    connect_timeout_s: Annotated[float, Field(ge=0.05, le=30)] = 3
    print_mm_s: Annotated[float, Field(gt=0)] = 100
    """How fast the paper moves: that the printer is well is asked again only when the whole ticket must be out."""
    baudrate: Annotated[int, Field(ge=50, le=4_000_000)] = 9600
    bytesize: Literal[7, 8] = 8
    parity: Literal["N", "E", "O"] = "N"
    stopbits: Literal[1, 2] = 1
    xonxoff: bool = False
    rtscts: bool = False
    dsrdtr: bool = False

    @property
    def width(self) -> int:
        """Dots in a row."""
        return self.dots or DOTS[self.paper_mm]

    @property
    def scheme(self) -> str:
        """Empty for a device path."""
        return urlsplit(self.url).scheme if "://" in self.url else ""

    @property
    def is_network(self) -> bool:
        return self.scheme in NETWORK

    @property
    def address(self) -> tuple[str, int]:
        """Host and port of a network printer."""
        parts = urlsplit(self.url)
        return parts.hostname or "", parts.port or RAW_PORT

    @property
    def has_baudrate(self) -> bool:
        if self.scheme:
            return self.scheme == "rfc2217"
        # an installer's own name for a device is a link to it
        return not NO_SERIAL_LINE.search(str(Path(self.url).resolve()))

    @property
    def character_s(self) -> float:
        """Seconds that one byte takes on a serial wire; 0 where there is none."""
        if not self.has_baudrate:
            return 0
        return (1 + self.bytesize + (self.parity != "N") + self.stopbits) / self.baudrate

    @property
    def is_slow(self) -> bool:
        """Whether a picture as wide as the paper takes long enough for a citizen to notice."""
        return self.character_s > SLOW_CHARACTER_S

    @model_validator(mode="after")
    def _url_can_be_used(self) -> Self:
        if not self.scheme and not self.url.startswith("/"):
            raise ValueError(
                f"the url {self.url!r} is no device's path and has no scheme; "
                f"a network printer is written tcp://192.168.1.50:{RAW_PORT}"
            )
        if self.scheme and self.scheme not in SCHEMES:
            raise ValueError(f"{self.scheme}:// is no way to a printer; there are a device path, tcp:// and virtual://")
        if self.is_network and not self.address[0]:
            raise ValueError(f"{self.url} names no host; write tcp://192.168.1.50:{RAW_PORT}")
        return self


def problems_of_printers(printers: Sequence[PrinterConfig]) -> Iterator[Problem]:
    """What is wrong between them: two of one name, or at one port."""
    names, urls = set[str](), set[str]()
    for index, printer in enumerate(printers):
        where = key_path(("hardware", "printers", index))
        if printer.name in names:
            yield Problem(where, f"the name {printer.name!r} is already another printer's; give each its own")
        if printer.url in urls:
            yield Problem(where, f"{printer.url} is already another printer's port")
        names.add(printer.name)
        urls.add(printer.url)
