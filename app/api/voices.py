"""Languages; who says them and why; clip packs, recorded phrase by phrase; what was read aloud."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from flask import Blueprint, Response, request, send_file
from werkzeug.exceptions import RequestEntityTooLarge

from app import i18n
from app.api.describing import WAV, Query
from app.api.routes import answer, parts, route
from app.api.voices_shapes import (
    ClipOut,
    LanguagesOut,
    RecordingOut,
    VoiceIn,
    VoicesOut,
)
from app.api.voices_views import descriptions, language_facts, pack_problems, recording_facts, sentence_of, voice_facts
from app.core.errors import Invalid, Unknown
from app.core.permissions import Role
from app.speaker import Speaker
from app.voice import phrases
from app.voice.errors import BadLanguage, BadRecording, BadWav, VoiceError
from app.voice.languages import CODE, Language
from app.voice.recording import LARGEST, OwnPacks

voices = Blueprint("voices", __name__)
ADMIN = frozenset({Role.ADMIN})
T = TypeVar("T")
PHRASE = Query("phrase", "One of the phrases that its pack needs.", needed=True)
TRIED = (
    Query("number", "Of a ticket; A023 where it is not given."),
    Query("counter", "3 where it is not given.", {"type": "integer", "minimum": 0, "maximum": 99}),
)


class UnknownLanguageCode(Unknown):
    code = "unknown_language"
    text = "There is no language %(tongue)s here."


class UnknownPhrase(Unknown):
    code = "unknown_phrase"
    text = "“%(phrase)s” is not a phrase of this language."


class BadLanguageFacts(Invalid):
    code = "bad_language"
    text = "This cannot be a language of the centre: %(why)s."


class BadClip(Invalid):
    code = "bad_clip"
    text = "This recording is not kept: %(why)s."


class CannotBeSaid(Invalid):
    code = "cannot_be_said"
    text = "This call cannot be said: %(why)s."


@route(voices, "GET", "/languages", gives=LanguagesOut, roles=None)
def known() -> Response:
    """Every language with texts or a voice here, by its own name; which of them the kiosk offers."""
    return answer({"languages": [language_facts(parts(), code) for code in _codes(parts().speaker)]})


@route(voices, "GET", "/voices", gives=VoicesOut, roles=ADMIN)
def every() -> Response:
    """Who says each language, and why; what its packs lack."""
    hub_parts = parts()
    found = [voice_facts(hub_parts, code) for code in _codes(hub_parts.speaker)]
    return answer({"languages": found, "problems": [*i18n.problems(), *pack_problems(hub_parts.speaker)]})


@route(voices, "GET", "/voices/<language>", gives=RecordingOut, roles=ADMIN)
def one(language: str) -> Response:
    """The phrases that its pack needs, with their Vietnamese meaning."""
    _check_known(language)
    return answer(recording_facts(parts(), language))


@route(voices, "PUT", "/voices/<language>", takes=VoiceIn, gives=RecordingOut, roles=ADMIN)
def describe(language: str, body: VoiceIn) -> Response:
    """Begin a pack, or change what it is called and its texts. Its clips stay."""
    if not CODE.fullmatch(language):
        raise BadLanguageFacts(why="a language has a code of two or three small letters (ISO 639)")
    own, sentence = _own(), sentence_of(parts(), body)
    _off_the_loop(lambda: own.describe(language, body.name, body.region, sentence))
    return answer(recording_facts(parts(), language))


@route(voices, "DELETE", "/voices/<language>", roles=ADMIN)
def remove(language: str) -> Response:
    """Take the pack that was recorded here away, with all its clips."""
    _check_known(language)
    own = _own()
    _off_the_loop(lambda: own.remove(language))
    return answer({})


@route(voices, "PUT", "/voices/<language>/clips", gives=ClipOut, roles=ADMIN, queries=(PHRASE,), files=(WAV,))
def keep(language: str) -> Response:
    """The recording of `phrase`: the body, audio/wav, mono, 16 bit, 22,050 Hz, at most 8 s. It is cut and levelled."""
    phrase = _phrase_asked(language)
    request.max_content_length = LARGEST
    data = request.get_data()
    if len(data) >= LARGEST:  # a chunked body that goes on is cut there without a word
        raise RequestEntityTooLarge
    own = _own()
    ms = _off_the_loop(lambda: own.keep(language, phrase, data))
    return answer({"phrase": phrase, "ms": ms})


@route(voices, "GET", "/voices/<language>/clips", roles=ADMIN, queries=(PHRASE,), gives_file=WAV)
def hear(language: str) -> Response:
    """The recording of `phrase`, as it was kept."""
    phrase = _phrase_asked(language)
    own = _own()
    data = _off_the_loop(lambda: own.clip(language, phrase))
    if data is None:
        raise UnknownPhrase(phrase=phrase)
    return Response(data, content_type="audio/wav", headers={"Cache-Control": "no-store"})


@route(voices, "DELETE", "/voices/<language>/clips", roles=ADMIN, queries=(PHRASE,))
def forget(language: str) -> Response:
    """Take the recording of `phrase` away."""
    phrase = _phrase_asked(language)
    own = _own()
    _off_the_loop(lambda: own.forget(language, phrase))
    return answer({})


@route(voices, "GET", "/voices/<language>/try.wav", roles=ADMIN, queries=TRIED, gives_file=WAV)
def attempt(language: str) -> Response:
    """How `number` is called to `counter`: in Vietnamese, then in this language."""
    _check_known(language)
    number, counter = request.args.get("number", "A023"), request.args.get("counter", "3")
    if not (counter.isascii() and counter.isdecimal()) or len(counter) > 2:  # noqa: PLR2004 - as many counters as a hall may have
        raise CannotBeSaid(why="the counter is not a number")
    try:
        path = parts().speaker.attempt(parts().hub.hall, number[:12], int(counter), language)
    except VoiceError as problem:
        raise CannotBeSaid(why=str(problem)) from problem
    return _sound(path, "no-store")


@route(voices, "GET", "/speech/<key>.wav", roles=None, gives_file=WAV)
def speech(key: str) -> Response:
    """What the hub read aloud: only sounds that it made itself, under names that cannot be guessed."""
    return _sound(parts().speaker.spoken(parts().hub.hall, key), "private, max-age=3600")


def _sound(path: Path, caching: str) -> Response:
    response = send_file(path.resolve(), mimetype="audio/wav", conditional=True)
    response.headers["Cache-Control"] = caching
    return response


def _own() -> OwnPacks:
    return parts().speaker.own_packs


def _codes(speaker: Speaker) -> list[str]:
    """Those with texts first."""
    return list(dict.fromkeys([*i18n.languages(), *descriptions(speaker)]))


def _check_known(language: str) -> None:
    if language not in _codes(parts().speaker):
        raise UnknownLanguageCode(tongue=language)


def _phrase_asked(language: str) -> str:
    _check_known(language)
    asked = " ".join(request.args.get("phrase", "").lower().split())
    tongue: Language | None = descriptions(parts().speaker).get(language)
    known_phrases = phrases.needed(tongue, tongue.letters, parts().hub.hall.settings.voice_region) if tongue else []
    if asked not in {each.text for each in known_phrases}:
        raise UnknownPhrase(phrase=asked[:120])
    return asked


def _off_the_loop(work: Callable[[], T]) -> T:
    """Files and sounds are for a thread, which knows of no request.

    Raises BadClip or BadLanguageFacts for what the asker can mend.
    """

    def caught() -> Any:
        try:
            return work()
        except VoiceError as problem:
            return problem

    found: Any = parts().accounts.run_blocking(caught)
    if isinstance(found, BadRecording | BadWav):
        raise BadClip(why=found.reason) from found
    if isinstance(found, BadLanguage):
        raise BadLanguageFacts(why=found.reason) from found
    if isinstance(found, VoiceError):
        raise found
    result: T = found
    return result
