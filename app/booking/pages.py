"""Pages of booking."""

from flask import Blueprint

from app.booking import book_pages, day_pages, home_pages
from app.site import Site


def blueprint(site: Site) -> Blueprint:
    """The pages of this room."""
    room = Blueprint(
        "booking", __name__, template_folder="templates", static_folder="static", static_url_path="/static/booking"
    )
    book_pages.hang(room, site)
    day_pages.hang(room, site)
    home_pages.hang(room, site)
    return room
