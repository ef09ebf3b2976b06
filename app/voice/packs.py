"""A clip pack: recorded words of one language, in a folder or a zip file, described by its `manifest.json`.

    {"language": "vi", "region": "north", "sample_rate": 22050, "licence": "CC0-1.0",
     "clips": {"xin mời số": {"file": "xin-moi-so.wav", "sha256": "…"}, "hai": {…}, …}}

A clip may hold one word or several; the longest that fits is taken, so a pack may record whole phrases.
Sounds are mono 16-bit PCM WAV at 22,050 Hz.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.voice import wav
from app.voice.errors import BadClipPack, MissingWord

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.voice.wav import Samples

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


def load(path: Path) -> ClipPack:
    """Read and check a pack; `BadClipPack` says which file or key is wrong."""
    root = _root(path)
    try:
        text = (root / "manifest.json").read_bytes()
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
        )
    except OSError as error:
        raise BadClipPack(path, f"its manifest cannot be read: {error}") from error
    except ValueError as error:
        raise BadClipPack(path, f"its manifest is not JSON: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise BadClipPack(path, f"its manifest lacks or misplaces {error}") from error


def _is_pack(path: Path) -> bool:
    return path.suffix == ".zip" or (path / "manifest.json").is_file()


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
