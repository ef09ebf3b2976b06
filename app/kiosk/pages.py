"""/kiosk: taking a number at the door."""

from typing import Any

from flask import Blueprint, Response, current_app, request

from app.addresses import Address, phone_address
from app.i18n import own_name, page_catalogue
from app.procedures import everyday, papers
from app.site import Site

EVERYDAY_SHOWN = 5  # one page of results


def blueprint(site: Site) -> Blueprint:
    """The pages for citizens."""
    room = Blueprint(
        "kiosk", __name__, template_folder="templates", static_folder="static", static_url_path="/static/kiosk"
    )

    @room.get("/kiosk")
    @site.allow("kiosk")
    def kiosk() -> Response:
        address = _address()
        data = {
            "hall": site.snapshot("hall"),
            "printer": site.feed.printer_of(site.actor()),
            "catalogues": {language: page_catalogue(language) for language in site.centre().languages},
            "names": {language: own_name(language) for language in site.centre().languages},
            "everyday": _everyday(),
            "phone": {"shown": address is not None, "local": address is not None and address.local},
        }
        return site.page("kiosk/kiosk.html", data=data)

    return room


def _everyday() -> list[dict[str, Any]]:
    every = current_app.extensions["toiluot"].store.procedures("", None)
    return [{**each, "bring": papers(each)} for each in everyday(every, EVERYDAY_SHOWN)]


def _address() -> Address | None:
    return phone_address(current_app.extensions["toiluot"].config.public_url, request.host_url)
