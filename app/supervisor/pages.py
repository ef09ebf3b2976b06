"""The supervisor's pages: the live board, the reports, the one-page briefing, and the import of dossiers."""

from typing import Any

from flask import Blueprint, Response

from app.dossier_file import LARGEST
from app.site import Site


def blueprint(site: Site) -> Blueprint:
    """The routes /supervisor, /report, /briefing and /dossiers."""
    pages = Blueprint(
        "supervisor_pages",
        __name__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/static/supervisor",
    )

    @pages.get("/supervisor")
    @site.allow("supervisor", "admin")
    def board() -> Response:
        return site.page("supervisor/board.html", data=site.snapshot("supervisor"))

    @pages.get("/report")
    @site.allow("supervisor", "admin")
    def report() -> Response:
        return site.page("supervisor/report.html", data=_today(site))

    @pages.get("/briefing")
    @site.allow("supervisor", "admin")
    def briefing() -> Response:
        return site.page("supervisor/briefing.html", data=_today(site) | {"centre": site.centre().name})

    @pages.get("/dossiers")
    @site.allow("supervisor", "admin")
    def dossiers() -> Response:
        return site.page("supervisor/dossiers.html", data=_today(site) | {"largest": LARGEST})

    return pages


def _today(site: Site) -> dict[str, Any]:
    hall = site.snapshot("hall")
    return {"today": hall["day"], "now": hall["now"], "clock_rate": hall["clock_rate"]}
