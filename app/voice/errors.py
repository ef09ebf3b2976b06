"""What can go wrong between a call and its sound; each error carries its facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


class VoiceError(Exception):
    """Anything that keeps a call from being heard."""


class NumberOutOfRange(VoiceError):
    def __init__(self, number: int, largest: int) -> None:
        super().__init__(f"{number} cannot be put in words: 0 to {largest} can")
        self.number, self.largest = number, largest


class UnspeakableNumber(VoiceError):
    def __init__(self, number: str, language: str, reason: str) -> None:
        super().__init__(f"the ticket number {number!r} cannot be said in {language!r}: {reason}")
        self.number, self.language, self.reason = number, language, reason


class UnknownLanguage(VoiceError):
    def __init__(self, language: str) -> None:
        super().__init__(f"no sentences are known in the language {language!r}")
        self.language = language


class BadLanguage(VoiceError):
    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source} does not describe a language: {reason}")
        self.source, self.reason = source, reason


class NoEngine(VoiceError):
    def __init__(self, language: str, reason: str) -> None:
        super().__init__(f"nobody can say {language!r}: {reason}")
        self.language, self.reason = language, reason


class EspeakMissing(VoiceError):
    def __init__(self, program: str) -> None:
        super().__init__(f"the program {program!r} is not installed (Debian and Ubuntu: package espeak-ng)")
        self.program = program


class EspeakFailed(VoiceError):
    def __init__(self, text: str, voice: str, exit_code: int, stderr: str) -> None:
        super().__init__(f"espeak-ng could not say {text!r} as {voice!r}: exit code {exit_code}: {stderr}")
        self.text, self.voice, self.exit_code, self.stderr = text, voice, exit_code, stderr


class EspeakTimedOut(VoiceError):
    def __init__(self, text: str, voice: str, timeout_s: float) -> None:
        super().__init__(f"espeak-ng did not finish {text!r} as {voice!r} within {timeout_s:g} s")
        self.text, self.voice, self.timeout_s = text, voice, timeout_s


class PiperMissing(VoiceError):
    def __init__(self, what: str) -> None:
        super().__init__(f"piper cannot speak: {what}")
        self.what = what


class PiperFailed(VoiceError):
    def __init__(self, text: str, model: str, exit_code: int, stderr: str) -> None:
        super().__init__(f"piper could not say {text!r} with {model}: exit code {exit_code}: {stderr}")
        self.text, self.model, self.exit_code, self.stderr = text, model, exit_code, stderr


class PiperTimedOut(VoiceError):
    def __init__(self, text: str, model: str, timeout_s: float) -> None:
        super().__init__(f"piper did not finish {text!r} with {model} within {timeout_s:g} s")
        self.text, self.model, self.timeout_s = text, model, timeout_s


class BadText(VoiceError):
    """Not a sentence that can be read aloud."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"this text is not read aloud: {reason}")
        self.reason = reason


class BadRecording(VoiceError):
    """Not a recording that a clip pack can take."""

    def __init__(self, phrase: str, reason: str) -> None:
        super().__init__(f"the recording of {phrase!r} is not kept: {reason}")
        self.phrase, self.reason = phrase, reason


class BadWav(VoiceError):
    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source} is not the sound expected: {reason}")
        self.source, self.reason = source, reason


class BadClipPack(VoiceError):
    def __init__(self, pack: Path, reason: str) -> None:
        super().__init__(f"the clip pack {pack} cannot be used: {reason}")
        self.pack, self.reason = pack, reason


class MissingWord(VoiceError):
    def __init__(self, word: str, pack: str) -> None:
        super().__init__(f"the clip pack {pack} has no clip of the word {word!r}")
        self.word, self.pack = word, pack


class CacheFailed(VoiceError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"the sound {path} could not be kept: {reason}")
        self.path, self.reason = path, reason
