"""From a call of the hall to its sound file, with the centre's present voice settings."""

from dataclasses import dataclass
from pathlib import Path

from app.config import Config
from app.core.errors import Unknown
from app.core.hall import Hall, Settings
from app.voice.packs import SHIPPED
from app.voice.service import SpokenCall, Voice, VoiceSettings


class UnknownCall(Unknown):
    code = "unknown_call"
    text = "There is no call %(call)s among the last ones."


@dataclass
class Speaker:
    """Keeps one Voice for the settings in force."""

    config: Config
    _settings: VoiceSettings | None = None
    _voice: Voice | None = None

    def audio(self, hall: Hall, seq: int) -> Path:
        """The WAV of the call with this seq. Raises UnknownCall or a VoiceError."""
        call = next((call for call in hall.calls if call.seq == seq), None)
        if call is None:
            raise UnknownCall(call=seq)
        ticket = hall.tickets[call.ticket]
        spoken = SpokenCall(ticket.number, call.counter, language=ticket.language, again=call.again)
        return self._voice_for(hall.settings).audio(spoken)

    def _voice_for(self, settings: Settings) -> Voice:
        wanted = voice_settings(settings, self.config)
        if self._voice is None or wanted != self._settings:
            folder = self.config.voice_cache or self.config.db.parent / "voice-cache"
            folder.mkdir(parents=True, exist_ok=True)
            self._voice = Voice(folder, wanted, pack_folders=(*self.config.voice_packs, SHIPPED))
            self._settings = wanted
        return self._voice


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
