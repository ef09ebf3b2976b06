"""A clip pack recorded here: the folder of a language, its description, and a WAV a phrase.

A clip is written under a name of its own before the manifest names it, so that a call never finds half a pack.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.voice import packs, wav
from app.voice.errors import BadLanguage, BadRecording, CacheFailed
from app.voice.languages import CODE, LANGUAGES, from_data

if TYPE_CHECKING:
    from collections.abc import Mapping

LICENCE = "recorded by this centre, for its own use"
SHORTEST_MS, LONGEST_MS = 100, 8_000
LARGEST = 400_000
"""Bytes of one clip: 8 s and a header."""

# A frame of 10 ms under this is no voice before a microphone (-45 dBFS)
QUIETEST_RMS = 180.0


class OwnPacks:
    """The packs under one folder, a folder a language. Blocks: reading and writing are for a thread of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def manifest(self, code: str) -> dict[str, Any] | None:
        """As it is kept; None where nothing was recorded in this language. Raises `BadLanguage`, `CacheFailed`."""
        path = self._pack(code) / packs.MANIFEST
        try:
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise CacheFailed(path, str(error)) from error
        return found

    def describe(self, code: str, name: str, region: str, sentence: Mapping[str, Any] | None) -> None:
        """Begin a pack or change its description; its clips stay. Raises `BadLanguage`, `CacheFailed`.

        A language that travels with the program keeps the program's `sentence`.
        """
        if code in LANGUAGES:
            sentence = None
        else:
            from_data(code, name, sentence, "this description")
        kept = self.manifest(code) or {"clips": {}}
        manifest = {
            "language": code,
            "name": LANGUAGES[code].name if code in LANGUAGES else name,
            "region": region,
            "sample_rate": wav.RATE,
            "licence": kept.get("licence", LICENCE),
            **({"sentence": sentence} if sentence is not None else {}),
            "clips": kept["clips"],
        }
        self._write(code, manifest)

    def keep(self, code: str, phrase: str, data: bytes) -> int:
        """Take a recording, cut and levelled; how many milliseconds it has. Raises `BadRecording`, `CacheFailed`."""
        manifest = self._existing(code)
        sound = wav.encode(_taken(phrase, data))
        entry = {"file": file_name(phrase, sound), "sha256": hashlib.sha256(sound).hexdigest()}
        path = self._pack(code) / entry["file"]
        try:
            path.write_bytes(sound)
        except OSError as error:
            raise CacheFailed(path, str(error)) from error
        before = manifest["clips"].get(phrase)
        manifest["clips"][phrase] = entry
        self._write(code, manifest)
        if before and before["file"] != entry["file"]:
            self._remove_file(code, before["file"])
        return 1000 * (len(sound) - 44) // (2 * wav.RATE)

    def clip(self, code: str, phrase: str) -> bytes | None:
        manifest = self.manifest(code)
        entry = manifest and manifest["clips"].get(phrase)
        return (self._pack(code) / Path(entry["file"]).name).read_bytes() if entry else None

    def forget(self, code: str, phrase: str) -> None:
        """Take one clip away, if it is there."""
        manifest = self._existing(code)
        entry = manifest["clips"].pop(phrase, None)
        if entry:
            self._write(code, manifest)
            self._remove_file(code, entry["file"])

    def remove(self, code: str) -> None:
        """Take a whole pack away: out of the folder at once, then its files."""
        path = self._pack(code)
        if not path.is_dir():
            return
        try:
            aside = Path(tempfile.mkdtemp(prefix=".removed-", dir=self.folder))
            path.rename(aside / code)
            shutil.rmtree(aside)
        except OSError as error:
            raise CacheFailed(path, str(error)) from error

    def _existing(self, code: str) -> dict[str, Any]:
        manifest = self.manifest(code)
        if manifest is None:
            raise BadLanguage(code, "it was not described yet")
        return manifest

    def _pack(self, code: str) -> Path:
        if not CODE.fullmatch(code):
            raise BadLanguage(code, "a language has a code of two or three small letters (ISO 639)")
        return self.folder / code

    def _write(self, code: str, manifest: dict[str, Any]) -> None:
        folder = self._pack(code)
        text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=folder, suffix=".part")
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            Path(name).replace(folder / packs.MANIFEST)
        except OSError as error:
            raise CacheFailed(folder, str(error)) from error

    def _remove_file(self, code: str, name: str) -> None:
        (self._pack(code) / Path(name).name).unlink(missing_ok=True)


def file_name(text: str, sound: bytes = b"") -> str:
    """ASCII for any unpacker; the hash tells "mười" from "mươi", whose marks are dropped, and takes from takes."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    words = "-".join("".join(letter if letter.isalnum() else " " for letter in plain).split())[:40] or "clip"
    digest = hashlib.sha256(text.lower().encode() + sound).hexdigest()
    return f"{words}-{digest[: 12 if sound else 4]}.wav"


def _taken(phrase: str, data: bytes) -> wav.Samples[int]:
    samples = wav.decode(data, f"the recording of {phrase!r}")
    if 1000 * len(samples) // wav.RATE > LONGEST_MS:
        raise BadRecording(phrase, "it is longer than 8 seconds")
    spoken = wav.spoken(samples, QUIETEST_RMS)
    if not spoken:
        raise BadRecording(phrase, "nothing is heard in it")
    if 1000 * len(spoken) // wav.RATE < SHORTEST_MS:
        raise BadRecording(phrase, "it is shorter than a tenth of a second")
    return wav.levelled(spoken)
