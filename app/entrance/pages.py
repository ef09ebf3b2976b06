"""/, /sign-in, /setup, /join and the choice of a language."""

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as Redirect

from app.accounts import SHORTEST_PASSWORD
from app.api.shapes import is_own_page
from app.core.permissions import PEOPLE
from app.i18n import languages
from app.site import Site, keep_language

HOMES = {"clerk": "/console", "supervisor": "/supervisor", "admin": "/admin"}
START = "/"


def blueprint(site: Site) -> Blueprint:
    """The pages for whoever does not know yet where to go."""
    room = Blueprint(
        "entrance", __name__, template_folder="templates", static_folder="static", static_url_path="/static/entrance"
    )

    @room.get("/")
    def start() -> Response:
        actor = site.actor()
        device = actor if actor and actor.role not in PEOPLE else None
        counters = sorted(site.hub.hall.counters.values(), key=lambda counter: counter.number)
        return site.page("entrance/start.html", counters=counters, device=device)

    @room.get("/sign-in")
    def sign_in() -> Response:
        asked = request.args.get("next", "")
        data = {"next": asked if is_own_page(asked) else "", "homes": HOMES}
        return site.page("entrance/sign-in.html", data=data)

    @room.get("/setup")
    def setup() -> Response:
        data = {"token": request.args.get("token", ""), "least": SHORTEST_PASSWORD}
        return site.page("entrance/setup.html", data=data, least=SHORTEST_PASSWORD)

    @room.get("/join")
    def join() -> Response:
        asked = request.args.get("page", "")
        page = asked if is_own_page(asked) else START
        return site.page("entrance/join.html", data={"page": page}, page=page, address=request.host_url)

    @room.get("/language/<code>")
    def language(code: str) -> Redirect:
        if code not in languages():
            abort(404)
        asked = request.args.get("next", "")
        back = redirect(asked if is_own_page(asked) else START)
        keep_language(back, code)
        return back

    return room
