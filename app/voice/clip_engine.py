"""Clips joined from a pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.voice import wav
from app.voice.errors import NoEngine
from app.voice.programs import join

if TYPE_CHECKING:
    from app.voice.packs import ClipPack
    from app.voice.sentences import Utterance
    from app.voice.wav import Samples

BETWEEN_CLIPS_MS = 30


class ClipEngine:
    """Joins the clips of one pack. The pack's region may differ from the sentence's: its words are said anyway."""

    def __init__(self, pack: ClipPack) -> None:
        self._pack = pack
        self._sounds: dict[str, Samples[int]] = {}
        self.identity = f"clips {pack.digest}"

    def render(self, utterance: Utterance) -> bytes:
        if utterance.language != self._pack.language:
            raise NoEngine(utterance.language, f"the clip pack {self._pack.path} is in {self._pack.language!r}")
        return join(utterance, self._phrase)

    def _phrase(self, text: str) -> Samples[int]:
        pieces: list[Samples[int]] = []
        for key in self._pack.split(text):
            if key not in self._sounds:
                self._sounds[key] = self._pack.sound(key)
            pieces += [wav.silence(BETWEEN_CLIPS_MS), self._sounds[key]]
        return wav.join(pieces[1:])
