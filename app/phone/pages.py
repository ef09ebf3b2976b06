"""/t/ID: the page that a ticket's QR code leads to, made for an old phone on a poor line."""

import json
import re
from base64 import b64encode
from functools import cache, partial
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, current_app, request

from app.addresses import phone_address
from app.core.errors import Unknown
from app.i18n import catalogue, gettext, languages
from app.nearness import ORDINARY_WALK_MIN, is_near
from app.planning.calibration import Range
from app.qr import qr_svg
from app.site import LANGUAGE_COOKIE, Site
from app.wait_words import wait_words

APP = Path(__file__).parents[1]
STATIC = APP / "phone" / "static"
MONTH_S = 30 * 24 * 3600
WALKS_MIN = (0, 2, 5, 10, 15)
MODULES = (
    "/static/phone/ticket.js",
    "/static/page.js",
    "/static/i18n.js",
    "/static/clock.js",
    "/static/dom.js",
    "/static/api.js",
    "/static/link.js",
    "/static/hall-state.js",
    "/static/link-banner.js",
    "/static/vendor/socket.io.esm.min.js",
    "/static/wait-words.js",
    "/static/tones.js",
    "/static/phone/near.js",
    "/static/phone/kept.js",
    "/static/phone/ring.js",
)
"""All that ticket.js imports at once: named in the page, they come side by side and not one after another."""
WHEN_ASKED = ("/static/phone/pass.js", "/static/phone/push.js", "/static/phone/rating.js", "/static/rating.js")
SAID_BY = tuple(address for address in (*MODULES, *WHEN_ASKED) if "/vendor/" not in address)
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
SAYS = re.compile(r'\bt\("([^"]+)"')


def blueprint(site: Site) -> Blueprint:
    """The pages of this room."""
    room = Blueprint(
        "phone", __name__, template_folder="templates", static_folder="static", static_url_path="/static/phone"
    )

    @room.get("/t/<id_>")
    def ticket_page(id_: str) -> Response:
        try:
            snapshot = site.snapshot(f"ticket:{id_}")
        except Unknown:
            return _styled(site.page("phone/gone.html", status=HTTPStatus.NOT_FOUND, style=_style()))
        ticket, language = snapshot["tickets"][0], _language(site, id_)
        answer = site.page(
            "phone/ticket.html",
            language=language,
            _=partial(gettext, language),
            data={name: snapshot[name] for name in ("now", "clock_rate", "tickets")},
            ticket=ticket,
            near=ticket["state"] == "waiting" and is_near(ticket["ahead"], _range(ticket["forecast"])),
            expected=wait_words(language, ticket["forecast"], ticket["ahead"]),
            serving=serving_words(language, ticket["serving"]),
            walks=WALKS_MIN,
            walk=ORDINARY_WALK_MIN,
            ratings=site.centre().ratings,
            modules=MODULES,
            own_catalogue=own_catalogue(language),
            style=_style(),
        )
        answer.headers["X-Toiluot-Version"] = site.static_version
        return _styled(answer)

    @room.get("/t/<ticket>/qr.svg")
    def ticket_qr(ticket: str) -> Response:
        address = phone_address(current_app.extensions["toiluot"].config.public_url, request.host_url)
        if address is None:
            abort(404)
        answer = Response(qr_svg(f"{address.base}/t/{ticket}{_wished_language()}"), mimetype="image/svg+xml")
        answer.cache_control.max_age = MONTH_S
        return answer

    @room.get("/t/sw.js")
    def service_worker() -> Response:
        """Served here, as it may only look after what lies beside it."""
        text = (STATIC / "sw.js").read_text("utf-8").replace("%VERSION%", site.static_version)
        for name, files in (("AT_ONCE", MODULES), ("WHEN_ASKED", WHEN_ASKED)):
            text = text.replace(f'["%{name}%"]', json.dumps(files))
        answer = Response(text, mimetype="text/javascript")
        answer.cache_control.no_cache = True
        return answer

    return room


def _language(site: Site, id_: str) -> str:
    """As the link or whoever holds it has asked for; else the ticket's own, before what the browser came with."""
    ticket = site.hub.hall.tickets.get(id_)
    chosen = (request.args.get("lang"), request.cookies.get(LANGUAGE_COOKIE), ticket and ticket.language)
    return next((each for each in chosen if each in languages()), None) or site.language()


def _styled(answer: Response) -> Response:
    """The style stands in the page: fetched, it would double the time to the first paint on a line of 400 ms.

    The policy is as strict as for a file: this very text and no other.
    """
    from app.identity import content_security_policy  # noqa: PLC0415 - the API and the identity know each other

    answer.headers["Content-Security-Policy"] = f"{content_security_policy(request.host)}; {_style_rule()}"
    return answer


@cache
def _style() -> str:
    """Without its comments, and a rule a line."""
    return COMMENT.sub("", (STATIC / "phone.css").read_text("utf-8")).strip()


@cache
def _style_rule() -> str:
    return f"style-src 'self' 'sha256-{b64encode(sha256(_style().encode()).digest()).decode()}'"


def _wished_language() -> str:
    language = request.args.get("lang", "")
    return f"?lang={language}" if language.isalpha() else ""


def serving_words(language: str, serving: dict[str, Any]) -> str:
    """Who is before one; ticket.js says the same."""
    last, counters = serving["last"], serving["counters"]
    said = []
    if last:
        said.append(gettext(language, "Called last: %(number)s to counter %(counter)s.", **last))
    if counters:
        said.append(gettext(language, "Serving at counter %(numbers)s.", numbers=", ".join(map(str, counters))))
    return " ".join(said)


def own_catalogue(language: str) -> str:
    """What the scripts of this page say and no other words: as JSON that may stand in a script element."""
    words = catalogue(language)
    return json.dumps({text: words[text] for text in _said() if text in words}, ensure_ascii=False).replace(
        "<", "\\u003c"
    )


@cache
def _said() -> tuple[str, ...]:
    """Every text that the scripts ask `t` for."""
    return tuple(dict.fromkeys(text for address in SAID_BY for text in SAYS.findall(_script(address))))


def _script(address: str) -> str:
    name = address.removeprefix("/static/")
    path = STATIC / name.removeprefix("phone/") if name.startswith("phone/") else APP / "static" / name
    return path.read_text("utf-8")


def _range(forecast: dict[str, int] | None) -> Range | None:
    return Range(**forecast) if forecast else None
