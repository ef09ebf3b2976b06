"""Who says it. In order: the centre's own recordings, piper, espeak-ng, the recordings that are shipped."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Protocol

from app.voice import packs, phrases
from app.voice.clip_engine import ClipEngine
from app.voice.errors import BadClipPack, EspeakMissing, NoEngine, PiperMissing, VoiceError
from app.voice.espeak import DEFAULT_RATE_WPM, ESPEAK, EspeakEngine, voice_of
from app.voice.languages import LANGUAGES, Language
from app.voice.languages import language as language_of
from app.voice.piper import PIPER, PiperEngine
from app.voice.sentences import Phrase, Utterance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from app.voice.numbers import Region
    from app.voice.packs import ClipPack

EngineName = Literal["auto", "clips", "piper", "espeak"]


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
    by: Literal["clips", "piper", "espeak", "shipped"] = "clips"
    """The kind of engine; `shipped`: recordings that travel with the program."""
    others: tuple[Engine, ...] = ()
    """Who is turned to where the first cannot say something, in order."""

    @property
    def all(self) -> tuple[Engine, ...]:
        return (self.engine, *self.others)


@dataclass(frozen=True)
class Asked:
    """What an engine is chosen for."""

    tongue: Language
    region: Region
    rate_wpm: int
    pack_folders: Sequence[Path]
    piper_model: Path | None
    known: Mapping[str, Language]


def choose_engine(  # noqa: PLR0917
    language: str,
    region: Region = "north",
    engine: EngineName = "auto",
    rate_wpm: int = DEFAULT_RATE_WPM,
    pack_folders: Sequence[Path] = (packs.SHIPPED,),
    piper_models: Mapping[str, Path] | None = None,
    known: Mapping[str, Language] = LANGUAGES,
) -> Choice:
    """Who says `language`: with `auto`, whoever comes first and works; a pack of the centre must hold a whole call.

    A pack of the region comes before one of another region, earlier folders before later ones. Raises what
    keeps the engine asked for from working, or `NoEngine` when none works.
    """
    model = (piper_models or {}).get(language)
    asked = Asked(language_of(language, known), region, rate_wpm, pack_folders, model, known)
    if engine == "auto":
        return _first_that_works(asked)
    why = "as the settings ask"
    if engine == "clips":
        found = list(_clips(asked, _packs(asked), why))
        return replace(found[0], others=tuple(choice.engine for choice in found[1:]))
    return _piper(asked, why) if engine == "piper" else _espeak(asked, why)


def _first_that_works(asked: Asked) -> Choice:
    """An engine that only a missing program or voice keeps from speaking is passed over, and `why` tells of it."""
    own, shipped = packs.apart(_folders(asked))
    ours = _packs(asked, own)
    whole = [pack for pack in ours if not phrases.missing_for_a_call(asked.tongue, pack)]
    parts = [pack for pack in ours if pack not in whole and phrases.says_a_call(asked.tongue, pack)]
    problems: list[str] = []
    found: list[Choice] = []
    ways: tuple[Callable[[str], Iterable[Choice]], ...] = (
        lambda _why: _clips(asked, whole, "since this centre recorded it") if whole else (),
        lambda _why: [_piper(asked, "since it and a voice are installed")] if asked.piper_model else (),
        lambda _why: [_espeak(asked, "since it is installed")],
        lambda why: _clips(asked, parts, f"though it lacks words, {why}") if parts else (),
        lambda why: _clips(asked, _packs(asked, shipped), why),
    )
    for way in ways:
        try:
            found += way(f"since {'; '.join(problems)}")
        except VoiceError as problem:
            problems.append(problem.reason if isinstance(problem, NoEngine) else str(problem))
    if not found:
        raise NoEngine(asked.tongue.code, "; ".join(problems + [_lacks(asked, pack) for pack in ours]))
    return replace(found[0], others=tuple(choice.engine for choice in found[1:]))


def _espeak(asked: Asked, why: str) -> Choice:
    voice = voice_of(asked.tongue, asked.region)
    program = shutil.which(ESPEAK)
    if program is None:
        raise EspeakMissing(ESPEAK)
    engine = EspeakEngine(program, asked.rate_wpm, known=asked.known)
    # espeak-ng may be installed without the data of this voice: better found out now than at the first call
    engine.render(Utterance(asked.tongue.code, asked.region, (Phrase(asked.tongue.digits[1]),)))
    return Choice(engine, f"espeak-ng says {asked.tongue.code!r} with its voice {voice!r}, {why}.", "espeak")


def _piper(asked: Asked, why: str) -> Choice:
    code, model = asked.tongue.code, asked.piper_model
    program = shutil.which(PIPER)
    if program is None:
        raise PiperMissing(f"the program {PIPER!r} is not installed")
    if model is None:
        raise PiperMissing(f"no voice for {code!r} is installed (setting piper_voices)")
    engine = PiperEngine(code, model, program, asked.rate_wpm)
    prompts = (*asked.tongue.opening, asked.tongue.to_counter)
    tried = _tried(engine, Utterance(code, asked.region, tuple(map(Phrase, prompts))))
    if isinstance(tried, VoiceError):
        raise tried
    engine = tried
    return Choice(engine, f"piper says {code!r} with its voice {model.name!r}, {why}.", "piper")


@lru_cache(maxsize=8)
def _tried(engine: PiperEngine, prompts: Utterance) -> PiperEngine | VoiceError:
    """The engine with the prompts of every call in its memory, or what ails it; asked once of each program and voice.

    Each phrase takes piper a second, and a voice is chosen anew after every recording that is made here.
    """
    try:
        engine.render(prompts)
    except VoiceError as problem:
        return problem
    return engine


def _clips(asked: Asked, found: list[ClipPack], why: str) -> Iterator[Choice]:
    if not found:
        raise NoEngine(asked.tongue.code, "; ".join(["no clip pack is in this language", *_problems(asked)]))
    for pack in sorted(found, key=lambda pack: pack.region != asked.region):
        told = f"the clip pack {pack.path.name} says {asked.tongue.code!r}, {why}."
        yield Choice(ClipEngine(pack), told, "shipped" if pack.path.parent == packs.SHIPPED else "clips")


def _lacks(asked: Asked, pack: ClipPack) -> str:
    return f"the clip pack {pack.path.name} still lacks {len(phrases.missing_for_a_call(asked.tongue, pack))} phrases"


def _folders(asked: Asked) -> list[Path]:
    return packs.installed(*asked.pack_folders)


def _packs(asked: Asked, paths: Sequence[Path] | None = None) -> list[ClipPack]:
    """Those in this language; a broken one is told of where nobody speaks."""
    found: list[ClipPack] = []
    for path in _folders(asked) if paths is None else paths:
        pack = packs.load_if_good(path)
        if isinstance(pack, packs.ClipPack) and pack.language == asked.tongue.code:
            found.append(pack)
    return found


def _problems(asked: Asked) -> list[str]:
    found = map(packs.load_if_good, _folders(asked))
    return [str(problem) for problem in found if isinstance(problem, BadClipPack)]
