"""What the administration is told of languages, engines, packs and phrases."""

from typing import TYPE_CHECKING, Any

from app import i18n
from app.api.voices_shapes import VoiceIn
from app.parts import Parts
from app.speaker import Speaker
from app.voice import packs, phrases
from app.voice.errors import BadClipPack, VoiceError
from app.voice.languages import HOME_LANGUAGE, LANGUAGES, Language
from app.voice.packs import ClipPack
from app.voice.reading import Reader

if TYPE_CHECKING:
    from app.voice.service import Voice

DESCRIBED = ("opening", "opening_again", "to_counter", "letters", "digits", "numbers", "espeak")


def descriptions(speaker: Speaker) -> dict[str, Language]:
    """As they were described, also what was not recorded yet."""
    found = packs.languages(speaker.pack_folders)
    for pack in _packs(speaker):
        if pack.tongue is not None and pack.language not in LANGUAGES and _is_recorded_here(speaker, pack):
            found[pack.language] = pack.tongue
    return found


def language_facts(parts: Parts, code: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": i18n.own_name(code),
        "texts": code in i18n.languages(),
        "offered": code in parts.hub.hall.settings.languages,
    }


def voice_facts(parts: Parts, code: str) -> dict[str, Any]:
    speaker, tongue = parts.speaker, descriptions(parts.speaker).get(code)
    wanted = _needed(parts, tongue) if tongue else []
    own = _own(speaker, code)
    return {
        **language_facts(parts, code),
        **_who_speaks(parts, code),
        "packs": [_pack_facts(speaker, pack, wanted) for pack in _packs(speaker) if pack.language == code],
        "own": own is not None,
        "needed": len(wanted),
        "recorded": len([each for each in wanted if own is not None and each.text in own.clips]),
    }


def recording_facts(parts: Parts, code: str) -> dict[str, Any]:
    tongue, own = descriptions(parts.speaker).get(code), _own(parts.speaker, code)
    manifest = parts.speaker.own_packs.manifest(code) or {}
    sentence = manifest.get("sentence") or _sentence(tongue)
    recorded = own.clips if own is not None else {}
    return {
        **voice_facts(parts, code),
        "description": {key: sentence[key] for key in DESCRIBED if key in sentence}
        | {"region": manifest.get("region", parts.hub.hall.settings.voice_region)},
        "phrases": [
            {"phrase": each.text, "kind": each.kind, "meaning": each.meaning, "recorded": each.text in recorded}
            for each in (_needed(parts, tongue) if tongue else [])
        ],
    }


def sentence_of(parts: Parts, body: VoiceIn) -> dict[str, Any]:
    """The part `sentence` of a manifest; what was not given is named by its Vietnamese words."""
    home = LANGUAGES[HOME_LANGUAGE]
    opening = body.opening or " ".join(home.opening)
    letters = {letter: home.letters.get(letter, letter) for letter in _letters(parts)}
    again = body.opening_again or home.opening_again[0]
    sentence: dict[str, Any] = {
        "opening": opening,
        "opening_again": [again, opening] if again != opening else [opening],
        "to_counter": body.to_counter or home.to_counter,
        "digits": list(body.digits or home.digits),
        "letters": letters | {letter.upper(): text for letter, text in body.letters.items()},
        "numbers": body.numbers,
    }
    return sentence | ({"espeak": body.espeak} if body.espeak else {})


def _who_speaks(parts: Parts, code: str) -> dict[str, Any]:
    try:
        voice: Voice = parts.speaker.voice(parts.hub.hall.settings)
    except VoiceError as problem:
        return {"by": "", "why": str(problem), "reads": False}
    choice = voice.engines.get(code)
    if choice is None:
        return {"by": "", "why": voice.silent.get(code, ""), "reads": False}
    return {"by": choice.by, "why": choice.why, "reads": any(isinstance(each, Reader) for each in choice.all)}


def _pack_facts(speaker: Speaker, pack: ClipPack, wanted: list[phrases.Needed]) -> dict[str, Any]:
    return {
        "place": "" if pack.path.parent == packs.SHIPPED else str(pack.path.name),
        "own": _is_recorded_here(speaker, pack),
        "clips": len(pack.clips),
        "missing": len(phrases.missing(pack, wanted)),
    }


def _needed(parts: Parts, tongue: Language) -> list[phrases.Needed]:
    return phrases.needed(tongue, _letters(parts), parts.hub.hall.settings.voice_region)


def _letters(parts: Parts) -> list[str]:
    return sorted({letter for service in parts.hub.hall.services.values() for letter in service.letter.upper()})


def _sentence(tongue: Language | None) -> dict[str, Any]:
    if tongue is None:
        return {}
    return {
        "opening": " ".join(tongue.opening),
        "opening_again": list(tongue.opening_again),
        "to_counter": tongue.to_counter,
        "digits": list(tongue.digits),
        "letters": dict(tongue.letters),
    }


def _packs(speaker: Speaker) -> list[ClipPack]:
    found = map(packs.load_if_good, packs.installed(*speaker.pack_folders))
    return [pack for pack in found if isinstance(pack, ClipPack)]


def pack_problems(speaker: Speaker) -> list[str]:
    """Packs that cannot be used, and why."""
    found = map(packs.load_if_good, packs.installed(*speaker.pack_folders))
    return [str(problem) for problem in found if isinstance(problem, BadClipPack)]


def _own(speaker: Speaker, code: str) -> ClipPack | None:
    return next((p for p in _packs(speaker) if p.language == code and _is_recorded_here(speaker, p)), None)


def _is_recorded_here(speaker: Speaker, pack: ClipPack) -> bool:
    return pack.path.parent == speaker.own_packs.folder
