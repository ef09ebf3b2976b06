"""Routes of the screens. Each page is complete when it arrives; its script then follows the feed."""

from functools import partial
from typing import Any

from flask import Blueprint, Response, abort, request

from app.core.errors import UnknownCounter
from app.site import Site
from app.wait_words import wait_words
from displays import first_paint, notice_turns

THEMES = ("light", "dark")


def blueprint(site: Site) -> Blueprint:
    """/tv and /counter-screen/N for joined screens and for people, /boards for supervisors."""
    pages = Blueprint(
        "displays", __name__, template_folder="templates", static_folder="static", static_url_path="/static/displays"
    )

    @pages.get("/tv")
    @site.allow("display")
    def tv() -> Response:
        hall = site.snapshot("hall")
        wait = partial(wait_words, site.language())
        texts = partial(notice_turns.texts, site.language())
        return site.page(
            "displays/tv.html", data=hall, tv=first_paint.lobby_tv(hall), wait=wait, texts=texts, theme=_theme()
        )

    @pages.get("/counter-screen/<int:number>")
    @site.allow("display")
    def counter_screen(number: int) -> Response:
        try:
            hall = site.snapshot(f"counter:{number}")
        except UnknownCounter:
            abort(404)
        view = first_paint.counter_screen(hall)
        return site.page("displays/counter_screen.html", data=hall, screen=view, theme=_theme())

    @pages.get("/boards")
    @site.allow("supervisor", "admin")
    def boards() -> Response:
        hall: dict[str, Any] = site.snapshot("supervisor")
        data = {name: hall[name] for name in ("seq", "now", "clock_rate", "version", "devices")}
        return site.page("displays/boards.html", data=data, boards=first_paint.boards(hall["devices"]))

    return pages


def _theme() -> str:
    asked = request.args.get("theme", THEMES[0])
    return asked if asked in THEMES else THEMES[0]
