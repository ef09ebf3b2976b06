"""/robot: a face that talks and listens, for a screen that stands in for a robot."""

from typing import Any

from flask import Blueprint, Response, current_app, request

from app.addresses import phone_address
from app.i18n import own_name, page_catalogue
from app.procedures import everyday, papers
from app.site import Site

EVERYDAY_KEPT = 6  # these can be looked at even while the hub is away


def blueprint(site: Site) -> Blueprint:
    """The page of this room."""
    room = Blueprint(
        "robot", __name__, template_folder="templates", static_folder="static", static_url_path="/static/robot"
    )

    @room.get("/robot")
    @site.allow("robot", "kiosk")
    def robot() -> Response:
        languages = site.centre().languages
        address = phone_address(current_app.extensions["toiluot"].config.public_url, request.host_url)
        data = {
            "hall": site.snapshot("hall"),
            "catalogues": {language: page_catalogue(language) for language in languages},
            "names": {language: own_name(language) for language in languages},
            "everyday": _everyday(),
            "phone": {"shown": address is not None},
        }
        return site.page("robot/robot.html", data=data)

    return room


def _everyday() -> list[dict[str, Any]]:
    every = current_app.extensions["toiluot"].store.procedures("", None)
    return [{**each, "bring": papers(each)} for each in everyday(every, EVERYDAY_KEPT)]
