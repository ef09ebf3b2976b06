"""The administration's pages: one a noun, each a table and a form over the same API that programs use."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app import centre_file
from app.accounts import SHORTEST_PASSWORD
from app.admin.comparing import differences
from app.i18n import languages, own_name
from app.site import Site

if TYPE_CHECKING:
    from app.core.permissions import Actor

ADMINS, LEADERS = ("admin",), ("admin", "supervisor")

# Who may see which page, in the order of the menu: what changes most often stands first.
NOUNS = {
    "services": ADMINS,
    "procedures": ADMINS,
    "counters": ADMINS,
    "people": ADMINS,
    "skills": LEADERS,
    "rota": LEADERS,
    "slots": LEADERS,
    "posters": LEADERS,
    "notices": LEADERS,
    "devices": ADMINS,
    "hardware": ADMINS,
    "voices": ADMINS,
    "webhook": ADMINS,
    "settings": ADMINS,
    "file": ADMINS,
    "log": ADMINS,
}
FIRST_PAGE = {"admin": "services", "supervisor": "rota"}


def blueprint(site: Site) -> Blueprint:
    """The routes /admin and /admin/NOUN."""
    pages = Blueprint(
        "admin_pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static/admin"
    )

    @pages.get("/admin")
    @site.allow(*LEADERS)
    def start() -> AnyResponse:
        return redirect(f"/admin/{FIRST_PAGE[_role(site)]}")

    for noun, roles in NOUNS.items():
        pages.add_url_rule(f"/admin/{noun}", noun, site.allow(*roles)(_page(site, noun)))

    @pages.post("/admin/file/compare")
    @site.allow("admin")
    def compare() -> dict[str, Any]:
        """What importing this centre file (the body, TOML) would change. Raises BadCentreFile."""
        proposed = centre_file.loads(request.get_data(as_text=True), "centre.toml")
        present = centre_file.from_hall(site.hub.hall)
        before, after = _plain(present), _plain(proposed)
        for part in [part for part, value in after.items() if value is None]:  # an import leaves these as they are
            del before[part], after[part]
        found = differences(before, after)
        return {"changes": [asdict(each) for each in found]}

    return pages


def _page(site: Site, noun: str) -> Callable[[], Response]:
    def view() -> Response:
        data = {"least": SHORTEST_PASSWORD, "weekday": _weekday(site), "languages": _languages(site)}
        data["appointments"] = site.centre().appointments
        data |= {"now": site.hub.now(), "clock_rate": site.hub.clock.rate}
        menu = [f"/admin/{each}" for each, roles in NOUNS.items() if _role(site) in roles]
        return site.page(f"admin/{noun}.html", data=data, here=f"/admin/{noun}", menu=menu)

    return view


def _languages(site: Site) -> list[tuple[str, str]]:
    """Which the kiosk may offer, by their own names: those with texts here, and those offered now."""
    codes = dict.fromkeys((*languages(), *site.centre().languages))
    return [(code, own_name(code)) for code in codes]


def _plain(centre: centre_file.Centre) -> dict[str, Any]:
    """For comparing: the order of skills and shifts says nothing."""
    plain = centre.model_dump(mode="json")
    if centre.skills is not None:
        plain["skills"] = {part.clerk: list(part.services) for part in centre.skills}
    if centre.rota is not None:
        plain["rota"] = sorted(plain["rota"], key=lambda shift: tuple(map(str, shift.values())))
    if centre.slots is not None:
        plain["slots"] = sorted(plain["slots"], key=lambda rule: tuple(map(str, rule.values())))
    if centre.closed_days is not None:
        plain["closed_days"] = sorted(plain["closed_days"], key=lambda closed: tuple(closed.values()))
    return plain


def _role(site: Site) -> str:
    """Of whoever asks; `allow` has let them in."""
    return cast("Actor", site.actor()).role


def _weekday(site: Site) -> int:
    """Today's, 0 on Monday."""
    return datetime.fromtimestamp(site.hub.now() / 1000, ZoneInfo(site.centre().timezone)).weekday()
