"""Whether what is configured can be reached now, for a machine on which no agent says so."""

from __future__ import annotations

import os
from typing import Any

from hardware.config import BoardConfig, BusConfig
from hardware.keypads.config import KeypadConfig
from hardware.lines.port_errors import PortError, when_opening
from hardware.lines.ports import open_port
from hardware.printers import ports as printer_ports
from hardware.printers.config import PrinterConfig
from hardware.scanners.config import ScannerConfig

Piece = BusConfig | BoardConfig | PrinterConfig | KeypadConfig | ScannerConfig


def has_port(piece: Piece) -> bool:
    """Whether it is reached by a port of its own, and not by a bus's."""
    return not (isinstance(piece, BoardConfig) or (isinstance(piece, KeypadConfig) and piece.bus is not None))


def why_not(piece: Piece) -> PortError | None:
    """Why the port of a piece that `has_port` cannot be opened now, None if it can.

    Nothing is sent: whether anything is at the other end of a cable is not known.
    """
    try:
        _open_and_close(piece)
    except PortError as error:
        return error
    return None


def _open_and_close(piece: Piece) -> None:
    if isinstance(piece, BusConfig):
        open_port(piece, {}).close()
    elif isinstance(piece, PrinterConfig):
        if piece.scheme != "virtual":
            printer_ports.open_port(piece).close()
    elif isinstance(piece, ScannerConfig) and piece.url is not None:
        open_port(_line_of(piece, piece.url), {}).close()
    elif isinstance(piece, KeypadConfig | ScannerConfig) and piece.device is not None:
        _look_at(piece.device)


def _line_of(scanner: ScannerConfig, url: str) -> BusConfig:
    same: dict[str, Any] = scanner.model_dump(include=set(BusConfig.model_fields) - {"name", "url"})
    return BusConfig(name="scanner", url=url, **same)


def _look_at(device: str) -> None:
    """A device that types is not grabbed: it may be the keyboard at which this is asked."""
    try:
        os.close(os.open(device, os.O_RDONLY | os.O_NONBLOCK))
    except OSError as error:
        raise when_opening(device, error) from error
