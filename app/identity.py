"""Who sends a request: a person's or a device's cookie, or a bearer token; and from where."""

from functools import lru_cache
from urllib.parse import urlsplit

from flask import Flask, Response, g, request

from app.accounts import Accounts
from app.api.problems import ForeignOrigin
from app.core.permissions import Actor, Role
from app.devices import Devices
from app.store.accounts import Person

SESSION_COOKIE = "toiluot_session"
DEVICE_COOKIE = "toiluot_device"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
DEVICE_COOKIE_S = 10 * 365 * 24 * 3600
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def register(app: Flask, accounts: Accounts, devices: Devices) -> None:
    """Know the asker of every request, refuse foreign commands, and answer with safe headers."""

    @app.before_request
    def know_the_asker() -> None:
        refuse_foreign_origin()
        token = _bearer()
        g.person = None if token else person(accounts)
        g.actor = _actor(devices, token, g.person)

    @app.after_request
    def safe_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", content_security_policy(request.host))
        return response


def identify(accounts: Accounts, devices: Devices, handshake_token: str | None) -> Actor | None:
    """The actor of a Socket.IO handshake: the token in it, else who the request says; None for a citizen."""
    token = handshake_token or _bearer()
    return _actor(devices, token, None if token else person(accounts))


def _actor(devices: Devices, token: str | None, someone: Person | None) -> Actor | None:
    if token:
        return devices.actor_of(token)
    if someone:
        return Actor(someone.name, Role(someone.role))
    cookie = request.cookies.get(DEVICE_COOKIE)
    return devices.actor_of(cookie) if cookie else None


def person(accounts: Accounts) -> Person | None:
    """The person signed in here, if any."""
    cookie = request.cookies.get(SESSION_COOKIE)
    return accounts.person_of(cookie) if cookie else None


def refuse_foreign_origin() -> None:
    """A page of another site must not press buttons with this browser's cookies. Raises ForeignOrigin."""
    if request.method in SAFE_METHODS:
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        raise ForeignOrigin(origin=origin)
    if origin is None and request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        raise ForeignOrigin(origin=request.headers["Sec-Fetch-Site"])


@lru_cache(maxsize=64)
def content_security_policy(host: str) -> str:
    """Own files only. The socket is named, as older browsers do not count it as 'self'."""
    return (
        f"default-src 'self'; connect-src 'self' ws://{host} wss://{host}; img-src 'self' data:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    )


def set_cookie(response: Response, name: str, token: str, max_age: int | None = None) -> None:
    response.set_cookie(name, token, max_age=max_age, httponly=True, samesite="Lax", secure=request.is_secure)


def _bearer() -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None
