"""Pictures and videos of the notices: files in one folder, named by their own SHA-256, so that a name means one thing.

What a file is, is read from its content. Pillow decodes pictures and writes them anew: every screen and phone may fetch
them, and a photo tells where and with what it was taken. Of videos the first bytes are compared (ISO/IEC 14496-12 for
mp4; the EBML header, RFC 8794, for webm). Blocks: all of it is for a thread of its own.
"""

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

NAME = re.compile(r"[0-9a-f]{64}\.(png|jpg|webp|mp4|webm)")
MEGABYTE = 1024 * 1024
LARGEST = {"picture": 10 * MEGABYTE, "video": 200 * MEGABYTE}
TOO_LARGE = {"picture": "a picture has at most 10 MB", "video": "a video has at most 200 MB"}
MOST_PIXELS = 50_000_000
SCREEN = (3840, 2160)
QUALITY = 90
COLOURS = ("icc_profile", "transparency", "gamma")  # what a picture says of itself and needs to look right
KEPT_FREE = 500 * MEGABYTE
"""Of the disk, for the database: an office must not stand still because of a video."""

UNFINISHED = ".upload-"
KEPT_UNNAMED_S = 24 * 3600
"""So long an uploaded file waits for the notice that names it."""

CHUNK = 256 * 1024
HEAD = 64


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file; `pillow` is the name of its decoder, "" for videos."""

    extension: str
    kind: str
    pillow: str = ""


FORMATS = {
    "image/png": Format("png", "picture", "PNG"),
    "image/jpeg": Format("jpg", "picture", "JPEG"),
    "image/webp": Format("webp", "picture", "WEBP"),
    "video/mp4": Format("mp4", "video"),
    "video/webm": Format("webm", "video"),
}
TYPES = {each.extension: mimetype for mimetype, each in FORMATS.items()}


class MediaFailed(Exception):
    """A file cannot be kept here; `reason` is a short English text for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooLarge(MediaFailed):
    """More bytes than its kind may have."""


class NotWhatItSays(MediaFailed):
    """The content is not a file of the type that it was sent as."""


class NoRoom(MediaFailed):
    """The disk would be full."""


@dataclass(frozen=True, slots=True)
class Media:
    """The folder; made when the first file comes."""

    folder: Path

    def path(self, name: str) -> Path | None:
        """Where the file with this name lies; None for a wrong name or a file that is not there."""
        if not NAME.fullmatch(name):
            return None
        path = self.folder / name
        return path if path.is_file() else None

    def begin(self, mimetype: str) -> "Upload":
        """An empty file to be written on. Raises NotWhatItSays for a type that screens do not show, NoRoom, OSError."""
        wanted = FORMATS.get(mimetype)
        if wanted is None:
            raise NotWhatItSays("screens show PNG, JPEG, WebP, MP4 and WebM only")
        self.folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self.folder).free < LARGEST[wanted.kind] + KEPT_FREE:
            raise NoRoom("the disk of the hub is nearly full")
        number, name = tempfile.mkstemp(prefix=UNFINISHED, dir=self.folder)
        return Upload(self.folder, wanted, os.fdopen(number, "wb"), Path(name))

    def sweep(self, named: Collection[str], after: str) -> None:
        """Delete what no notice names, if it is a day older than the file `after` (by the disk's own clock)."""
        newest = (self.folder / after).stat().st_mtime
        for path in self.folder.iterdir():
            ours = NAME.fullmatch(path.name) or path.name.startswith(UNFINISHED)
            if ours and path.name not in named and path.stat().st_mtime < newest - KEPT_UNNAMED_S:
                path.unlink(missing_ok=True)

    def remove(self, name: str) -> None:
        """Delete one file; one that is gone stays gone."""
        if path := self.path(name):
            path.unlink(missing_ok=True)


@dataclass(slots=True)
class Upload:
    """A file on its way: `write` each piece, then `keep` it or `drop` it."""

    folder: Path
    format: Format
    file: IO[bytes]
    path: Path
    size: int = 0

    @property
    def largest(self) -> int:
        """Bytes."""
        return LARGEST[self.format.kind]

    def write(self, piece: bytes) -> None:
        """Raises TooLarge, OSError."""
        self.size += len(piece)
        if self.size > self.largest:
            raise TooLarge(TOO_LARGE[self.format.kind])
        self.file.write(piece)

    def keep(self) -> str:
        """Check the content and give the file its name, which is the answer. Raises NotWhatItSays, OSError."""
        self.file.flush()
        if self.format.pillow:
            _paint_anew(self.path, self.format)
        else:
            _check_video(self.path, self.format)
        name = f"{self._settled()}.{self.format.extension}"
        self.path.chmod(0o644)
        self.path.replace(self.folder / name)
        return name

    def _settled(self) -> str:
        """The content's SHA-256, once the disk has it."""
        self.file.close()
        with self.path.open("rb") as file:
            os.fsync(file.fileno())
            self.size = os.fstat(file.fileno()).st_size
            return hashlib.file_digest(file, "sha256").hexdigest()

    def drop(self) -> None:
        """Nothing of it stays."""
        with contextlib.suppress(OSError):  # what did not fit on the disk cannot be flushed either
            self.file.close()
        self.path.unlink(missing_ok=True)


def _paint_anew(path: Path, wanted: Format) -> None:
    """The picture alone, upright and no larger than a screen: without place, camera, comments and further frames."""
    try:
        with Image.open(path, formats=[wanted.pillow]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise NotWhatItSays("the picture has more than 50 million points")
            image.draft("RGB", SCREEN)
            image.load()
            bare = ImageOps.exif_transpose(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NotWhatItSays("the picture is damaged, or of another kind than its name says") from error
    bare.info = {name: value for name, value in bare.info.items() if name in COLOURS}
    bare.thumbnail(SCREEN)
    bare.save(path, wanted.pillow, quality=QUALITY)


def _check_video(path: Path, wanted: Format) -> None:
    with path.open("rb") as file:
        head = file.read(HEAD)
    is_mp4 = head[4:8] == b"ftyp"
    is_webm = head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head
    if not {"mp4": is_mp4, "webm": is_webm}[wanted.extension]:
        raise NotWhatItSays("the video is damaged, or of another kind than its name says")
