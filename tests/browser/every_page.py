"""Every page that the hub shows: its address by the app's own rules, who looks at it, on what, and how to get there.

A page that is added to the app and not here fails a test (test_axe.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

TV = {"width": 1920, "height": 1080}
TOTEM = {"width": 1080, "height": 1920}
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1366, "height": 768}

CITIZEN, STAFF = "", "admin"


@dataclass(frozen=True)
class Page:
    """`path`: an address of this rule, with {facts} of the hall. `role`: "" for who is not signed in.

    `enhanced`: read by citizens from afar, in glare or with old eyes, so contrast is held to 7:1.
    """

    rule: str
    path: str
    viewport: Mapping[str, int]
    role: str = STAFF
    enhanced: bool = False
    languages: tuple[str, ...] = ("vi", "en")


PAGES = (
    Page("/", "/", PHONE, CITIZEN),
    Page("/sign-in", "/sign-in", PHONE, CITIZEN),
    Page("/setup", "/setup?token=none", PHONE, CITIZEN),
    Page("/join", "/join?page=/tv", TV, CITIZEN),
    Page("/t/<id_>", "/t/{waiting}", PHONE, CITIZEN, enhanced=True),
    Page("/t/<id_>", "/t/{called}", PHONE, CITIZEN, enhanced=True),
    Page("/t/<id_>", "/t/{serving}", PHONE, CITIZEN, enhanced=True),
    Page("/t/<id_>", "/t/{parked}", PHONE, CITIZEN, enhanced=True),
    Page("/t/<id_>", "/t/{missed}", PHONE, CITIZEN, enhanced=True),
    Page("/t/<id_>", "/t/{finished}", PHONE, CITIZEN, enhanced=True),
    Page("/t/<id_>", "/t/{cancelled}", PHONE, CITIZEN, enhanced=True),
    Page("/t/<id_>", "/t/nobody-has-this", PHONE, CITIZEN, enhanced=True),
    Page("/find", "/find", PHONE, CITIZEN, enhanced=True),
    Page("/find", "/find?q=khai+sinh", PHONE, CITIZEN, enhanced=True),
    Page("/p/<code>", "/p/{procedure}", PHONE, CITIZEN, enhanced=True),
    Page("/home", "/home", PHONE, CITIZEN, enhanced=True),
    Page("/take", "/take", PHONE, CITIZEN, enhanced=True),
    Page("/book", "/book", PHONE, CITIZEN, enhanced=True),
    Page("/b/<id_>", "/b/{booking}", PHONE, CITIZEN, enhanced=True),
    Page("/b/<id_>", "/b/nobody-has-this", PHONE, CITIZEN, enhanced=True),
    Page("/tv", "/tv", TV, enhanced=True),
    Page("/tv", "/tv?theme=dark", TV, enhanced=True),
    Page("/tv", "/tv?theme=light", TOTEM, enhanced=True),
    Page("/counter-screen/<int:number>", "/counter-screen/1?theme=light", TV, enhanced=True),
    Page("/counter-screen/<int:number>", "/counter-screen/1?theme=dark", TV, enhanced=True),
    Page("/counter-screen/<int:number>", "/counter-screen/2?theme=light", TV, enhanced=True),
    Page("/counter-screen/<int:number>", "/counter-screen/3?theme=light", TV, enhanced=True),
    Page("/counter-screen/<int:number>", "/counter-screen/4?theme=light", TV, enhanced=True),
    Page("/kiosk", "/kiosk", TOTEM, enhanced=True, languages=("vi",)),  # its screens: test_kiosk_for_everybody.py
    Page("/station/<int:number>", "/station/9", DESK, enhanced=True),
    Page("/rate/<int:number>", "/rate/1", DESK, enhanced=True),
    Page("/robot", "/robot", TOTEM, enhanced=True, languages=("vi",)),  # its panels: test_robot.py
    Page("/api/docs", "/api/docs", DESK, CITIZEN),
    Page("/boards", "/boards", DESK),
    Page("/console", "/console?counter=1", DESK),
    Page("/console", "/console?counter=2", DESK),
    Page("/console", "/console", PHONE),
    Page("/supervisor", "/supervisor", DESK),
    Page("/bookings", "/bookings", DESK),
    Page("/report", "/report", DESK),
    Page("/briefing", "/briefing", DESK),
    Page("/dossiers", "/dossiers", DESK),
    *(
        Page(f"/admin/{noun}", f"/admin/{noun}", DESK)
        for noun in (
            "services",
            "counters",
            "people",
            "skills",
            "rota",
            "devices",
            "hardware",
            "settings",
            "file",
            "log",
            "procedures",
            "posters",
            "voices",
            "webhook",
            "slots",
            "notices",
        )
    ),
)

# Rules that a browser may open and that show no page of ours.
NO_PAGES: Mapping[str, str] = {
    "/admin": "leads to the first page of the menu",
    "/language/<code>": "sets a cookie and leads back",
    "/api/openapi.json": "JSON",
    "/api/openapi/openapi.json": "JSON",
}
FILES = ("/static/", "/media/", "/posters/")  # scripts and pictures; a centre's own media; sheets of paper as PDF
FILE_ENDINGS = (".svg", ".ics", ".js", ".pdf", ".png", ".webmanifest", ".wav")


def page_rules(url_map: Any) -> set[str]:
    """The rules of the app that show a page."""
    return {
        rule.rule
        for rule in url_map.iter_rules()
        if "GET" in rule.methods
        and rule.rule not in NO_PAGES
        and not rule.rule.startswith((*FILES, "/api/v1/"))
        and not rule.rule.endswith(FILE_ENDINGS)
        and not rule.rule.endswith("/static/<path:filename>")
    }
