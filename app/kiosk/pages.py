"""/kiosk, and /t/ID: the page that a ticket's QR code leads to."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, current_app, request

from app.addresses import Address, phone_address
from app.core.errors import Unknown
from app.i18n import page_catalogue
from app.kiosk.qr import qr_svg
from app.site import Site
from app.wait_words import wait_words

MONTH_S = 30 * 24 * 3600


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
            "phone": {"shown": address is not None, "local": address is not None and address.local},
        }
        return site.page("kiosk/kiosk.html", data=data)

    @room.get("/t/<id_>")
    def ticket_page(id_: str) -> Response:
        try:
            snapshot = site.snapshot(f"ticket:{id_}")
        except Unknown:
            return site.page("kiosk/ticket-gone.html", status=HTTPStatus.NOT_FOUND)
        ticket = snapshot["tickets"][0]
        expected = wait_words(site.language(), ticket["forecast"])
        return site.page("kiosk/ticket.html", data=snapshot, ticket=ticket, expected=expected)

    @room.get("/t/<ticket>/qr.svg")
    def ticket_qr(ticket: str) -> Response:
        address = _address()
        if address is None:
            abort(404)
        answer = Response(qr_svg(f"{address.base}/t/{ticket}{_language()}"), mimetype="image/svg+xml")
        answer.cache_control.max_age = MONTH_S
        return answer

    return room


def _address() -> Address | None:
    return phone_address(current_app.extensions["toiluot"].config.public_url, request.host_url)


def _language() -> str:
    language = request.args.get("lang", "")
    return f"?lang={language}" if language.isalpha() else ""
