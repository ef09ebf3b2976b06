"""From a call to a sound file: chime, sentence, said once or twice, in Vietnamese and in the ticket's language."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import threading
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from app.voice import packs, reading, wav
from app.voice.cache import SoundCache
from app.voice.chime import chime
from app.voice.engines import EngineName, choose_engine
from app.voice.errors import MissingWord, NoEngine, UnspeakableNumber, VoiceError
from app.voice.espeak import DEFAULT_RATE_WPM
from app.voice.languages import HOME_LANGUAGE
from app.voice.packs import SHIPPED
from app.voice.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from app.voice.engines import Choice, Engine
    from app.voice.languages import Language
    from app.voice.numbers import Region, Style
    from app.voice.programs import Run
    from app.voice.sentences import Utterance
    from app.voice.wav import Samples

log = logging.getLogger(__name__)

AFTER_CHIME_MS = 300
BETWEEN_SENTENCES_MS = 800

# Of about 0.5 MB each, so some hundreds of calls: a day of an ordinary ward
DEFAULT_LIMIT_MB = 200.0

# Part of every key: to be raised when the same words and settings come out as another sound
_SOUND_VERSION = 2


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
        piper_models: Mapping[str, Path] | None = None,
    ) -> None:
        """Choose who speaks. Raises `NoEngine` or what ails the engine asked for; `CacheFailed`."""
        self._settings = settings
        self._cache = SoundCache(cache_dir, limit_mb)
        self._speech_dir = cache_dir / "speech"
        self.languages: Mapping[str, Language] = packs.languages(pack_folders)
        self.silent: dict[str, str] = {}
        """Languages that nobody here can say, and why."""
        self.engines: Mapping[str, Choice] = self._choose_engines(pack_folders, piper_models or {})
        self._failed: set[str] = set()
        if settings.chime:
            chime()  # made now: it takes 10 ms, which at the first call would be taken from the screens
        # One at a time: a hall hears one call at a time, and eight presses at once shall not start eight programs
        self._rendering, self._reading = threading.Lock(), threading.Lock()

    def audio(self, call: SpokenCall) -> Path:
        """The WAV of a call, made now if it is not kept. The file may go once hundreds of others were made.

        Where its own language fails, the call is in Vietnamese alone. Raises `VoiceError`: `UnspeakableNumber`,
        `EspeakFailed`, `EspeakTimedOut`, `CacheFailed`, ...
        """
        key = self.key(call)
        if key in self._failed:
            return self.audio(replace(call, language=HOME_LANGUAGE))
        kept = self._cache.find(key)
        if kept:
            return kept
        try:
            with self._rendering:
                return self._cache.find(key) or self._cache.put(key, self._render(call))
        except VoiceError as problem:
            if len(self._utterances(call)) == 1:
                raise
            log.warning("%s is called in Vietnamese only: %s", call.number, problem)
            self._failed.add(key)  # every screen asks for it, and none shall wait for the same failure again
            return self.audio(replace(call, language=HOME_LANGUAGE))

    def speech(self, text: str, language: str, secret: bytes, run: Run = lambda reckon: reckon()) -> Path:
        """Any sentence, read aloud; kept under a name that nobody can work out who has not the `secret`.

        `run` does the reckoning off the server's loop. Raises `BadText`, `NoEngine` where nobody here reads this
        language (recordings say calls only), and what keeps an engine from speaking.
        """
        utterance = reading.utterance(text, language, self._settings.region)
        readers = self._readers(language)
        facts = [asdict(utterance), [engine.identity for engine in readers]]
        key = hmac.new(secret, json.dumps(facts, sort_keys=True).encode(), "sha256").hexdigest()
        kept = self._read.find(key)
        if kept:
            return kept
        with self._reading:  # of its own: a call does not wait until a page was read to somebody
            return self._read.find(key) or self._read.put(key, reading.read(readers, utterance, run))

    def spoken(self, key: str) -> Path | None:
        """The file of a speech that was made here."""
        return self._read.find(key) if reading.KEY.fullmatch(key) else None

    def key(self, call: SpokenCall) -> str:
        """32 hexadecimal digits: the hash of the words, the settings and the engine. Makes no sound.

        What a key names never changes, so a URL with it may be cached for ever.
        """
        facts = {
            "version": _SOUND_VERSION,
            "settings": asdict(self._settings),
            "said": [asdict(utterance) for utterance in self._utterances(call)],
            "by": [
                [engine.identity for engine in self.engines[utterance.language].all]
                for utterance in self._utterances(call)
            ],
        }
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32]

    def text(self, call: SpokenCall) -> str:
        """What will be said, for a caption or a log."""
        return ". ".join(utterance.text for utterance in self._utterances(call))

    def duration_ms(self, path: Path) -> int:
        """Milliseconds of a sound that `audio` gave; `BadWav` if it was damaged since."""
        return wav.duration_ms(path)

    @cached_property
    def _read(self) -> SoundCache:
        return SoundCache(self._speech_dir, reading.LIMIT_MB)

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
        first, *others = self.engines[utterance.language].all
        try:
            data = self._say_by(first, utterance, call)
        except VoiceError as problem:
            data = self._say_by_another(others, utterance, call, problem)
        return wav.decode(data, f"what the engine said in {utterance.language!r}")

    def _say_by_another(
        self, others: Sequence[Engine], utterance: Utterance, call: SpokenCall, problem: VoiceError
    ) -> bytes:
        """Raises the first problem where nobody else can."""
        for engine in others:
            log.warning("%s; so %s speaks", problem, engine.identity)
            try:
                return self._say_by(engine, utterance, call)
            except VoiceError as another:
                log.warning("%s", another)
        raise problem

    def _say_by(self, engine: Engine, utterance: Utterance, call: SpokenCall) -> bytes:
        try:
            return engine.render(utterance)
        except MissingWord as missing:
            if not call.counter_name or utterance.language != HOME_LANGUAGE:
                raise
            # No pack knows the names that a centre gives its rooms; the counter's number leads there as well
            log.warning("counter %d is called by its number: %s", call.counter, missing)
            numbered = replace(call, counter_name=None)
            return engine.render(self._utterance(numbered, utterance.language))

    def _utterances(self, call: SpokenCall) -> list[Utterance]:
        """A language that nobody here can say is called in Vietnamese alone: better than not at all."""
        said = [self._utterance(call, HOME_LANGUAGE)]
        if call.language == HOME_LANGUAGE or call.language not in self.engines:
            return said
        try:
            return [*said, self._utterance(call, call.language)]
        except UnspeakableNumber as problem:
            log.warning("%s is called in Vietnamese only: %s", call.number, problem)
            return said

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
            known=self.languages,
        )

    def _readers(self, language: str) -> list[reading.Reader]:
        if language not in self.engines:
            raise NoEngine(language, self.silent.get(language, "the language is not known here"))
        found: list[reading.Reader] = []
        found += [engine for engine in self.engines[language].all if isinstance(engine, reading.Reader)]
        if not found:
            raise NoEngine(language, "recordings can say calls only; any other text is shown")
        return found

    def _choose_engines(self, folders: Sequence[Path], piper_models: Mapping[str, Path]) -> dict[str, Choice]:
        chosen: dict[str, Choice] = {}
        wish = self._settings
        for language in self.languages:
            try:
                choice = choose_engine(
                    language, wish.region, wish.engine, wish.rate, folders, piper_models, self.languages
                )
            except VoiceError as problem:
                if language == HOME_LANGUAGE:
                    raise
                log.warning("calls will be in Vietnamese only: %s", problem)
                self.silent[language] = str(problem)
                continue
            log.info("%s", choice.why)
            chosen[language] = choice
        return chosen
