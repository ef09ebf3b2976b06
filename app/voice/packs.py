"""A clip pack: recorded words of one language, in a folder or a zip file, described by its `manifest.json`.

    {"language": "vi", "region": "north", "sample_rate": 22050, "licence": "CC0-1.0",
     "clips": {"xin mời số": {"file": "xin-moi-so.wav", "sha256": "…"}, "hai": {…}, …}}

A clip may hold one word or several; the longest that fits is taken, so a pack may record whole phrases.
Sounds are mono 16-bit PCM WAV at 22,050 Hz. A pack in a language that the program does not know also brings its
`name` and its `sentence` (docs/languages.md).
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.voice import wav
from app.voice.errors import BadClipPack, BadLanguage, MissingWord
from app.voice.languages import LANGUAGES, Language, from_data

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.voice.wav import Samples

MANIFEST = "manifest.json"
SHIPPED = Path(__file__).parent / "clips"


@dataclass(frozen=True)
class ClipPack:
    path: Path
    language: str
    region: str
    licence: str
    digest: str
    """SHA-256 of the manifest, which names the SHA-256 of each clip: two packs with one digest are the same."""
    clips: Mapping[str, bytes]
    tongue: Language | None = None
    """Its language, where the pack describes it."""

    def split(self, text: str) -> list[str]:
        """The clips that say `text`, longest first; `MissingWord` names the first word without one."""
        words = text.lower().split()
        found: list[str] = []
        while words:
            key = self._longest(words)
            found.append(key)
            words = words[len(key.split()) :]
        return found

    def sound(self, key: str) -> Samples[int]:
        return wav.levelled(wav.decode(self.clips[key], f"{self.path}: the clip {key!r}"))

    def _longest(self, words: Sequence[str]) -> str:
        for count in range(len(words), 0, -1):
            key = " ".join(words[:count])
            if key in self.clips:
                return key
        raise MissingWord(words[0], str(self.path))


def installed(*folders: Path) -> list[Path]:
    """The packs in these folders, in order: each folder or zip file with a manifest in it."""
    found: list[Path] = []
    for folder in folders:
        if folder.is_dir():
            found += [path for path in sorted(folder.iterdir()) if _is_pack(path)]
    return found


def apart(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The centre's own packs, and those that are shipped."""
    own = [path for path in paths if path.parent != SHIPPED]
    return own, [path for path in paths if path.parent == SHIPPED]


def languages(folders: Sequence[Path]) -> dict[str, Language]:
    """Those that travel with the program, and those that packs describe; the first pack that names one decides."""
    found = dict(LANGUAGES)
    for path in installed(*folders):
        pack = load_if_good(path)
        if isinstance(pack, ClipPack) and pack.tongue is not None and pack.language not in found:
            found[pack.language] = _sayable(pack.tongue, pack)
    return found


def _sayable(tongue: Language, pack: ClipPack) -> Language:
    """Without the words for numbers that were not recorded: these are said by their figures."""
    return replace(tongue, numbers={key: text for key, text in tongue.numbers.items() if text.lower() in pack.clips})


def stamp(folders: Sequence[Path]) -> tuple[tuple[str, int, int], ...]:
    """Changes whenever a pack comes, goes or is recorded anew."""
    return tuple((str(path), *_stamp(path)) for path in installed(*folders))


def load_if_good(path: Path) -> ClipPack | BadClipPack:
    """As `load`, but for a pack that may be broken; read once until it changes."""
    return _loaded(path, _stamp(path))


@lru_cache(maxsize=32)
def _loaded(path: Path, _of: tuple[int, int]) -> ClipPack | BadClipPack:
    try:
        return load(path)
    except BadClipPack as problem:
        return problem


def _stamp(path: Path) -> tuple[int, int]:
    file = path if path.is_file() else path / MANIFEST
    try:
        facts = file.stat()
    except OSError:  # taken away this moment, as reading it will tell
        return 0, 0
    return facts.st_mtime_ns ^ facts.st_ino, facts.st_size


def load(path: Path) -> ClipPack:
    """Read and check a pack; `BadClipPack` says which file or key is wrong."""
    root = _root(path)
    try:
        text = (root / MANIFEST).read_bytes()
        manifest = json.loads(text)
        clips = {key.lower(): _clip(path, root, key, entry) for key, entry in manifest["clips"].items()}
        _check_rate(path, manifest["sample_rate"])
        return ClipPack(
            path=path,
            language=manifest["language"],
            region=manifest["region"],
            licence=manifest["licence"],
            digest=hashlib.sha256(text).hexdigest(),
            clips=clips,
            tongue=_tongue(manifest),
        )
    except BadLanguage as error:
        raise BadClipPack(path, str(error)) from error
    except OSError as error:
        raise BadClipPack(path, f"its manifest cannot be read: {error}") from error
    except ValueError as error:
        raise BadClipPack(path, f"its manifest is not JSON: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise BadClipPack(path, f"its manifest lacks or misplaces {error}") from error


def _tongue(manifest: Mapping[str, Any]) -> Language | None:
    if "sentence" not in manifest:
        return None
    return from_data(manifest["language"], manifest.get("name"), manifest["sentence"], "its manifest")


def _is_pack(path: Path) -> bool:
    return path.suffix == ".zip" or (path / MANIFEST).is_file()


def _root(path: Path) -> Path | zipfile.Path:
    if path.is_dir():
        return path
    try:
        return zipfile.Path(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise BadClipPack(path, f"it is neither a folder nor a zip file: {error}") from error


def _clip(path: Path, root: Path | zipfile.Path, key: str, entry: Mapping[str, Any]) -> bytes:
    name = str(entry["file"])
    if Path(name).name != name:
        raise BadClipPack(path, f"the clip {key!r} is outside of the pack: {name!r}")
    try:
        data = (root / name).read_bytes()
    except (OSError, KeyError) as error:
        raise BadClipPack(path, f"the clip {key!r} is missing: {name!r}") from error
    if hashlib.sha256(data).hexdigest() != entry["sha256"]:
        raise BadClipPack(path, f"the clip {key!r} is not what the manifest says: {name!r}")
    return data


def _check_rate(path: Path, rate: object) -> None:
    if rate != wav.RATE:
        raise BadClipPack(path, f"its sample rate is {rate}; {wav.RATE} is needed")
