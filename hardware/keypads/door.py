"""The way of a press to the hub: one HTTP request, tried again once with the same key if its answer was lost."""

from __future__ import annotations

import logging
import socket
import struct
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import requests
from pydantic import ValidationError
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection
from urllib3.exceptions import MaxRetryError, NewConnectionError

from hardware.hall import Counter, Message

if TYPE_CHECKING:
    from hardware.keypads.actions import Request

log = logging.getLogger(__name__)

CONNECT_S: Final = 0.3
ANSWER_S: Final = 1.0
TRIES: Final = 2
"""A press is settled, one way or the other, within TRIES x (CONNECT_S + ANSWER_S)."""

NOBODY_WAITS: Final = "nobody_waits"
NO_LINE: Final = "no_line"
ANSWER_LOST: Final = "answer_lost"
UNREADABLE: Final = "unreadable_answer"


@dataclass(frozen=True, slots=True)
class Done:
    """The hub has carried it out; `counter` as it is now."""

    counter: Counter


@dataclass(frozen=True, slots=True)
class Refused:
    """`code` for programs, the hub's own where it refused; `detail` for a person."""

    code: str
    detail: str


class Answer(Message):
    """What of a press's answer the agent needs."""

    ticket: dict[str, Any] | None
    counter: Counter


class _ForgetfulAdapter(HTTPAdapter):
    """A connection that is given up takes what it has not sent with it.

    Otherwise the system goes on trying to deliver a press that was refused long ago, and when the network is back a
    citizen is called.
    """

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """See HTTPAdapter."""
        options["socket_options"] = [
            *HTTPConnection.default_socket_options,
            (socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)),
        ]
        super().init_poolmanager(*args, **options)


class Door:
    """Used by one thread at a time."""

    def __init__(self, hub: str, token: str) -> None:
        self._api = f"{hub.rstrip('/')}/api/v1"
        self._session = requests.Session()
        # a proxy or a .netrc of the machine has no part in this, and would take the token's place
        self._session.trust_env = False
        self._session.headers["Authorization"] = f"Bearer {token}"
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _ForgetfulAdapter())

    def post(self, counter: int, request: Request, key: str) -> Done | Refused:
        """`key` is the press's own: the hub carries out one press with it, however often it is sent."""
        url = f"{self._api}/counters/{counter}/{request.verb}"
        lost = Refused(NO_LINE, "no connection to the hub")
        for _ in range(TRIES):
            try:
                answer = self._session.post(
                    url,
                    json=request.body,
                    headers={"Idempotency-Key": key},
                    timeout=(CONNECT_S, ANSWER_S),
                    allow_redirects=False,
                )
            except requests.RequestException as error:
                if not _never_left(error):
                    lost = Refused(ANSWER_LOST, "the hub may have carried it out, but did not answer: see the screens")
                log.warning("a press at counter %d had no answer: %s", counter, error)
            else:
                return _outcome(request, answer)
        return lost

    def close(self) -> None:
        self._session.close()


def _outcome(request: Request, answer: requests.Response) -> Done | Refused:
    if answer.status_code != HTTPStatus.OK:
        return _refusal(answer)
    try:
        told = Answer.model_validate_json(answer.content)
    except ValidationError as error:
        log.error("the hub's answer to a press cannot be read: %s", error)  # noqa: TRY400 - the error says it all
        return Refused(UNREADABLE, "the hub's answer cannot be read; is the agent older than the hub?")
    if request.verb == "next" and told.ticket is None:
        return Refused(NOBODY_WAITS, "nobody waits for this counter")
    return Done(told.counter)


def _never_left(error: requests.RequestException) -> bool:
    """Whether it is sure that the hub heard nothing: there was no connection to write to."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    return isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)


def _refusal(answer: requests.Response) -> Refused:
    try:
        problem = answer.json()
        return Refused(str(problem["code"]), str(problem["detail"]))
    except (requests.JSONDecodeError, KeyError, TypeError):
        return Refused(UNREADABLE, f"the hub answered {answer.status_code} {answer.reason}")
