"""Procedures."""

from flask import Blueprint, Response, request

from app.api.routes import answer, parts, route
from app.api.shapes import ProceduresOut

catalogue = Blueprint("catalogue", __name__)


@route(catalogue, "GET", "/procedures", gives=ProceduresOut, roles=None)
def procedures() -> Response:
    """Procedures whose code, name or field holds every word of `q`, with or without Vietnamese marks."""
    found = parts().store.procedures(request.args.get("q", ""), request.args.get("service"))
    return answer({"procedures": found})
