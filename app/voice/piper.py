"""Piper, a neural speech engine, run as its own program.

`piper --model MODEL.onnx --output_file FILE`, the text on standard input: rhasspy/piper, README; its successor
OHF-Voice/piper1-gpl, docs/CLI.md, takes these words too.

A file, and not standard output: into a pipe some versions cannot write the length that a WAV begins with.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from app.voice import wav
from app.voice.errors import BadWav, NoEngine, PiperFailed, PiperMissing, PiperTimedOut
from app.voice.espeak import DEFAULT_RATE_WPM
from app.voice.programs import PhraseMemory, join, join_aloud

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.voice.programs import Run
    from app.voice.sentences import Utterance
    from app.voice.wav import Samples

PIPER = "piper"

# Each run loads the model anew: a second or two on a small machine. Its sound takes about as long as it plays.
PIPER_TIMEOUT_S = 10.0
A_CHARACTER_S = 0.1

_NAMED = re.compile(r"(?P<language>[a-z]{2,3})=(?P<path>.+)", re.DOTALL)
_OWN_NAME = re.compile(r"(?P<language>[a-z]{2,3})[_-]")


class PiperEngine:
    """One voice model, for one language. Runs piper once a phrase."""

    def __init__(
        self,
        language: str,
        model: Path,
        program: str = PIPER,
        rate_wpm: int = DEFAULT_RATE_WPM,
        timeout_s: float = PIPER_TIMEOUT_S,
    ) -> None:
        self._language, self._model, self._program = language, model, program
        self._rate_wpm, self._timeout_s = rate_wpm, timeout_s
        self._memory = PhraseMemory()
        self.identity = f"piper {model.name} {_of(model)}, rate {rate_wpm}"
        found = shutil.which(program)
        self._key = (str(model), program, self.identity, _of(Path(found)) if found else "")

    def __eq__(self, other: object) -> bool:
        """The same voice of the same program gives the same sounds."""
        return isinstance(other, PiperEngine) and other._key == self._key

    def __hash__(self) -> int:
        return hash(self._key)

    def render(self, utterance: Utterance) -> bytes:
        self._check(utterance)
        return join(utterance, lambda text: self._memory.phrase(text, self._model.name, self._say))

    def aloud(self, utterance: Utterance, run: Run) -> bytes:
        self._check(utterance)
        return join_aloud(utterance, self._fetch, _shaped, run)

    def _check(self, utterance: Utterance) -> None:
        if utterance.language != self._language:
            raise NoEngine(utterance.language, f"piper's voice {self._model.name} is in {self._language!r}")

    def _say(self, text: str, _voice: str) -> Samples[int]:
        return _shaped(self._fetch(text), text)

    def _fetch(self, text: str) -> bytes:
        with tempfile.TemporaryDirectory(prefix="toiluot-piper-") as folder:
            file = Path(folder) / "said.wav"
            exit_code, stderr = self._run(text, file)
            data = file.read_bytes() if file.is_file() else b""
        if exit_code or not data:
            raise PiperFailed(text, self._model.name, exit_code, stderr or "it wrote no file")
        return data

    def _run(self, text: str, file: Path) -> tuple[int, str]:
        timeout_s = self._timeout_s + A_CHARACTER_S * len(text)
        command = [self._program, "--model", str(self._model), "--output_file", str(file)]
        if self._rate_wpm != DEFAULT_RATE_WPM:
            command += ["--length_scale", f"{DEFAULT_RATE_WPM / self._rate_wpm:.2f}"]
        try:
            done = subprocess.run(
                command, input=f"{text}\n".encode(), capture_output=True, timeout=timeout_s, check=False
            )
        except FileNotFoundError:
            raise PiperMissing(f"the program {self._program!r} is not installed") from None
        except subprocess.TimeoutExpired:
            raise PiperTimedOut(text, self._model.name, timeout_s) from None
        except OSError as error:
            raise PiperFailed(text, self._model.name, -1, str(error)) from error
        return done.returncode, done.stderr.decode(errors="replace").strip()[-300:]


def _of(file: Path) -> str:
    try:
        facts = file.stat()
    except OSError as error:
        raise PiperMissing(f"{file} cannot be read ({error.strerror})") from error
    return f"{facts.st_size} {facts.st_mtime_ns}"


def _shaped(data: bytes, text: str) -> Samples[int]:
    source = f"what piper said for {text!r}"
    samples = wav.levelled(wav.trimmed(wav.decode_any(data, source)))
    if not samples:
        raise BadWav(source, "it is silent")
    return samples


def models(wanted: Sequence[str]) -> dict[str, Path]:
    """Language to voice model; the first entry that names a language has it.

    An entry is such as "vi=/srv/voice.onnx", or a folder of models named by their language
    ("vi_VN-vais1000-medium.onnx").
    """
    found: dict[str, Path] = {}
    for entry in wanted:
        named = _NAMED.fullmatch(entry)
        if named:
            found.setdefault(named["language"], Path(named["path"]))
            continue
        for path in sorted(Path(entry).glob("*.onnx")):
            own = _OWN_NAME.match(path.name)
            if own:
                found.setdefault(own["language"], path)
    return found
