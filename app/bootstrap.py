"""Builds and wires the parts; the only module that knows them all."""

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from flask_socketio import SocketIO
from werkzeug.middleware.proxy_fix import ProxyFix

import app.admin.pages
import app.booking.pages
import app.entrance.pages
import app.kiosk.pages
import app.lookup.pages
import app.phone.pages
import app.robot.pages
import app.supervisor.pages
import counters.pages
import displays.pages
from app import api, centre_file, i18n, identity, procedure_file, site
from app.accounts import Accounts
from app.api.front_door import FrontDoor
from app.api.problems import explain
from app.clock import Clock, FastClock, WallClock
from app.compression import Compression
from app.config import BadConfig, Config
from app.core import commands as cmd
from app.core.change import Change
from app.core.errors import Refused
from app.day_key import DayKey
from app.devices import Devices
from app.feed import Feed
from app.health import Health
from app.hub import Hub
from app.one_each import OneEach
from app.outgoing.post_office import PostOffice
from app.outgoing.pushes import Pushes
from app.outgoing.webhook import webhook_of
from app.parts import Parts
from app.phone_mark import phone_of
from app.planning.learning import Learner, handling_from
from app.planning.learnt import Learnt
from app.reasons import Reasons
from app.speaker import Speaker, language_folders
from app.store import catalogue, history
from app.store.database import snapshot
from app.store.log import last_seq
from app.store.store import Store
from app.views import Views

log = logging.getLogger(__name__)
HERE = Path(__file__).parent
LARGEST_BODY = 256 * 1024
LARGEST_MESSAGE = 64 * 1024
ROOMS = [
    app.entrance.pages.blueprint,
    app.kiosk.pages.blueprint,
    app.phone.pages.blueprint,
    app.lookup.pages.blueprint,
    app.booking.pages.blueprint,
    app.robot.pages.blueprint,
    displays.pages.blueprint,
    counters.pages.blueprint,
    app.supervisor.pages.blueprint,
    app.admin.pages.blueprint,
]
RunBlocking = Callable[[Callable[[], bool | str]], bool | str]


def build(config: Config, run_blocking: RunBlocking = lambda function: function()) -> tuple[Flask, SocketIO, Parts]:
    """A hub ready to be served. Raises AlreadyRunning, Unusable or BadConfig."""
    clock = clock_of(config)
    i18n.use(language_folders(config))
    store = Store(config.db)
    hub = Hub(store, clock)
    seed_if_new(hub)
    accounts, devices = Accounts(hub, run_blocking), Devices(hub)
    learnt = Learnt()
    hub.listeners.append(Learner(learnt).hear)
    reasons = Reasons.kept(store)
    hub.listeners.append(reasons.hear)
    one_each = OneEach(store, DayKey.kept(store, hub.hall.day, hub.now()))
    hub.listeners += [one_each.key.hear, one_each.hear]
    views = Views(learnt, accounts.full_name, clock.rate, static_version(), reasons=reasons.of)
    hub.listeners.append(views.hear)
    health = Health(devices.all)
    flask = Flask(__name__, static_folder=str(HERE / "static"), template_folder=str(HERE / "templates"))
    flask.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    flask.json.sort_keys = False  # type: ignore[attr-defined]  # an answer keeps the order of its description
    identity.register(flask, accounts, devices)
    api.register(flask)
    socketio = SocketIO(
        flask,
        async_mode=config.async_mode,
        manage_session=False,
        async_handlers=False,  # a client's messages one after another: a leave does not overtake its join
        ping_interval=5,
        ping_timeout=5,
        max_http_buffer_size=LARGEST_MESSAGE,
    )
    flask.wsgi_app = front_door(flask, accounts, devices, one_each)  # type: ignore[method-assign]
    if proxies := config.trusted_proxies:
        flask.wsgi_app = ProxyFix(flask.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    feed = Feed(socketio, hub, views, lambda token: identity.identify(accounts, devices, token), _explained, health)
    feed.wire()
    spawn = socketio.start_background_task
    post_office = PostOffice(hub, views, webhook_of(config), Pushes(config.public_url), spawn)
    post_office.open()
    Compression().register(flask)
    site.register(flask, site.Site(hub, feed, views.version), ROOMS)
    speaker = Speaker(config, run_blocking)
    parts = Parts(config, store, hub, views, accounts, devices, health, feed, speaker, post_office, reasons, one_each)
    flask.extensions["toiluot"] = parts
    return flask, socketio, parts


def front_door(flask: Flask, accounts: Accounts, devices: Devices, one_each: OneEach) -> FrontDoor:
    """Within the proxies' fix, so that it counts by the citizens' addresses."""

    def is_known(bearer: str | None, cookies: dict[str, str]) -> bool:
        if bearer:
            return devices.actor_of(bearer) is not None
        session, device = cookies.get(identity.SESSION_COOKIE), cookies.get(identity.DEVICE_COOKIE)
        return bool((session and accounts.person_of(session)) or (device and devices.actor_of(device)))

    return FrontDoor(flask.wsgi_app, is_known, lambda mark: phone_of(one_each.key, mark))


def seed_if_new(hub: Hub) -> None:
    """A new database holds a starting centre and its catalogue of procedures: all of it, or it is still new."""
    if hub.hall.services:
        return
    centre = centre_file.loads(centre_file.STARTING_CENTRE.read_text("utf-8"), "starting-centre.toml")
    procedures = procedure_file.shipped()
    commands = (*centre_file.changes(hub.hall, centre), procedure_file.replacing(procedures))
    hub.handle(cmd.Together(commands), also=catalogue.put_procedures(procedures))


def learn_the_past(parts: Parts, run_blocking: Callable[[Callable[[], Any]], Any]) -> None:
    """The handling times of the last weeks, so that the first estimate of a day is not naive. Read off the loop.

    Visits that end meanwhile are learnt too, each once.
    """
    hub, meanwhile = parts.hub, list[Change]()
    hear = meanwhile.extend
    with hub.lock:
        day = hub.hall.day
        hub.listeners.append(hear)

    def read() -> tuple[Learnt, int]:
        with snapshot(parts.store.path) as reads:
            return Learnt(handling_from(history.handled(reads, day))), last_seq(reads)

    try:
        past, seq = run_blocking(read)
    finally:
        with hub.lock:
            hub.listeners.remove(hear)
    Learner(past).hear([change for change in meanwhile if change.recorded.seq > seq])
    parts.views.learnt.handling = past.handling


def clock_of(config: Config) -> Clock:
    """The wall clock, or a made-up one for demos and tests."""
    if not config.clock_start and config.clock_rate == 1:
        return WallClock()
    try:
        start = datetime.fromisoformat(config.clock_start) if config.clock_start else None
    except ValueError:
        message = f"clock_start: {config.clock_start!r} is not a time such as 2026-11-23T07:30"
        raise BadConfig(message) from None
    if start is None:
        return FastClock(WallClock().now(), config.clock_rate)
    local = start if start.tzinfo else start.replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    return FastClock(int(local.timestamp() * 1000), config.clock_rate)


def static_version() -> str:
    """Changes when any page file does, so that screens which run for weeks know to load anew."""
    files = (
        path for folder in (HERE, HERE.parent / "displays", HERE.parent / "counters") for path in folder.rglob("*")
    )
    digest = hashlib.sha256()
    for path in sorted(path for path in files if path.suffix in {".js", ".css", ".html", ".po"}):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _explained(refused: Refused) -> dict[str, object]:
    return {"code": refused.code, "title": type(refused).__name__, "detail": explain(refused)}
