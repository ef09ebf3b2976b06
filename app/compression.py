"""Pages and their files made small for the line: files once and for all, pages as they are made.

Speech and papers are left alone, and so is what the API says: short, or for machines beside the hub.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import brotli
from flask import Flask, Response, request
from werkzeug.wsgi import FileWrapper

FILE_TYPES = frozenset({"text/javascript", "application/javascript", "text/css", "image/svg+xml"})
PAGE_TYPE = "text/html"
LEAST_BYTES = 600  # less than that fits into the packet that comes anyway
MOST_FILES = 512
QUICK = 4  # of a page: a quarter of a millisecond
CAREFUL = 7  # of a file: the best takes 25 times as long for a tenth less, and presses would wait for it


class Coding(NamedTuple):
    """A content coding: how a file is coded, carefully and once, and how a page, each time."""

    name: str
    carefully: Callable[[bytes], bytes]
    quickly: Callable[[bytes], bytes]


CODINGS = (
    Coding("br", partial(brotli.compress, quality=CAREFUL), partial(brotli.compress, quality=QUICK)),
    Coding(
        "gzip",
        partial(gzip.compress, compresslevel=CAREFUL, mtime=0),
        partial(gzip.compress, compresslevel=QUICK, mtime=0),
    ),
)
"""The better first. Browsers speak brotli over HTTPS and to localhost only."""


@dataclass
class Compression:
    """`kept`: files by path, version and coding, the one asked for last at the end."""

    kept: OrderedDict[tuple[str, str, str], bytes] = field(default_factory=OrderedDict)

    def register(self, app: Flask) -> None:
        app.after_request(self.compress)

    def compress(self, response: Response) -> Response:
        """For Flask, after each request."""
        is_file = response.mimetype in FILE_TYPES
        if not (is_file or response.mimetype == PAGE_TYPE) or "Content-Encoding" in response.headers:
            return response
        response.vary.add("Accept-Encoding")
        etag = response.get_etag()[0]
        if is_file and etag:
            response.set_etag(etag, weak=True)  # one file, however it is coded
        coding = next((each for each in CODINGS if request.accept_encodings.quality(each.name) > 0), None)
        if coding and response.status_code in (200, 404) and not request.range:
            self._code(response, coding, etag if is_file else None)
        return response

    def _code(self, response: Response, coding: Coding, etag: str | None) -> None:
        known = self.kept.get((request.path, etag, coding.name)) if etag else None
        response.direct_passthrough = False
        plain = None if known else response.get_data()
        if plain is not None and len(plain) < LEAST_BYTES:
            return
        if plain is not None:
            known = coding.carefully(plain) if etag else coding.quickly(plain)
        if etag and known is not None:
            self._keep((request.path, etag, coding.name), known)
        if isinstance(file := response.response, FileWrapper):
            file.close()  # nobody reads it: set_data drops it as it is
        response.set_data(known or b"")
        response.headers["Content-Encoding"] = coding.name

    def _keep(self, key: tuple[str, str, str], coded: bytes) -> None:
        self.kept[key] = coded
        self.kept.move_to_end(key)
        if len(self.kept) > MOST_FILES:
            self.kept.popitem(last=False)
