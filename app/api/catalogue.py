"""Procedures: found, told, edited, and the whole catalogue as a file."""

from collections.abc import Mapping
from typing import Any, ClassVar

from flask import Blueprint, Response, g, request
from werkzeug.exceptions import RequestEntityTooLarge

from app import procedure_file
from app.api.catalogue_shapes import CatalogueChangesOut, OneProcedureOut, ProcedureIn, ProcedureOut, ProceduresOut
from app.api.describing import CSV, Query
from app.api.problems import BadField
from app.api.routes import actor, answer, parts, route
from app.core.errors import Unknown
from app.core.hall import Counter, CounterState, Hall
from app.core.permissions import Role
from app.shaping import values_of
from app.store.catalogue import Procedure

catalogue = Blueprint("catalogue", __name__)
ADMIN = frozenset({Role.ADMIN})
WHERE = {"type": "integer", "minimum": 0, "maximum": procedure_file.MOST}
SEARCH = (
    Query("q", "What is looked for; all of them where it is not given."),
    Query("service", "Of one service only."),
    Query("limit", "At most so many.", {"type": "integer", "minimum": 1, "maximum": procedure_file.MOST}),
    Query("offset", "Where `q` is not given: without so many at the beginning.", WHERE),
)
MOST_FOR_STRANGERS = 100
"""Of one answer: a catalogue of all ministries has megabytes."""
DIGITS = 9
"""Of a figure in a query that are read; more of them are too many anyway."""


class NoSuchProcedure(Unknown):
    code: ClassVar[str] = "unknown_procedure"
    text: ClassVar[str] = "There is no procedure '%(procedure)s' in this centre."


@route(catalogue, "GET", "/procedures", gives=ProceduresOut, roles=None, queries=SEARCH)
def procedures() -> Response:
    """Procedures that `q` asks for, the best first: with or without marks, misspelt, in everyday words, by code.

    Without `q` all of them, by field. `service`: of one service only; `limit`: at most so many. Whoever is not signed
    in and sends no token gets at most 100 at once; `offset` brings the others.
    """
    query, hall = request.args.get("q", ""), parts().hub.hall
    limit = _figure("limit", 1)
    most = limit if g.actor else min(limit or MOST_FOR_STRANGERS, MOST_FOR_STRANGERS)
    found = parts().store.procedures(query, request.args.get("service"), most, _figure("offset", 0) or 0)
    return answer({"procedures": [_told(hall, each) for each in found], "query": query})


@route(catalogue, "GET", "/procedures/<code>", gives=OneProcedureOut, roles=None)
def procedure(code: str) -> Response:
    """One procedure, the counters that serve it and the wait."""
    found, hall = _known(code), parts().hub.hall
    served = sorted(
        _serving(hall, found["service"]), key=lambda each: (each.state is not CounterState.OPEN, each.number)
    )
    service = hall.services.get(found["service"])
    wait = parts().views.service(hall, service, parts().hub.now()) if service else {"waiting": 0, "forecast": None}
    return answer(
        _told(hall, found)
        | {"counters": [{"number": each.number, "name": each.name, "state": each.state} for each in served]}
        | {"waiting": wait["waiting"], "forecast": wait["forecast"]}
    )


@route(catalogue, "PUT", "/procedures/<code>", takes=ProcedureIn, gives=ProcedureOut, roles=ADMIN)
def save_procedure(code: str, body: ProcedureIn) -> Response:
    """Add or change a procedure; a new one stands last."""
    if not procedure_file.CODE.fullmatch(code):
        raise BadField(field="code", why="letters, digits, dots and dashes, such as 1.001193")
    present = parts().store.every_procedure()
    saved = Procedure(code=code, **values_of(body))
    known = any(each.code == code for each in present)
    after = [saved if each.code == code else each for each in present] if known else [*present, saved]
    _change(present, after)
    return answer(_told(parts().hub.hall, _known(code)))


@route(catalogue, "DELETE", "/procedures/<code>", status=204, roles=ADMIN)
def remove_procedure(code: str) -> Response:
    """Take a procedure away. Tickets that were taken for it stay as they are."""
    _known(code)
    present = parts().store.every_procedure()
    _change(present, [each for each in present if each.code != code])
    return Response(status=204)


@route(catalogue, "GET", "/procedures.csv", roles=ADMIN, gives_file=CSV)
def export_procedures() -> Response:
    """The catalogue as a file."""
    text = procedure_file.write(parts().store.every_procedure())
    return Response(text, content_type="text/csv; charset=utf-8")


@route(catalogue, "POST", "/procedures/preview", gives=CatalogueChangesOut, roles=ADMIN, files=(CSV,))
def preview() -> Response:
    """What taking over this CSV file (the body, at most 5 MB) would change; nothing happens."""
    present = parts().store.every_procedure()
    return answer(procedure_file.told(procedure_file.compare(present, _sent(present))))


@route(catalogue, "PUT", "/procedures", gives=CatalogueChangesOut, roles=ADMIN, files=(CSV,))
def import_procedures() -> Response:
    """Make the catalogue what this CSV file (the body) says; with a mistake in it, nothing.

    With the header `X-Digest` of a preview: only what that preview showed.
    """
    after = _sent(parts().store.every_procedure())
    run, digest = parts().accounts.run_blocking, request.headers.get("X-Digest")
    return answer(procedure_file.told(procedure_file.take(parts().hub, after, actor(), digest, run)))


def _sent(present: list[Procedure]) -> list[Procedure]:
    request.max_content_length = procedure_file.LARGEST
    data = request.get_data()
    if len(data) >= procedure_file.LARGEST:  # a chunked body that goes on is cut there without a word
        raise RequestEntityTooLarge
    services = parts().hub.hall.services
    run: procedure_file.Run = parts().accounts.run_blocking  # nobody who presses waits for the reading
    found: list[Procedure] = run(lambda: procedure_file.read(data, services, present))
    return found


def _change(before: list[Procedure], after: list[Procedure]) -> None:
    """Somebody else's change in between is not undone: it makes this one CatalogueChanged."""
    digest = procedure_file.compare(before, after).digest
    procedure_file.take(parts().hub, after, actor(), digest, parts().accounts.run_blocking)


def _known(code: str) -> dict[str, Any]:
    found = parts().store.procedure(code)
    if found is None:
        raise NoSuchProcedure(procedure=code)
    return found


def _figure(name: str, least: int) -> int | None:
    asked = request.args.get(name)
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdecimal() and least <= int(asked[:DIGITS]) <= procedure_file.MOST):
        raise BadField(field=name, why=f"a number from {least} to {procedure_file.MOST}")
    return int(asked[:DIGITS])


def _serving(hall: Hall, service: str) -> list[Counter]:
    return [each for each in hall.counters.values() if service in (*each.own, *each.help)]


def _told(hall: Hall, found: Mapping[str, Any]) -> dict[str, Any]:
    service = hall.services.get(found["service"])
    return {
        **found,
        "bring": [part.strip() for part in found["documents"].split(";") if part.strip()],
        "service_name": service.name if service else "",
        "service_name_en": service.name_en if service else "",
    }
