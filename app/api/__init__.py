"""HTTP under /api/v1: one module a noun."""

from typing import Any

from flask import Blueprint, Flask, Response, jsonify

from app.api import problems
from app.api.admin import admin
from app.api.advice import advice
from app.api.catalogue import catalogue
from app.api.counters import counters
from app.api.dossiers import dossiers
from app.api.equipment import equipment
from app.api.hall import hall
from app.api.join import join
from app.api.printing import printing
from app.api.reports import reports
from app.api.rota import rota
from app.api.routes import spec
from app.api.session import session
from app.api.tickets import tickets

NOUNS: tuple[Blueprint, ...] = (
    tickets,
    counters,
    hall,
    session,
    catalogue,
    admin,
    equipment,
    printing,
    join,
    advice,
    rota,
    reports,
    dossiers,
)


def register(app: Flask) -> None:
    """Hang the API into the app."""
    for noun in NOUNS:
        app.register_blueprint(noun, url_prefix="/api/v1")
    problems.register(app)
    spec.register(app)
    app.add_url_rule("/api/openapi.json", "openapi", openapi)


def openapi() -> Response:
    """The description of this API, OpenAPI 3.1."""
    described: dict[str, Any] = spec.spec
    paths = {path: what for path, what in described["paths"].items() if path.startswith("/api/v1/")}
    return jsonify(described | {"paths": paths})
