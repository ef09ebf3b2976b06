"""From a call of the hall to its sound file, with the centre's present voice settings; and any sentence read aloud."""

import logging
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app import i18n
from app.config import Config
from app.core.centre import Settings
from app.core.errors import Invalid, Unknown
from app.core.hall import Hall
from app.voice import packs, piper
from app.voice.errors import BadText, NoEngine, VoiceError
from app.voice.packs import SHIPPED
from app.voice.recording import OwnPacks
from app.voice.service import SpokenCall, Voice, VoiceSettings

log = logging.getLogger(__name__)


class UnknownCall(Unknown):
    code = "unknown_call"
    text = "There is no call %(call)s among the last ones."


class UnknownSpeech(Unknown):
    code = "unknown_speech"
    text = "This sound is no longer here. Ask for it again."


class NotReadAloud(Invalid, VoiceError):
    """Not a failure that goes away: the text is shown alone, and asking again is of no use."""

    code = "not_read_aloud"
    text = "This text is not read aloud here: %(why)s."


@dataclass
class Speaker:
    """Keeps one Voice for the settings and the clip packs in force.

    `run_blocking` does what is reckoned on long sounds off the server's loop.
    """

    config: Config
    run_blocking: Callable[[Callable[[], Any]], Any] = lambda function: function()
    _of: object = None
    _voice: Voice | None = None
    _secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def __post_init__(self) -> None:
        self._tell_names()

    def audio(self, hall: Hall, seq: int) -> Path:
        """The WAV of the call with this seq. Raises UnknownCall or a VoiceError."""
        call = next((call for call in hall.calls if call.seq == seq), None)
        if call is None:
            raise UnknownCall(call=seq)
        ticket = hall.tickets[call.ticket]
        spoken = SpokenCall(ticket.number, call.counter, language=ticket.language, again=call.again)
        return self.voice(hall.settings).audio(spoken)

    def attempt(self, hall: Hall, number: str, counter: int, language: str) -> Path:
        """As a call would sound. Raises VoiceError."""
        return self.voice(hall.settings).audio(SpokenCall(number, counter, language=language))

    def speech(self, hall: Hall, text: str, language: str) -> Path:
        """Any sentence as a WAV; its stem is the KEY of `/api/v1/speech/KEY.wav`.

        Raises NotReadAloud where nobody here reads this language aloud (then show the text alone) or it is no text
        to be read, and another VoiceError where the engine failed.
        """
        try:
            return self.voice(hall.settings).speech(text, language, self._secret, self.run_blocking)
        except (NoEngine, BadText) as problem:
            raise NotReadAloud(why=problem.reason) from problem

    def spoken(self, hall: Hall, key: str) -> Path:
        """A sound that `speech` gave since the hub started. Raises UnknownSpeech."""
        found = self.voice(hall.settings).spoken(key)
        if found is None:
            raise UnknownSpeech
        return found

    @property
    def own_packs(self) -> OwnPacks:
        """Where this centre's recordings are kept: beside the database."""
        return OwnPacks(self.config.db.parent / "voices")

    @property
    def pack_folders(self) -> tuple[Path, ...]:
        return (*self.config.voice_packs, self.own_packs.folder, SHIPPED)

    def voice(self, settings: Settings) -> Voice:
        """Built anew when the settings or the packs have changed. Raises VoiceError where Vietnamese has no voice."""
        wanted = voice_settings(settings, self.config)
        of = (wanted, packs.stamp(self.pack_folders))
        if self._voice is None or of != self._of:
            folder = self.config.voice_cache or self.config.db.parent / "voice-cache"
            folder.mkdir(parents=True, exist_ok=True)
            if self._voice is None:  # what was read aloud before this start has no address any more
                shutil.rmtree(folder / "speech", ignore_errors=True)
            models = piper.models(self.config.piper_voices)
            self._voice, self._of = Voice(folder, wanted, pack_folders=self.pack_folders, piper_models=models), of
            self._tell_names()
        return self._voice

    def _tell_names(self) -> None:
        i18n.know_names({code: tongue.name for code, tongue in packs.languages(self.pack_folders).items()})


def language_folders(config: Config) -> tuple[Path, ...]:
    """Where further text catalogues lie."""
    return (config.db.parent / "languages", *config.language_files)


def voice_settings(settings: Settings, config: Config) -> VoiceSettings:
    """The centre's choices and this machine's engine, as the voice wants them."""
    return VoiceSettings(
        region=settings.voice_region,  # type: ignore[arg-type]  # checked when saved
        style=settings.voice_style,  # type: ignore[arg-type]
        chime=settings.voice_chime,
        repeat=settings.voice_repeat,  # type: ignore[arg-type]
        engine=config.voice,
        rate=config.voice_rate,
    )
