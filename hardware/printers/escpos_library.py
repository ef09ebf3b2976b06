"""python-escpos, of which only the builder of bytes is used; it is loaded when the first ticket is printed.

Loading it has effects that an agent cannot have: it configures the root logger, and each time it leaves a folder in the
system's temporary one. Both are undone here.
"""

from __future__ import annotations

import importlib
import logging
import os
import shutil
import threading
from functools import cache
from typing import Any, Final

from hardware.printers.config import DOTS_PER_MM

KEEPS_ITS_FOLDER: Final = "ESCPOS_CAPABILITIES_PICKLE_DIR"

_LOADING: Final = threading.Lock()


def builder(width: int) -> Any:
    """A python-escpos `Dummy` for a head of `width` dots: what is printed on it is found in its `output`."""
    with _LOADING:
        library = _load()
    profile = library.capabilities.Profile(features={"paperFullCut": True, "paperPartCut": True})
    # of the standard profile's width nothing is known, of which image() complains on standard output every time
    media = {"dpi": 203, "width": {"mm": width // DOTS_PER_MM, "pixels": width}}
    profile.profile_data = profile.profile_data | {"media": media}
    return library.printer.Dummy(profile=profile)


@cache
def _load() -> Any:
    root = logging.getLogger()
    before = list(root.handlers)
    library = importlib.import_module("escpos")
    capabilities = importlib.import_module("escpos.capabilities")
    importlib.import_module("escpos.printer")
    for handler in [handler for handler in root.handlers if handler not in before]:
        root.removeHandler(handler)
    if KEEPS_ITS_FOLDER not in os.environ:
        shutil.rmtree(capabilities.pickle_dir)
    return library
