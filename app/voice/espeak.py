"""espeak-ng, run as its own program."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from app.voice import wav
from app.voice.errors import EspeakFailed, EspeakMissing, EspeakTimedOut, NoEngine
from app.voice.languages import Language
from app.voice.languages import language as language_of
from app.voice.programs import PhraseMemory, join, join_aloud

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.voice.numbers import Region
    from app.voice.programs import Run
    from app.voice.sentences import Utterance
    from app.voice.wav import Samples

ESPEAK = "espeak-ng"

# espeak-ng's own default is 175 words a minute. At 130 a Vietnamese syllable takes about 0.34 s: for old ears,
# and still one call in five seconds.
DEFAULT_RATE_WPM = 130

# A phrase takes about 5 ms; one that takes seconds is stuck
ESPEAK_TIMEOUT_S = 5.0


class EspeakEngine:
    """Runs espeak-ng once a phrase."""

    def __init__(
        self,
        program: str = ESPEAK,
        rate_wpm: int = DEFAULT_RATE_WPM,
        timeout_s: float = ESPEAK_TIMEOUT_S,
        known: Mapping[str, Language] | None = None,
    ) -> None:
        self._program, self._rate_wpm, self._timeout_s, self._known = program, rate_wpm, timeout_s, known
        self.memory = PhraseMemory()
        version = self._run(["--version"], "", "").decode(errors="replace").split("Data at")[0].strip()
        self.identity = f"{version}, {rate_wpm} words a minute"

    def render(self, utterance: Utterance) -> bytes:
        voice, spell = self._voice_and_spelling(utterance)

        def say(text: str, voice: str) -> Samples[int]:
            return _shaped(self._fetch(text, voice), text, voice)

        return join(utterance, lambda text: self.memory.phrase(spell(text), voice, say))

    def aloud(self, utterance: Utterance, run: Run) -> bytes:
        voice, spell = self._voice_and_spelling(utterance)
        return join_aloud(
            utterance,
            lambda text: self._fetch(spell(text), voice),
            lambda data, text: _shaped(data, text, voice),
            run,
        )

    def _voice_and_spelling(self, utterance: Utterance) -> tuple[str, Callable[[str], str]]:
        tongue = language_of(utterance.language, self._known)
        return voice_of(tongue, utterance.region), lambda text: tongue.respelt.get(text, text)

    def _fetch(self, text: str, voice: str) -> bytes:
        # The text goes through standard input: as an argument, a name that begins with "-" would be an option
        options = ["-v", voice, "-s", str(self._rate_wpm), "-b", "1", "-z", "--stdin", "--stdout"]
        return self._run(options, text, voice)

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


def _shaped(data: bytes, text: str, voice: str) -> Samples[int]:
    samples = wav.levelled(wav.trimmed(wav.decode(data, f"what espeak-ng said for {text!r}")))
    if not samples:
        raise EspeakFailed(text, voice, 0, "it gave silence")
    return samples


def voice_of(tongue: Language, region: Region) -> str:
    """The name of espeak-ng's voice; `NoEngine` where it has none."""
    if tongue.espeak_voices is None:
        raise NoEngine(tongue.code, "espeak-ng has no voice for it")
    return tongue.espeak_voices[region]
