"""Who says it: espeak-ng, run as its own program, or clips joined from a pack. Both give the same kind of WAV."""

from __future__ import annotations

import shutil
import subprocess
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from app.voice import packs, wav
from app.voice.errors import BadClipPack, EspeakFailed, EspeakMissing, EspeakTimedOut, NoEngine, VoiceError
from app.voice.languages import language as language_of
from app.voice.sentences import Pause, Phrase, Utterance

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from app.voice.numbers import Region
    from app.voice.packs import ClipPack
    from app.voice.wav import Samples

EngineName = Literal["auto", "espeak", "clips"]

ESPEAK = "espeak-ng"

# espeak-ng's own default is 175 words a minute. At 130 a Vietnamese syllable takes about 0.34 s: for old ears,
# and still one call in five seconds.
DEFAULT_RATE_WPM = 130

# A phrase takes about 5 ms; one that takes seconds is stuck
ESPEAK_TIMEOUT_S = 5.0

BETWEEN_CLIPS_MS = 30

# Prompts, letters, counters and the numbers of a busy morning; about 40 KB a phrase
PHRASES_KEPT = 256


class Engine(Protocol):
    @property
    def identity(self) -> str:
        """Changes whenever the sound of the same words would."""

    def render(self, utterance: Utterance) -> bytes:
        """The utterance as WAV: mono, 16 bit, 22,050 Hz, its pauses exact. Raises `VoiceError`."""


@dataclass(frozen=True)
class Choice:
    engine: Engine
    why: str
    """One English sentence for the log and the health page: which engine was taken, and why."""


class EspeakEngine:
    """Runs espeak-ng once a phrase; prompts come again at every call, so the last phrases are kept."""

    def __init__(
        self,
        program: str = ESPEAK,
        rate_wpm: int = DEFAULT_RATE_WPM,
        timeout_s: float = ESPEAK_TIMEOUT_S,
    ) -> None:
        self._program, self._rate_wpm, self._timeout_s = program, rate_wpm, timeout_s
        self._phrases: OrderedDict[tuple[str, str], Samples[int]] = OrderedDict()
        version = self._run(["--version"], "", "").decode(errors="replace").split("Data at")[0].strip()
        self.identity = f"{version}, {rate_wpm} words a minute"

    def render(self, utterance: Utterance) -> bytes:
        voice = _espeak_voice(utterance.language, utterance.region)
        respelt = language_of(utterance.language).respelt
        return _join(utterance, lambda text: self._phrase(respelt.get(text, text), voice))

    def _phrase(self, text: str, voice: str) -> Samples[int]:
        key = (text, voice)
        if key in self._phrases:
            self._phrases.move_to_end(key)
            return self._phrases[key]
        samples = self._phrases[key] = self._say(text, voice)
        if len(self._phrases) > PHRASES_KEPT:
            self._phrases.popitem(last=False)
        return samples

    def _say(self, text: str, voice: str) -> Samples[int]:
        # The text goes through standard input: as an argument, a name that begins with "-" would be an option
        options = ["-v", voice, "-s", str(self._rate_wpm), "-b", "1", "-z", "--stdin", "--stdout"]
        data = self._run(options, text, voice)
        samples = wav.levelled(wav.trimmed(wav.decode(data, f"what espeak-ng said for {text!r}")))
        if not samples:
            raise EspeakFailed(text, voice, 0, "it gave silence")
        return samples

    def _run(self, options: list[str], text: str, voice: str) -> bytes:
        try:
            done = subprocess.run(
                [self._program, *options],
                input=text.encode(),
                capture_output=True,
                timeout=self._timeout_s,
                check=False,
            )
        except FileNotFoundError:
            raise EspeakMissing(self._program) from None
        except subprocess.TimeoutExpired:
            raise EspeakTimedOut(text, voice, self._timeout_s) from None
        except OSError as error:
            raise EspeakFailed(text, voice, -1, str(error)) from error
        if done.returncode:
            raise EspeakFailed(text, voice, done.returncode, done.stderr.decode(errors="replace").strip())
        return done.stdout


class ClipEngine:
    """Joins the clips of one pack. The pack's region may differ from the sentence's: its words are said anyway."""

    def __init__(self, pack: ClipPack) -> None:
        self._pack = pack
        self._sounds: dict[str, Samples[int]] = {}
        self.identity = f"clips {pack.digest}"

    def render(self, utterance: Utterance) -> bytes:
        if utterance.language != self._pack.language:
            raise NoEngine(utterance.language, f"the clip pack {self._pack.path} is in {self._pack.language!r}")
        return _join(utterance, self._phrase)

    def _phrase(self, text: str) -> Samples[int]:
        pieces: list[Samples[int]] = []
        for key in self._pack.split(text):
            if key not in self._sounds:
                self._sounds[key] = self._pack.sound(key)
            pieces += [wav.silence(BETWEEN_CLIPS_MS), self._sounds[key]]
        return wav.join(pieces[1:])


def choose_engine(
    language: str,
    region: Region = "north",
    engine: EngineName = "auto",
    rate_wpm: int = DEFAULT_RATE_WPM,
    pack_folders: Sequence[Path] = (packs.SHIPPED,),
) -> Choice:
    """Who says `language`: with `auto`, espeak-ng where it is installed and speaks it, else a clip pack.

    A pack of the region comes before one of another region, earlier folders before later ones. Raises what
    keeps the engine asked for from working, or `NoEngine` when neither works.
    """
    if engine == "clips":
        return _choose_clips(language, region, pack_folders, "as the settings ask")
    if engine == "espeak":
        return _choose_espeak(language, region, rate_wpm, "as the settings ask")
    try:
        return _choose_espeak(language, region, rate_wpm, "since it is installed")
    except VoiceError as problem:
        return _choose_clips(language, region, pack_folders, f"since {problem}")


def _choose_espeak(language: str, region: Region, rate_wpm: int, why: str) -> Choice:
    voice = _espeak_voice(language, region)
    program = shutil.which(ESPEAK)
    if program is None:
        raise EspeakMissing(ESPEAK)
    engine = EspeakEngine(program, rate_wpm)
    # espeak-ng may be installed without the data of this voice: better found out now than at the first call
    engine.render(Utterance(language, region, (Phrase(language_of(language).digits[1]),)))
    return Choice(engine, f"espeak-ng says {language!r} with its voice {voice!r}, {why}.")


def _choose_clips(language: str, region: Region, folders: Sequence[Path], why: str) -> Choice:
    candidates: list[ClipPack] = []
    problems: list[str] = []
    for path in packs.installed(*folders):
        try:
            candidates.append(packs.load(path))
        except BadClipPack as problem:
            problems.append(str(problem))
    fitting = [pack for pack in candidates if pack.language == language]
    if not fitting:
        raise NoEngine(language, "; ".join([why, "no clip pack is in this language", *problems]))
    pack = next((pack for pack in fitting if pack.region == region), fitting[0])
    return Choice(ClipEngine(pack), f"the clip pack {pack.path.name} says {language!r}, {why}.")


def _espeak_voice(language: str, region: Region) -> str:
    voices = language_of(language).espeak_voices
    if voices is None:
        raise NoEngine(language, "espeak-ng has no voice for it")
    return voices[region]


def _join(utterance: Utterance, say: Callable[[str], Samples[int]]) -> bytes:
    return wav.encode(
        wav.join(wav.silence(part.ms) if isinstance(part, Pause) else say(part.text) for part in utterance.parts),
    )
