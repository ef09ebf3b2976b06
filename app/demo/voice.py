"""How a simulated person or machine speaks to a hub: the public API over one kept connection."""

import http.client
import json
import threading
import uuid
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import urlsplit

TIMEOUT_S = 10
RETRY_FIRST_S = 0.1
RETRY_MOST_S = 2.0
GIVE_UP_S = 120
PASSING = (HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE)


class HubSilent(Exception):
    """The hub did not answer for so long that nobody would wait any more, or the play is over."""


class Refused(Exception):
    """The hub said no; `code` is its stable name of the reason."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code


class Asks(Protocol):
    """Whoever may be asked in the words of the public API."""

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON of one request. Raises Refused."""


@dataclass
class Voice:
    """A device or program with a token, or a person with a name and password (signs in by itself, and again)."""

    base: str
    token: str = ""
    name: str = ""
    password: str = ""
    stopping: threading.Event = field(default_factory=threading.Event)
    _cookie: str = field(default="", init=False, repr=False)
    _connection: http.client.HTTPConnection | None = field(default=None, init=False, repr=False)

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The JSON of one request. A lost answer is asked for again with the same key. Raises Refused or HubSilent."""
        key = str(uuid.uuid4())
        try:
            return self._until_answered(method, path, body, key)
        except Refused as refusal:
            if refusal.status != HTTPStatus.UNAUTHORIZED or not self.name:
                raise
        self.sign_in()
        return self._until_answered(method, path, body, key)

    def sign_in(self) -> str:
        """A new session; returns its cookie's value. Raises Refused or HubSilent."""
        self._cookie = ""
        self._until_answered("POST", "/session", {"name": self.name, "password": self.password}, "")
        return self._cookie

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _until_answered(self, method: str, path: str, body: object, key: str) -> Any:
        waited, pause = 0.0, RETRY_FIRST_S
        while True:
            try:
                return self._once(method, path, body, key)
            except (OSError, http.client.HTTPException, Refused) as error:
                if isinstance(error, Refused) and error.status not in PASSING:
                    raise
                self.close()
                if waited > GIVE_UP_S or self.stopping.wait(pause):
                    raise HubSilent(f"{self.base} does not answer: {error}") from error
            waited, pause = waited + pause, min(2 * pause, RETRY_MOST_S)

    def _once(self, method: str, path: str, body: object, key: str) -> Any:
        if self._connection is None:
            at = urlsplit(self.base)
            self._connection = http.client.HTTPConnection(at.hostname or "127.0.0.1", at.port, timeout=TIMEOUT_S)
        data = None if body is None else json.dumps(body).encode()
        self._connection.request(method, f"/api/v1{path}", data, self._headers(key))
        answer = self._connection.getresponse()
        text = answer.read()
        self._keep_cookie(answer)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise _refusal(answer.status, text)
        return json.loads(text) if text else None

    def _headers(self, key: str) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept-Language": "en"}
        if key:
            headers["Idempotency-Key"] = key
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if self._cookie:
            headers["Cookie"] = f"toiluot_session={self._cookie}"
        return headers

    def _keep_cookie(self, answer: http.client.HTTPResponse) -> None:
        for header in answer.headers.get_all("Set-Cookie", []):
            name, _, value = header.partition(";")[0].partition("=")
            if name == "toiluot_session":
                self._cookie = value


def _refusal(status: int, text: bytes) -> Refused:
    try:
        problem = json.loads(text)
    except ValueError:
        problem = {}
    return Refused(
        status, str(problem.get("code", "")), str(problem.get("detail", text[:200].decode("utf-8", "replace")))
    )
