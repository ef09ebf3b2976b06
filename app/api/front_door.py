"""Who may ask how often, judged before anything else is done: a flood at the door must not hold up the hall.

Kiosks, screens, robots and staff are never turned away here: whoever is known by a cookie or a token goes through.
Anybody else is counted by address, generously, as a whole office or a whole mobile network may stand behind one; and by
phone, tightly. A phone is known by a cookie for the day, which nobody can make but this hub; those without one count
as one phone of their address. What costs the hub most, searching and drawing pages, is also done one at a time.
"""

import ipaddress
import json
import math
import re
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

from werkzeug.http import parse_cookie

from app.api.problems import TooMany
from app.i18n import gettext
from app.phone_mark import PHONE_COOKIE

Environ = dict[str, Any]
Wsgi = Callable[[Environ, Any], Iterable[bytes]]
MINUTE_S: Final = 60
HOUR_S: Final = 3600
BURST_S: Final = 10
MOST_KEPT: Final = 100_000

ONE_HOME: Final = 64
"""IPv6: one line has all the addresses of such a net."""


@dataclass
class Tally:
    """At most `most` of somebody in each window of so many seconds."""

    seconds: int
    most: int
    _window: int = field(default=-1, init=False)
    _counts: dict[str, int] = field(default_factory=dict, init=False)

    def wait_s(self, who: str, now: float) -> int:
        """Count one more at `now` (s); 0 lets it in, else so many seconds are to wait."""
        window = int(now // self.seconds)
        if window != self._window or len(self._counts) > MOST_KEPT:
            self._window, self._counts = window, {}
        self._counts[who] = count = self._counts.get(who, 0) + 1
        return 0 if count <= self.most else max(1, math.ceil((window + 1) * self.seconds - now))


@dataclass
class Turns:
    """One after the other, and between two of them whoever else is at the hub: a press in the hall waits for one page.

    Without it a press would wait for all that came before it: the hub's threads give way to each other only where
    they wait.
    """

    _one: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __enter__(self) -> None:
        self._one.acquire()
        try:
            time.sleep(0)
        except BaseException:
            self._one.release()
            raise

    def __exit__(self, *_error: object) -> None:
        self._one.release()


@dataclass
class Rule:
    """What is counted together, by address and by phone; `in_turn`: strangers are answered one after the other."""

    methods: frozenset[str]
    path: re.Pattern[str]
    of_address: tuple[Tally, ...]
    of_phone: tuple[Tally, ...] = ()
    in_turn: Turns | None = None

    def fits(self, method: str, path: str) -> bool:
        return method in self.methods and self.path.fullmatch(path) is not None


def house_rules() -> tuple[Rule, ...]:
    """Taking numbers; booking appointments; what the holder of one may do; looking at all these, and at procedures.

    Many people may look through one address, as in a hall with a network of its own: a search asks up to four times a
    second while somebody types, and each phone asks after its ticket when it is taken out.
    """
    writes, looks = frozenset({"POST", "PUT", "DELETE"}), frozenset({"GET", "HEAD"})
    return (
        Rule(
            writes,
            re.compile(r"/api/v1/(home|take)/?"),
            (Tally(MINUTE_S, 60), Tally(HOUR_S, 600)),
            (Tally(MINUTE_S, 20), Tally(HOUR_S, 100)),
        ),
        Rule(  # an appointment holds its time for days, and nobody's name is asked for
            writes,
            re.compile(r"/api/v1/bookings/?"),
            (Tally(MINUTE_S, 60), Tally(HOUR_S, 600)),
            (Tally(MINUTE_S, 10), Tally(HOUR_S, 20)),
        ),
        Rule(
            writes,
            re.compile(r"(?s)/api/v1/(check-in|bookings/.+|tickets/[^/]+/(cancel|let-pass|rating|push))"),
            (Tally(MINUTE_S, 240),),
            (Tally(MINUTE_S, 60),),
        ),
        Rule(
            looks,
            re.compile(r"(?s)/(home|take|book|b/.+)|/api/v1/(home|slots|bookings/.+)"),
            (Tally(MINUTE_S, 600),),
            in_turn=Turns(),
        ),
        Rule(
            looks,
            re.compile(r"(?s)/(find|p/.+)|/api/v1/procedures(/.+)?"),
            (Tally(BURST_S, 150), Tally(MINUTE_S, 600)),
            in_turn=Turns(),
        ),
        Rule(looks, re.compile(r"(?s)/t/.+|/api/v1/tickets/.+"), (Tally(MINUTE_S, 1200),)),
    )


@dataclass
class FrontDoor:
    """Around the web application. `is_known` looks whether cookies or token are somebody's; `phone_of` reads ours."""

    app: Wsgi
    is_known: Callable[[str | None, dict[str, str]], bool]
    phone_of: Callable[[str], str | None]
    clock: Callable[[], float] = time.monotonic
    rules: tuple[Rule, ...] = field(default_factory=house_rules)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
        rule = next((each for each in self.rules if each.fits(method, path)), None)
        if rule is None:
            return self.app(environ, start_response)
        wait_s = self._wait_s(rule, environ)
        if not (wait_s or rule.in_turn) or self._knows(environ):
            return self.app(environ, start_response)
        if wait_s:
            return _turned_away(environ, start_response, wait_s)
        with rule.in_turn or nullcontext():
            return self.app(environ, start_response)

    def _wait_s(self, rule: Rule, environ: Environ) -> int:
        """Who is turned away by address is not counted further: it costs no more than this."""
        now, address = self.clock(), home_of(environ.get("REMOTE_ADDR", ""))
        by_address = max(tally.wait_s(address, now) for tally in rule.of_address)
        if by_address or not rule.of_phone:
            return by_address
        cookie = parse_cookie(environ).get(PHONE_COOKIE, "")
        phone = (cookie and self.phone_of(cookie)) or f"at {address}"
        return max(tally.wait_s(phone, now) for tally in rule.of_phone)

    def _knows(self, environ: Environ) -> bool:
        scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        bearer = token.strip() if scheme.lower() == "bearer" else None
        return self.is_known(bearer, dict(parse_cookie(environ)))


def home_of(address: str) -> str:
    if ":" not in address:
        return address
    try:
        return str(ipaddress.ip_network(f"{address.partition('%')[0]}/{ONE_HOME}", strict=False))
    except ValueError:
        return address


def _turned_away(environ: Environ, start_response: Any, wait_s: int) -> Iterable[bytes]:
    """As every refusal is told, without the application's help; on a page's place in a sentence for people."""
    language = "en" if environ.get("HTTP_ACCEPT_LANGUAGE", "").startswith("en") else "vi"
    status, is_api = HTTPStatus.TOO_MANY_REQUESTS, environ.get("PATH_INFO", "").startswith("/api/")
    body = {
        "type": f"urn:toiluot:problem:{TooMany.code}",
        "title": status.phrase,
        "status": int(status),
        "code": TooMany.code,
        "detail": gettext(language, TooMany.text, retry_after_s=wait_s),
        "retry_after_s": wait_s,
    }
    text = (json.dumps(body, ensure_ascii=False) if is_api else str(body["detail"])).encode()
    headers = [
        ("Content-Type", "application/problem+json" if is_api else "text/plain; charset=utf-8"),
        ("Content-Length", str(len(text))),
        ("Retry-After", str(wait_s)),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    start_response(f"{int(status)} {status.phrase}", headers)
    return [text]
