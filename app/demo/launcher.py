"""A page of links that sign in by themselves, on a port of its own and for this machine only.

A cookie belongs to a host name, whatever the port. So this server, not the hub, hands out the cookies of the
made-up people and screens, and the hub needs no way in that a real centre must not have.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from jinja2 import Environment, FileSystemLoader

from app.demo.centre import ADMIN, NAME, NAME_EN, SUPERVISOR, Centre
from app.demo.places import KIOSK, ROBOT, SCREEN, Group, Place, groups
from app.demo.voice import HubSilent, Refused, Voice
from app.i18n import gettext

HERE = Path(__file__).parent
SHARED_STATIC = HERE.parent / "static"
OWN_HOSTS = re.compile(r"(127\.0\.0\.1|([a-z0-9-]+\.)?localhost)(:\d+)?")
"""A page of another site whose name leads here must not get a cookie."""

TYPES = {".css": "text/css; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
LANGUAGES = ("vi", "en")
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'"
NO_CONTENT_YET = "The centre is opening its doors; try again in a moment."


@dataclass
class Launcher:
    """`taken` is told when somebody opens a counter's console."""

    hub: str
    centre: Centre
    taken: Callable[[int], None]
    groups: tuple[Group, ...] = field(init=False)
    _pages: Environment = field(init=False)

    def __post_init__(self) -> None:
        self.groups = groups(self.centre)
        self._pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)

    def page(self, language: str, port: int) -> str:
        """The list of links; `port` is the launcher's own."""

        def words(message: str, **facts: object) -> str:
            return gettext(language, message, **facts)

        return self._pages.get_template("launcher.html").render(
            _=words,
            language=language,
            groups=self.groups,
            name=NAME if language == "vi" else NAME_EN,
            port=port,
            people=(ADMIN, SUPERVISOR, *self.centre.clerks.values()),
            password=self.centre.password,
        )

    def place(self, key: str) -> Place | None:
        return next((place for group in self.groups for place in group.places if place.key == key), None)

    def cookie(self, place: Place) -> str:
        """The visitor's cookie, as a Set-Cookie header. Raises Refused or HubSilent."""
        centre = self.centre
        devices = {SCREEN: centre.screen_token, KIOSK: centre.kiosk_token, ROBOT: centre.robot_token}
        if place.visitor in devices:
            return f"toiluot_device={devices[place.visitor]}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400"
        if place.visitor == "start":
            return ""
        visitor = Voice(self.hub, name=place.visitor, password=self.centre.password)
        visitor.stopping.set()  # a browser waits for the answer: ask once
        try:
            return f"toiluot_session={visitor.sign_in()}; Path=/; HttpOnly; SameSite=Lax"
        finally:
            visitor.close()


def serve(launcher: Launcher, port: int) -> ThreadingHTTPServer:
    """A server on this machine's own address, or on another port where that one is taken; the caller runs it."""
    handler = type("LauncherHandler", (_Handler,), {"launcher": launcher})
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError:
        return ThreadingHTTPServer(("127.0.0.1", 0), handler)


class _Handler(BaseHTTPRequestHandler):
    launcher: Launcher

    def do_GET(self) -> None:
        at = urlsplit(self.path)
        if not OWN_HOSTS.fullmatch(self.headers.get("Host", "")):
            self._answer(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", b"")
        elif at.path == "/":
            text = self.launcher.page(self._language(parse_qs(at.query)), self._port())
            self._answer(HTTPStatus.OK, "text/html; charset=utf-8", text.encode())
        elif at.path.startswith("/open/"):
            self._open(at.path.removeprefix("/open/"))
        else:
            self._file(at.path)

    def log_message(self, *_what: object) -> None:
        """The terminal is for people."""

    def _open(self, key: str) -> None:
        place = self.launcher.place(key)
        if place is None:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"")
            return
        try:
            cookie = self.launcher.cookie(place)
        except (Refused, HubSilent) as error:
            self._answer(
                HTTPStatus.SERVICE_UNAVAILABLE, "text/plain; charset=utf-8", f"{NO_CONTENT_YET} ({error})".encode()
            )
            return
        if place.counter is not None:
            self.launcher.taken(place.counter)
        hub_port = urlsplit(self.launcher.hub).port
        host = self.headers["Host"].partition(":")[0]
        self._answer(
            HTTPStatus.SEE_OTHER,
            "text/plain",
            b"",
            {"Location": f"http://{host}:{hub_port}{place.page}"} | ({"Set-Cookie": cookie} if cookie else {}),
        )

    def _file(self, path: str) -> None:
        """The page's style and the shared ones, and nothing else."""
        for folder, prefix in ((HERE / "static", "/static/demo/"), (SHARED_STATIC, "/static/")):
            file = (folder / path.removeprefix(prefix)).resolve()
            if path.startswith(prefix) and file.is_relative_to(folder) and file.suffix in TYPES and file.is_file():
                self._answer(HTTPStatus.OK, TYPES[file.suffix], file.read_bytes())
                return
        self._answer(HTTPStatus.NOT_FOUND, "text/plain", b"")

    def _language(self, query: Mapping[str, list[str]]) -> str:
        wishes = [*query.get("lang", []), *self.headers.get("Accept-Language", "").replace(";", ",").split(",")]
        return next((wish[:2] for wish in wishes if wish[:2] in LANGUAGES), LANGUAGES[0])

    def _port(self) -> int:
        return int(self.connection.getsockname()[1])

    def _answer(self, status: int, kind: str, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
