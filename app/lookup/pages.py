"""/find and /p/CODE: what to bring, how long it takes, where to go. For anybody's phone, without signing in."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, current_app, request

from app.lookup.entry import entry_of
from app.lookup.first import FirstLook
from app.lookup.there import there_now
from app.plain import active_services
from app.site import Site
from app.store.store import Store
from app.wait_words import wait_words

LONGEST_QUERY = 100
MOST_RESULTS = 20
MOST_LISTED = 60
"""Of one service: a catalogue of all ministries has hundreds, too many to read and too much for a poor line."""
NO_WORDS = "{}"  # these pages' scripts say nothing: a poor line is spared the catalogue


def blueprint(site: Site) -> Blueprint:
    """The pages for citizens who want to know something."""
    room = Blueprint(
        "lookup", __name__, template_folder="templates", static_folder="static", static_url_path="/static/lookup"
    )
    first = FirstLook(site.hub)

    @room.get("/find")
    def find() -> Response:
        query = request.args.get("q", "").strip()[:LONGEST_QUERY]
        service = _service(site, request.args.get("service", ""))
        found = _found(query, service) if query or service else first.rows()
        typing = request.args.get("part") == "results"  # with each letter, so no more than is needed
        template = "lookup/results.html" if typing else "lookup/find.html"
        services = _services(site) if typing else _offered(site)
        return site.page(
            template,
            catalogue=NO_WORDS,
            query=query,
            service=service,
            found=found,
            more=service is not None and not query and _count(site, service["code"]) > MOST_LISTED,
            services=services,
            here=_here(),
        )

    @room.get("/p/<code>")
    def procedure(code: str) -> Response:
        found = _store().procedure(code)
        if found is None:
            return site.page("lookup/gone.html", status=HTTPStatus.NOT_FOUND, catalogue=NO_WORDS, here=_here())
        there = there_now(site.hub, current_app.extensions["toiluot"].views, found["service"])
        expected = wait_words(site.language(), there.forecast, there.waiting) if there else ""
        return site.page(
            "lookup/procedure.html",
            catalogue=NO_WORDS,
            entry=entry_of(found, {each["code"]: each for each in _services(site)}),
            there=there,
            expected=expected,
            here=_here(),
        )

    return room


def _found(query: str, service: Mapping[str, str] | None) -> Sequence[Mapping[str, Any]]:
    """What was searched for; before anybody types, a service's list."""
    return _store().procedures(query, service["code"] if service else None, MOST_RESULTS if query else MOST_LISTED)


def _store() -> Store:
    found: Store = current_app.extensions["toiluot"].store
    return found


def _services(site: Site) -> list[dict[str, str]]:
    with site.hub.lock:
        return [{"code": s.code, "name": s.name, "name_en": s.name_en} for s in active_services(site.hub.hall)]


def _offered(site: Site) -> list[dict[str, str]]:
    """Those that have procedures."""
    offered = set(site.hub.hall.procedures.values())
    return [each for each in _services(site) if each["code"] in offered]


def _count(site: Site, service: str) -> int:
    return sum(each == service for each in site.hub.hall.procedures.values())


def _service(site: Site, code: str) -> dict[str, str] | None:
    return next((each for each in _services(site) if each["code"] == code), None)


def _here() -> str:
    return request.full_path.rstrip("?")
