"""Sounds kept on disk by the hash of what they say, within a limit."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from app.voice import wav
from app.voice.errors import BadWav, CacheFailed

MEGABYTE = 1_000_000


class SoundCache:
    """A folder of WAV files. A file appears whole or not at all; the longest unused go first over the limit."""

    def __init__(self, folder: Path, limit_mb: float) -> None:
        self._folder, self._limit_bytes = folder, round(limit_mb * MEGABYTE)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for left_by_a_crash in folder.glob("*.part"):
                left_by_a_crash.unlink(missing_ok=True)
        except OSError as error:
            raise CacheFailed(folder, str(error)) from error

    def find(self, key: str) -> Path | None:
        """The file of this key, unless it is absent or damaged."""
        path = self._path(key)
        try:
            wav.duration_ms(path)
            os.utime(path)
        except (FileNotFoundError, BadWav):
            return None
        except OSError as error:
            raise CacheFailed(path, str(error)) from error
        return path

    def put(self, key: str, data: bytes) -> Path:
        path = self._path(key)
        try:
            self._write(path, data)
            self._shrink(keep=path)
        except OSError as error:
            raise CacheFailed(path, str(error)) from error
        return path

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}.wav"

    def _write(self, path: Path, data: bytes) -> None:
        descriptor, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def _shrink(self, keep: Path) -> None:
        files = [(path.stat(), path) for path in self._folder.glob("*.wav")]
        total = sum(stat.st_size for stat, _ in files)
        for stat, path in sorted(files, key=lambda file: file[0].st_mtime_ns):
            if total <= self._limit_bytes:
                return
            if path != keep:
                path.unlink(missing_ok=True)
                total -= stat.st_size
