"""Clip packs as somebody might record them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from app.voice import packs

if TYPE_CHECKING:
    from pathlib import Path


def make_pack(folder: Path, *keys: str, language: str = "vi") -> Path:
    """A pack of one shipped sound under other names."""
    path = folder / "pack"
    path.mkdir()
    sound = next((packs.SHIPPED / "vi-north").glob("*.wav")).read_bytes()
    clips = {}
    for index, key in enumerate(keys):
        (path / f"{index}.wav").write_bytes(sound)
        clips[key] = {"file": f"{index}.wav", "sha256": hashlib.sha256(sound).hexdigest()}
    manifest = {"language": language, "region": "north", "sample_rate": 22_050, "licence": "ours", "clips": clips}
    (path / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return path
