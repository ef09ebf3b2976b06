"""The supervisor's two pages: the live board, and a day's report that prints on A4."""

from flask import Blueprint, Response

from app.site import Site


def blueprint(site: Site) -> Blueprint:
    """The routes /supervisor and /report."""
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
        hall = site.snapshot("hall")
        data = {"today": hall["day"], "now": hall["now"], "clock_rate": hall["clock_rate"]}
        return site.page("supervisor/report.html", data=data)

    return pages
