"""Posters with a QR code, as PDF, for staff to print and hang up."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from flask import Blueprint, Response, request

from app.addresses import phone_address
from app.api.catalogue import NoSuchProcedure
from app.api.describing import PDF, Query
from app.api.problems import BadField
from app.api.routes import parts, route
from app.core.errors import Conflict, UnknownService
from app.core.permissions import LEADERS
from app.hall_secret import hall_secret
from app.posters.index import list_poster
from app.posters.posters import procedure_poster, service_poster, take_poster
from app.posters.values import Centre, Link, Procedure, Service, Size
from app.procedures import papers

posters = Blueprint("posters", __name__)
SIZE = (Query("size", "A4 where it is not given.", {"type": "string", "enum": [*Size]}),)


class NoPublicAddress(Conflict):
    code = "no_public_address"
    text = "No phone could reach this server, so a poster would lead nowhere. Set public_url in toiluot.toml."


class PhoneNumbersOff(Conflict):
    code = "phone_numbers_off"
    text = "Phones may not take numbers here. Allow it in the settings first."


@route(posters, "GET", "/posters/procedure/<code>.pdf", roles=LEADERS, queries=SIZE, gives_file=PDF)
def procedure(code: str) -> Response:
    """What to bring for one procedure; ?size=A4 or A5. The QR code leads to its page, /p/CODE."""
    found = parts().store.procedure(code)
    if found is None:
        raise NoSuchProcedure(procedure=code)
    return _pdf(partial(procedure_poster, _centre(), _procedure(found), _link(f"/p/{code}"), _size()), code)


@route(posters, "GET", "/posters/service/<code>.pdf", roles=LEADERS, queries=SIZE, gives_file=PDF)
def service(code: str) -> Response:
    """One service and its procedures, as far as they fit. The QR code leads to all of them."""
    found = next((each for each in _services() if each["code"] == code), None)
    if found is None:
        raise UnknownService(service=code)
    told = _service(found, _procedures())
    return _pdf(partial(service_poster, _centre(), told, _link(f"/find?service={code}"), _size()), code)


@route(posters, "GET", "/posters/list.pdf", roles=LEADERS, queries=SIZE, gives_file=PDF)
def whole_list() -> Response:
    """Every procedure with its code, by service, and one QR code that leads to the search."""
    catalogue = _procedures()
    services = [_service(each, catalogue) for each in _services()]
    shown = [each for each in services if each.procedures]
    return _pdf(partial(list_poster, _centre(), shown, _link("/find"), _size()), "list")


@route(posters, "GET", "/posters/take.pdf", roles=LEADERS, queries=SIZE, gives_file=PDF)
def take() -> Response:
    """Where citizens take a number with their own phone. The QR code holds the hall's secret."""
    hub = parts().hub
    if not hub.hall.settings.phone_numbers:
        raise PhoneNumbersOff
    link = _link(f"/take?at={hall_secret(hub, parts().store)}")
    return _pdf(partial(take_poster, _centre(), link, _size()), "take")


def _size() -> Size:
    """Raises BadField."""
    asked = request.args.get("size", Size.A4).upper()
    if asked not in set(Size):
        raise BadField(field="size", why="A4 or A5")
    return Size(asked)


def _link(path: str) -> Link:
    """Raises NoPublicAddress."""
    address = phone_address(parts().config.public_url, request.host_url)
    if address is None:
        raise NoPublicAddress
    return Link(f"{address.base}{path}", address.local)


def _centre() -> Centre:
    settings = parts().hub.hall.settings
    return Centre(settings.name, settings.name_en, settings.accent)


def _services() -> list[dict[str, Any]]:
    """The active ones, in the order of the kiosk."""
    hub = parts().hub
    with hub.lock:
        services: list[dict[str, Any]] = parts().views.snapshot(hub.hall, hub.now())["services"]
    return services


def _procedures() -> list[dict[str, Any]]:
    """In the order of the catalogue."""
    return [asdict(each) for each in parts().store.every_procedure()]


def _service(service: Mapping[str, Any], catalogue: Iterable[Mapping[str, Any]]) -> Service:
    own = tuple(_procedure(each) for each in catalogue if each["service"] == service["code"])
    return Service(service["name"], service["name_en"], service["hint"], own)


def _procedure(found: Mapping[str, Any]) -> Procedure:
    return Procedure(
        code=found["code"],
        name=found["name"],
        name_en=found["name_en"],
        bring=papers(found),
        time_limit=found["time_limit"],
        fee=found["fee"],
        verified=found["verified"],
    )


def _pdf(draw: Callable[[], bytes], name: str) -> Response:
    """Shown in the browser, and called by its name when it is kept. A list of thousands takes a second: beside."""
    run: Callable[[Callable[[], Any]], Any] = parts().accounts.run_blocking
    content: bytes = run(draw)
    answer = Response(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="poster-{name}-{_size()}.pdf"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
