"""What every page room needs: who looks, in which language, the first paint's data, and one way to render."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Flask, Response, g, has_request_context, redirect, render_template, request
from werkzeug import Response as AnyResponse
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

from app.core.centre import Settings
from app.core.permissions import PEOPLE, Actor, Role
from app.feed import Feed
from app.hub import Hub
from app.i18n import catalogue, gettext, languages, page_catalogue

PageView = Callable[..., Any]
DEVICE_ROLES = frozenset({Role.DISPLAY, Role.KIOSK})
LANGUAGE_COOKIE = "toiluot_language"
YEAR_S = 365 * 86400


@dataclass
class Site:
    """Handed to each page room's `blueprint(site)`."""

    hub: Hub
    feed: Feed
    static_version: str

    def actor(self) -> Actor | None:
        found: Actor | None = g.actor
        return found

    def person(self) -> dict[str, str] | None:
        """The person signed in: {name, full_name, role}."""
        found = g.person
        return {"name": found.name, "full_name": found.full_name, "role": found.role} if found else None

    def centre(self) -> Settings:
        return self.hub.hall.settings

    def language(self) -> str:
        return request_language()

    def snapshot(self, room: str) -> dict[str, Any]:
        """The feed's snapshot for a first paint. Raises a Refused where the asker may not see it."""
        with self.hub.lock:
            return self.feed.snapshot(room, self.actor())

    def page(
        self, template: str, *, data: Mapping[str, Any] | None = None, status: int = 200, **context: Any
    ) -> Response:
        """Render a page; `data` goes into it as JSON for its script."""
        text = render_template(template, page_data=_json_block(data or {}), **context)
        answer = Response(text, status, content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-cache"})
        wish = request.args.get("lang")
        if wish in languages() and wish != request.cookies.get(LANGUAGE_COOKIE):
            answer.headers["Cache-Control"] = "private, no-cache"  # no proxy hands one phone's language to another
            keep_language(answer, wish)  # the links of this page lead on without the wish
        return answer

    def allow(self, *roles: str) -> Callable[[PageView], PageView]:
        """Let these roles see a view. People see the devices' pages too, and leaders see every page of a clerk."""
        allowed = {Role(role) for role in roles}
        if allowed & DEVICE_ROLES:
            allowed |= PEOPLE

        def decorate(view: PageView) -> PageView:
            @wraps(view)
            def guarded(*args: Any, **values: Any) -> Any:
                actor = self.actor()
                if actor is None:
                    return _send_to_the_door(for_device=bool(allowed & DEVICE_ROLES))
                if actor.role not in allowed:
                    return self.page("forbidden.html", status=HTTPStatus.FORBIDDEN, role=actor.role)
                return view(*args, **values)

            return guarded

        return decorate


def register(app: Flask, site: Site, rooms: Sequence[Callable[[Site], Blueprint]]) -> None:
    """Hang the page rooms into the app, and give the templates their words."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]

    @app.context_processor
    def words() -> dict[str, Any]:
        language = request_language()
        return {
            "language": language,
            "languages": languages(),
            "centre": site.centre(),
            "person": site.person() if hasattr(g, "person") else None,
            "catalogue": _json_block(page_catalogue(language)),
            "static_version": site.static_version,
        }

    for room in rooms:
        app.register_blueprint(room(site))


def keep_language(answer: AnyResponse, code: str) -> None:
    """This browser has chosen."""
    answer.set_cookie(LANGUAGE_COOKIE, code, max_age=YEAR_S, samesite="Lax", secure=request.is_secure)


def request_language() -> str:
    """The asker's language: ?lang=, the cookie, the browser's wish, else Vietnamese."""
    if not has_request_context():
        return "vi"
    for wish in (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if wish in languages():
            return wish
    return _wished(request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=256)
def _wished(accept_language: str) -> str:
    return parse_accept_header(accept_language, LanguageAccept).best_match(languages(), "vi") or "vi"


def _send_to_the_door(*, for_device: bool) -> Any:
    here = quote(request.full_path.rstrip("?"), safe="")
    return redirect(f"/join?page={here}" if for_device else f"/sign-in?next={here}")


def _gettext(message: str) -> str:
    return gettext(request_language(), message)


def _ngettext(one: str, many: str, number: int) -> str:
    """Vietnamese has one form; English's second form is its own message."""
    words = catalogue(request_language())
    return words.get(one, one if number == 1 else words.get(many, many))


def _json_block(value: Mapping[str, Any]) -> str:
    """JSON that cannot end the script element that it stands in."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c")
