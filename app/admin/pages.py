"""The administration's pages: one a noun, each a table and a form over the same API that programs use."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app import centre_file
from app.accounts import SHORTEST_PASSWORD
from app.admin.comparing import differences
from app.site import Site

# In the order of the menu: what changes most often stands first.
NOUNS = ("services", "counters", "people", "devices", "hardware", "settings", "file", "log")


def blueprint(site: Site) -> Blueprint:
    """The routes /admin and /admin/NOUN."""
    pages = Blueprint(
        "admin_pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static/admin"
    )

    @pages.get("/admin")
    @site.allow("admin")
    def start() -> AnyResponse:
        return redirect(f"/admin/{NOUNS[0]}")

    for noun in NOUNS:
        pages.add_url_rule(f"/admin/{noun}", noun, site.allow("admin")(_page(site, noun)))

    @pages.post("/admin/file/compare")
    @site.allow("admin")
    def compare() -> dict[str, Any]:
        """What importing this centre file (the body, TOML) would change. Raises BadCentreFile."""
        proposed = centre_file.loads(request.get_data(as_text=True), "centre.toml")
        present = centre_file.from_hall(site.hub.hall)
        found = differences(present.model_dump(mode="json"), proposed.model_dump(mode="json"))
        return {"changes": [asdict(each) for each in found]}

    return pages


def _page(site: Site, noun: str) -> Callable[[], Response]:
    def view() -> Response:
        return site.page(f"admin/{noun}.html", data={"least": SHORTEST_PASSWORD}, here=f"/admin/{noun}")

    return view
