"""The program of the process that carries messages out, so that a slow gateway holds up nobody in the hall.

    python -m app.outgoing.courier [--trust HOST:PORT]

Each job is a line of JSON on the standard input, each answer {id, status, error} one on the standard output, as they
come. It knows no database and decides nothing: whether to try again is the hub's business. It ends with its standard
input. `--trust` is for tests, whose push service is on this machine.
"""

import io
import json
import os
import signal
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any

import requests
from py_vapid import Vapid
from pywebpush import WebPusher
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool
from urllib3.connection import HTTPSConnection

from app.outgoing.endpoints import is_public_address

AT_A_TIME = 8  # of each kind: no push service, however slow, holds up the gateway
PATIENCE_S = (5, 10)  # to connect, and between two bytes
PUSH_PAUSES_S = (1.0, 5.0)
LONGEST_ERROR = 200
SERVER_ERROR = 500


class InnerAddress(requests.RequestException):
    """A public name led into the centre's own network; nothing was sent."""


class PublicConnection(HTTPSConnection):
    """Looks at the address that was really reached: a name may have another one than when it was checked."""

    def _new_conn(self) -> Any:
        sock = super()._new_conn()
        address = sock.getpeername()[0]
        if not is_public_address(address):
            sock.close()
            message = f"{self.host} is {address}"
            raise InnerAddress(message)
        return sock


class PublicPool(HTTPSConnectionPool):
    ConnectionCls = PublicConnection


class PublicOnly(HTTPAdapter):
    """For HTTPS; there is no other adapter in the session."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"https": PublicPool}


class PushSession(requests.Session):
    """Follows nobody elsewhere, reads no body, and takes no proxy, which would look up the names itself."""

    def __init__(self, trusted: str = "") -> None:
        super().__init__()
        self.trust_env = False
        self.adapters.clear()
        self.mount("https://", PublicOnly())
        if trusted:
            self.mount(f"http://{trusted}/", HTTPAdapter())

    def request(self, *args: Any, **options: Any) -> requests.Response:
        answer = super().request(*args, **options | {"allow_redirects": False, "stream": True})
        answer.close()
        answer.raw = io.BytesIO()  # the library wants a body to log; a stranger's could be one without an end
        return answer


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C at a desk is for the hub, which closes our standard input
    trusted = sys.argv[2] if sys.argv[1:2] == ["--trust"] else ""
    writing = Lock()

    def carry(job: dict[str, Any]) -> None:
        answer = json.dumps({"id": job["id"], **done(job, trusted)})
        with writing:
            print(answer, flush=True)  # noqa: T201 - our line to the hub

    with ThreadPoolExecutor(AT_A_TIME) as for_phones, ThreadPoolExecutor(AT_A_TIME) as for_gateway:
        for line in sys.stdin:
            job = json.loads(line)
            (for_phones if "push" in job else for_gateway).submit(carry, job)
        sys.stdout.flush()
        os._exit(0)  # what is under way is told again by the next hub


def done(job: dict[str, Any], trusted: str = "") -> dict[str, Any]:
    """{status, error}: the HTTP status, 0 where there was none."""
    try:
        answer = push(job, trusted) if "push" in job else post(job)
    except (requests.RequestException, ValueError) as error:
        return {"status": 0, "error": _why(error)[:LONGEST_ERROR]}
    return {"status": answer.status_code, "error": "" if answer.ok else answer.reason[:LONGEST_ERROR]}


def _why(error: Exception) -> str:
    """Without the address, which the library's own words hold: its path is a secret of the gateway or of the phone."""
    cause: BaseException = error
    while reason := cause.__cause__ or cause.__context__:
        cause = reason
    told = cause.strerror if isinstance(cause, OSError) and cause.strerror else type(cause).__name__
    kind = "NameResolutionError" if isinstance(cause, socket.gaierror) else type(error).__name__
    return f"{kind}: {told}"


def post(job: dict[str, Any]) -> requests.Response:
    """To the centre's own gateway, wherever its administrator says that it is."""
    headers = {"Content-Type": "application/json", "User-Agent": "toiluot"} | job["headers"]
    body = job["body"].encode()
    with requests.post(
        job["url"], body, headers=headers, timeout=PATIENCE_S, allow_redirects=False, stream=True
    ) as answer:
        return answer


def push(job: dict[str, Any], trusted: str) -> requests.Response:
    """Encrypted for that one browser (RFC 8291), signed as this centre (RFC 8292)."""
    for pause in (*PUSH_PAUSES_S, None):
        try:
            answer = _push_once(job, trusted)
        except requests.ConnectionError:
            if pause is None:
                raise
        else:
            if answer.status_code < SERVER_ERROR or pause is None:
                return answer
        time.sleep(pause)
    raise AssertionError  # the last try returns or raises


def _push_once(job: dict[str, Any], trusted: str) -> requests.Response:
    claims = {"sub": job["sub"], "aud": job["aud"], "exp": job["exp"]}
    headers = Vapid.from_string(job["key"]).sign(claims) | {"Urgency": "high"}
    with PushSession(trusted) as session:
        pusher = WebPusher(job["push"], requests_session=session)
        answer: requests.Response = pusher.send(job["body"], headers, ttl=job["ttl"], timeout=PATIENCE_S)
        return answer


if __name__ == "__main__":
    main()
