"""Errors as answers: the one place where a refusal becomes application/problem+json (RFC 9457)."""

import json
import logging
import sqlite3
from datetime import date
from http import HTTPStatus

from babel.dates import format_date
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from app.accounts import WrongPassword
from app.agents import AgentAway, AgentSilent
from app.core.errors import Conflict, Forbidden, Invalid, Refused, Unknown
from app.csv_file import Mistake
from app.i18n import gettext
from app.printing import PrinterTrouble
from app.site import request_language
from app.store.database import StoreError, WriteFailed
from app.voice.errors import VoiceError

log = logging.getLogger(__name__)


class BadRequest(Refused):
    """What was sent cannot be read at all."""

    code = "malformed_json"
    text = "The body is not valid JSON: %(why)s."


class NotJson(Refused):
    code = "not_json"
    text = "Send the body as application/json."


class BadField(Invalid):
    code = "invalid_field"
    text = "%(field)s: %(why)s."


class NotSignedIn(Refused):
    code = "not_signed_in"
    text = "Sign in first, or send a device token."


class ForeignOrigin(Forbidden):
    code = "foreign_origin"
    text = "Commands are taken from this server's own pages only, not from %(origin)s."


class TooMany(Refused):
    code = "too_many_requests"
    text = "Too many tries from here. Wait %(retry_after_s)s seconds."


STATUS: dict[type[Refused], int] = {
    BadRequest: HTTPStatus.BAD_REQUEST,
    NotJson: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    NotSignedIn: HTTPStatus.UNAUTHORIZED,
    WrongPassword: HTTPStatus.UNAUTHORIZED,
    TooMany: HTTPStatus.TOO_MANY_REQUESTS,
    AgentAway: HTTPStatus.SERVICE_UNAVAILABLE,
    AgentSilent: HTTPStatus.GATEWAY_TIMEOUT,
    PrinterTrouble: HTTPStatus.SERVICE_UNAVAILABLE,
    Unknown: HTTPStatus.NOT_FOUND,
    Conflict: HTTPStatus.CONFLICT,
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    Forbidden: HTTPStatus.FORBIDDEN,
}


def register(app: Flask) -> None:
    """Every error of the API becomes a problem; nothing is swallowed."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(WriteFailed, write_failed)
    app.register_error_handler(StoreError, database_unusable)
    app.register_error_handler(sqlite3.DatabaseError, database_unusable)
    app.register_error_handler(VoiceError, voice_failed)
    app.register_error_handler(HTTPException, http_error)


def refused(error: Refused) -> Response:
    answer = problem(status_of(error), error.code, explain(error), **error.facts, **_others(error))
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.facts["retry_after_s"])
    return answer


def _others(error: Refused) -> dict[str, object]:
    """The other mistakes of a file: `further`, and how many `more` there are than are listed."""
    if not isinstance(error, Mistake):
        return {}
    others, more = error.others()
    return {"further": [{"code": each.code, "detail": explain(each), **each.facts} for each in others], "more": more}


def status_of(error: Refused) -> int:
    return next((int(status) for kind, status in STATUS.items() if isinstance(error, kind)), HTTPStatus.CONFLICT)


def explain(error: Refused) -> str:
    """The refusal in the asker's language."""
    facts = {name: _in_words(name, value) for name, value in error.facts.items()}
    return gettext(request_language(), error.text, **facts)


def write_failed(error: WriteFailed) -> Response:
    log.error("%s", error)
    text = gettext(
        request_language(), "The hub cannot write to its disk, so nothing was changed. Tell the administrator."
    )
    return problem(HTTPStatus.INSUFFICIENT_STORAGE, "write_failed", text)


def database_unusable(error: StoreError | sqlite3.DatabaseError) -> Response:
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, "database_unusable", why_unusable(error))


def why_unusable(error: StoreError | sqlite3.DatabaseError) -> str:
    """A sentence for whoever asks. Where the file lies and what SQLite says is for the log only."""
    log.error("the database cannot be used: %s", error, exc_info=error)
    return gettext(
        request_language(), "The hub cannot use its database now. Tell the administrator; the hub's log says why."
    )


def voice_failed(error: VoiceError) -> Response:
    log.error("voice: %s", error)
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, "voice_failed", str(error))


def http_error(error: HTTPException) -> Response:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if not request.path.startswith("/api/"):
        return Response(error.get_response().data, status, content_type="text/html; charset=utf-8")
    codes = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}
    answer = problem(
        status, codes.get(status, "http_error"), gettext(request_language(), error.description or error.name)
    )
    for name, value in error.get_response().headers.items():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def problem(status: int, code: str, detail: str, /, **facts: object) -> Response:
    """`title` is the HTTP phrase, `detail` a sentence for people, `code` for programs."""
    body = {
        "type": f"urn:toiluot:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "code": code,
        "detail": detail,
        **{name: value for name, value in facts.items() if name not in ("status", "code", "detail")},
    }
    text = json.dumps(body, ensure_ascii=False, default=str)
    return Response(text, status, content_type="application/problem+json")


AS_WRITTEN = frozenset({"column", "value", "known", "name", "number", "ticket"})  # a file's or a person's own words


def _in_words(name: str, value: object) -> object:
    """States, roles and days are told in the asker's language; the facts beside keep YYYY-MM-DD."""
    if not isinstance(value, str) or name in AS_WRITTEN:
        return value
    language = request_language()
    if name != "day":
        return gettext(language, str(value))
    day = date.fromisoformat(value)
    return format_date(day, "d MMMM y", locale="en") if language == "en" else f"{day:%d/%m/%Y}"
