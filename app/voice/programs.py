"""Speech programs: each run as its own process, its last phrases kept, since prompts come again at every call."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from app.voice import wav
from app.voice.sentences import Pause, Phrase

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[[Callable[[], Any]], Any]
    """Does a thing off the server's loop, on a real thread."""

    from app.voice.sentences import Utterance
    from app.voice.wav import Samples

# Prompts, letters, counters and the numbers of a busy morning; about 40 KB a phrase
PHRASES_KEPT = 256


class PhraseMemory:
    """The last phrases said, by text and voice."""

    def __init__(self) -> None:
        self.phrases: OrderedDict[tuple[str, str], Samples[int]] = OrderedDict()

    def phrase(self, text: str, voice: str, say: Callable[[str, str], Samples[int]]) -> Samples[int]:
        key = (text, voice)
        if key in self.phrases:
            self.phrases.move_to_end(key)
            return self.phrases[key]
        samples = self.phrases[key] = say(text, voice)
        if len(self.phrases) > PHRASES_KEPT:
            self.phrases.popitem(last=False)
        return samples


def join_aloud(
    utterance: Utterance,
    fetch: Callable[[str], bytes],
    shape: Callable[[bytes, str], Samples[int]],
    run: Run,
) -> bytes:
    """As `join`, for long texts said once: nothing is kept, and only the programs are waited for on the loop."""
    fetched = {part.text: fetch(part.text) for part in utterance.parts if isinstance(part, Phrase)}
    joined: bytes = run(lambda: join(utterance, lambda text: shape(fetched[text], text)))
    return joined


def join(utterance: Utterance, say: Callable[[str], Samples[int]]) -> bytes:
    """The utterance as WAV, its pauses exact."""
    return wav.encode(
        wav.join(wav.silence(part.ms) if isinstance(part, Pause) else say(part.text) for part in utterance.parts),
    )
