"""From a call to a sound file: chime, sentence, said once or twice, in Vietnamese and in the ticket's language."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Literal

from app.voice import languages, wav
from app.voice.cache import SoundCache
from app.voice.chime import chime
from app.voice.engines import DEFAULT_RATE_WPM, EngineName, choose_engine
from app.voice.errors import MissingWord, NoEngine
from app.voice.packs import SHIPPED
from app.voice.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from app.voice.engines import Choice
    from app.voice.numbers import Region, Style
    from app.voice.sentences import Utterance
    from app.voice.wav import Samples

log = logging.getLogger(__name__)

HOME_LANGUAGE = "vi"
AFTER_CHIME_MS = 300
BETWEEN_SENTENCES_MS = 800

# Of about 0.5 MB each, so some hundreds of calls: a day of an ordinary ward
DEFAULT_LIMIT_MB = 200.0

# Part of every key: to be raised when the same words and settings come out as another sound
_SOUND_VERSION = 1


@dataclass(frozen=True)
class VoiceSettings:
    """`rate` is in words a minute as espeak-ng counts them; clips keep the pace of their recording."""

    region: Region = "north"
    style: Style = "hybrid"
    chime: bool = True
    repeat: Literal[1, 2] = 1
    engine: EngineName = "auto"
    rate: int = DEFAULT_RATE_WPM


@dataclass(frozen=True)
class SpokenCall:
    """`again`: a recall. `counter_name` is said in place of "quầy số" and the counter's number."""

    number: str
    counter: int
    counter_name: str | None = None
    language: str = HOME_LANGUAGE
    again: bool = False


class Voice:
    """Gives each call its sound file. Safe to use from many threads, green ones included."""

    def __init__(
        self,
        cache_dir: Path,
        settings: VoiceSettings = VoiceSettings(),
        *,
        limit_mb: float = DEFAULT_LIMIT_MB,
        pack_folders: Sequence[Path] = (SHIPPED,),
    ) -> None:
        """Choose who speaks. Raises `NoEngine` or what ails the engine asked for; `CacheFailed`."""
        self._settings = settings
        self._cache = SoundCache(cache_dir, limit_mb)
        self.engines: Mapping[str, Choice] = _choose_engines(settings, pack_folders)
        if settings.chime:
            chime()  # made now: it takes 10 ms, which at the first call would be taken from the screens
        # One at a time: a hall hears one call at a time, and eight presses at once shall not start eight programs
        self._rendering = threading.Lock()

    def audio(self, call: SpokenCall) -> Path:
        """The WAV of a call, made now if it is not kept. The file may go once hundreds of others were made.

        Raises `VoiceError`: `UnspeakableNumber`, `EspeakFailed`, `EspeakTimedOut`, `CacheFailed`, ...
        """
        key = self.key(call)
        kept = self._cache.find(key)
        if kept:
            return kept
        with self._rendering:
            return self._cache.find(key) or self._cache.put(key, self._render(call))

    def key(self, call: SpokenCall) -> str:
        """32 hexadecimal digits: the hash of the words, the settings and the engine. Makes no sound.

        What a key names never changes, so a URL with it may be cached for ever.
        """
        facts = {
            "version": _SOUND_VERSION,
            "settings": asdict(self._settings),
            "said": [asdict(utterance) for utterance in self._utterances(call)],
            "by": [self.engines[language].engine.identity for language in self._languages(call)],
        }
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32]

    def text(self, call: SpokenCall) -> str:
        """What will be said, for a caption or a log."""
        return ". ".join(utterance.text for utterance in self._utterances(call))

    def duration_ms(self, path: Path) -> int:
        """Milliseconds of a sound that `audio` gave; `BadWav` if it was damaged since."""
        return wav.duration_ms(path)

    def _render(self, call: SpokenCall) -> bytes:
        pieces: list[Samples[int]] = []
        if self._settings.chime:
            pieces += [chime(), wav.silence(AFTER_CHIME_MS)]
        for utterance in self._utterances(call):
            said = self._say(utterance, call)
            for _ in range(self._settings.repeat):
                pieces += [said, wav.silence(BETWEEN_SENTENCES_MS)]
        return wav.encode(wav.join(pieces[:-1]))

    def _say(self, utterance: Utterance, call: SpokenCall) -> Samples[int]:
        engine = self.engines[utterance.language].engine
        try:
            data = engine.render(utterance)
        except MissingWord as missing:
            if not call.counter_name:
                raise
            # No pack knows the names that a centre gives its rooms; the counter's number leads there as well
            log.warning("counter %d is called by its number: %s", call.counter, missing)
            numbered = replace(call, counter_name=None)
            data = engine.render(self._utterance(numbered, utterance.language))
        return wav.decode(data, f"what the engine said in {utterance.language!r}")

    def _utterances(self, call: SpokenCall) -> list[Utterance]:
        return [self._utterance(call, language) for language in self._languages(call)]

    def _languages(self, call: SpokenCall) -> list[str]:
        """A language that nobody here can say is called in Vietnamese alone: better than not at all."""
        also = [call.language] if call.language != HOME_LANGUAGE and call.language in self.engines else []
        return [HOME_LANGUAGE, *also]

    def _utterance(self, call: SpokenCall, language: str) -> Utterance:
        return sentence(
            call.number,
            call.counter,
            # The name is Vietnamese: an English voice would make nonsense of it
            call.counter_name if language == HOME_LANGUAGE else None,
            language=language,
            region=self._settings.region,
            style=self._settings.style,
            again=call.again,
        )


def _choose_engines(settings: VoiceSettings, pack_folders: Sequence[Path]) -> dict[str, Choice]:
    chosen: dict[str, Choice] = {}
    for language in languages.LANGUAGES:
        try:
            choice = choose_engine(language, settings.region, settings.engine, settings.rate, pack_folders)
        except NoEngine as problem:
            if language == HOME_LANGUAGE:
                raise
            log.warning("calls will be in Vietnamese only: %s", problem)
            continue
        log.info("%s", choice.why)
        chosen[language] = choice
    return chosen
