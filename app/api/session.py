"""Signing in and out, and the centre's first administrator."""

from flask import Blueprint, Response, g, request

from app.api.limits import limited
from app.api.problems import NotSignedIn
from app.api.routes import answer, parts, route
from app.api.shapes import PasswordIn, SessionOut, SetupIn, SignIn
from app.core.permissions import PEOPLE
from app.identity import SESSION_COOKIE, set_cookie
from app.store.accounts import Person

session = Blueprint("session", __name__)
LONGEST_NAME = 40  # what is longer is nobody's and need not be remembered whole


@route(session, "POST", "/session", takes=SignIn, gives=SessionOut, roles=None)
@limited("100/minute;600/hour", refusals_only=True)
@limited("10/minute;60/hour", refusals_only=True, of=lambda body: str(body.name[:LONGEST_NAME]))
def sign_in(body: SignIn) -> Response:
    """Sign in for a cookie."""
    person, token = parts().accounts.sign_in(body.name, body.password)
    response = answer(_session(person))
    set_cookie(response, SESSION_COOKIE, token)
    return response


@route(session, "GET", "/session", gives=SessionOut, roles=None)
def show() -> Response:
    """Who is signed in, and at which counter."""
    if g.person is None:
        raise NotSignedIn
    return answer(_session(g.person))


@route(session, "DELETE", "/session", status=204, roles=None)
def sign_out() -> Response:
    """Sign out; harmless when nobody is signed in."""
    parts().accounts.sign_out(request.cookies.get(SESSION_COOKIE, ""))
    response = Response(status=204)
    response.delete_cookie(SESSION_COOKIE)
    return response


@route(session, "PUT", "/session/password", takes=PasswordIn, status=204, roles=frozenset(PEOPLE))
@limited("10/minute", refusals_only=True)
def change_password(body: PasswordIn) -> Response:
    """A new password; signs this person out everywhere."""
    if g.person is None:
        raise NotSignedIn
    parts().accounts.change_password(g.person, body.old, body.new)
    return Response(status=204)


@route(session, "POST", "/setup", takes=SetupIn, gives=SessionOut, status=201, roles=None)
@limited("10/minute;60/hour", refusals_only=True)
def set_up(body: SetupIn) -> Response:
    """The first administrator, by the one-time link that the hub printed; signs in at once."""
    accounts = parts().accounts
    accounts.set_up(body.token, body.name, body.full_name, body.password)
    person, token = accounts.sign_in(body.name, body.password)
    response = answer(_session(person), 201)
    set_cookie(response, SESSION_COOKIE, token)
    return response


def _session(person: Person) -> dict[str, object]:
    counters = parts().hub.hall.counters.values()
    at = next((counter.number for counter in counters if counter.clerk == person.name), None)
    return {"person": {"name": person.name, "full_name": person.full_name, "role": person.role}, "counter": at}
