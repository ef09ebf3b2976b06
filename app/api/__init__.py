"""HTTP under /api/v1: one module a noun."""

from flask import Blueprint, Flask, Response, jsonify

from app.api import docs, problems
from app.api.admin import admin
from app.api.advice import advice
from app.api.appointments import appointments
from app.api.ask import ask
from app.api.catalogue import catalogue
from app.api.counters import counters
from app.api.dossiers import dossiers
from app.api.equipment import equipment
from app.api.hall import hall
from app.api.home import home
from app.api.join import join
from app.api.notices import media, notices
from app.api.outgoing import outgoing
from app.api.phone import phone
from app.api.posters import posters
from app.api.printing import printing
from app.api.reports import reports
from app.api.rota import rota
from app.api.routes import description, spec
from app.api.session import session
from app.api.speak import speak
from app.api.tickets import tickets
from app.api.visits import visits
from app.api.voices import voices

NOUNS: tuple[Blueprint, ...] = (
    tickets,
    counters,
    hall,
    session,
    catalogue,
    admin,
    equipment,
    printing,
    posters,
    join,
    home,
    phone,
    outgoing,
    advice,
    rota,
    reports,
    dossiers,
    visits,
    appointments,
    voices,
    speak,
    notices,
    ask,
)


def register(app: Flask) -> None:
    """Hang the API into the app."""
    for noun in NOUNS:
        app.register_blueprint(noun, url_prefix="/api/v1")
    app.register_blueprint(media)
    problems.register(app)
    spec.register(app)
    app.add_url_rule("/api/openapi.json", "openapi", openapi)
    app.add_url_rule("/api/docs", "api_docs", docs_page)


def openapi() -> Response:
    """The description of this API, OpenAPI 3.1."""
    return jsonify(description())


def docs_page() -> Response:
    """The same as a page to read, with examples."""
    return docs.page(description())
