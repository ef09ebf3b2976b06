"""Pages of booking."""

from flask import Blueprint

from app.site import Site


def blueprint(_site: Site) -> Blueprint:
    """The pages of this room."""
    return Blueprint(
        "booking", __name__, template_folder="templates", static_folder="static", static_url_path="/static/booking"
    )
