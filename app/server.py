"""Serving the hub: the only module that names eventlet, or gevent.

`patch` must run before anything else is imported, so app/__main__.py imports this module first and alone.
"""

import contextlib
import importlib
import os
import resource
import signal
import socket
import sys
import tomllib
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from app.config import Config
    from app.parts import OwnAgent

BACKLOG = 1024  # all screens of a hall come back in the same second after a restart
MOST_CONNECTIONS = 4096
ADDRESSES_TO_FILL_IT = 6  # fewer than so many cannot keep everybody else out, however many lines they open
THIS_MACHINE = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})
OWN_FILES = 64
IDLE_S = 75  # a phone that left without a word holds its line no longer; Engine.IO sets its own on sockets
GRACE_S = 0.5  # for requests under way when the hub stops; a press without its answer is repeated by its key


class Running(NamedTuple):
    """A hub that listens.

    `url` is for this machine, `hall_url` for the others; `setup_link`, on a first start, works once; `agent_token` is
    for its hardware agent.
    """

    url: str
    hall_url: str
    setup_link: str | None
    agent_token: str


def patch(config: Path | None) -> None:
    """Make the standard library cooperative, where the configured mode wants it.

    Only peeks at the setting: reading the configuration properly imports what must not be imported yet.
    """
    mode = _wanted_mode(config or Path(os.environ.get("TOILUOT_CONFIG", "toiluot.toml")))
    if mode == "eventlet":
        # Upstream is retiring it; docs/decisions/ says what we do about that.
        warnings.filterwarnings("ignore", message="\\s*Eventlet is deprecated")
        importlib.import_module("eventlet").monkey_patch()
    elif mode == "gevent":
        importlib.import_module("gevent.monkey").patch_all()


def _wanted_mode(path: Path) -> str:
    if "TOILUOT_ASYNC_MODE" in os.environ:
        return os.environ["TOILUOT_ASYNC_MODE"]
    with contextlib.suppress(OSError, ValueError):  # told in full when the configuration is read
        return str(tomllib.loads(path.read_text(encoding="utf-8")).get("async_mode", "eventlet"))
    return "eventlet"


def serve(config: "Config", announce: "Callable[[Running], OwnAgent]") -> None:
    """Run the hub until it is stopped. `announce` is told where it is, and gives the agent that it may start here."""
    from app import bootstrap, control  # noqa: PLC0415 - after patching
    from app.core.permissions import Actor, Role  # noqa: PLC0415
    from app.health import OWN_AGENT  # noqa: PLC0415
    from app.housekeeping import Housekeeping  # noqa: PLC0415

    listener = _listen(config.host, config.port)
    run_blocking = _run_blocking(config.async_mode)
    flask, socketio, parts = bootstrap.build(config, run_blocking)
    port = listener.getsockname()[1]
    url = f"http://{_reachable(config.host)}:{port}"
    control.publish(config.db, control.Control(url, parts.devices.token_of_this_run(control.COMMAND_LINE)))
    setup = parts.accounts.setup_token()
    hall_url = config.public_url or _in_the_hall(config.host, port) or url
    house = Housekeeping(socketio, parts, run_blocking, looks_ahead=config.foresight)
    try:
        _stop_on_a_signal(config.async_mode)
        house.start()
        parts.own_agent = announce(
            Running(
                url,
                hall_url,
                setup and f"{hall_url}/setup?token={setup}",
                parts.devices.token_of_this_run(Actor(OWN_AGENT, Role.AGENT)),
            )
        )
        _run(config, flask, listener)
    except KeyboardInterrupt:
        pass  # the way to stop it at a desk
    finally:
        house.stop()
        control.withdraw(config.db)
        parts.store.close()


def _run(config: "Config", flask: Any, listener: socket.socket) -> None:
    if config.async_mode == "eventlet":
        wsgi = importlib.import_module("eventlet.wsgi")
        size = _most_connections()
        pool = _pool_that_lets_go(size, size if config.trusted_proxies else size // ADDRESSES_TO_FILL_IT)
        wsgi.server(listener, _with_chunked_bodies(flask), log_output=False, custom_pool=pool, socket_timeout=IDLE_S)
    elif config.async_mode == "gevent":
        pywsgi = importlib.import_module("gevent.pywsgi")
        pywsgi.WSGIServer(listener, flask, log=None).serve_forever()
    else:
        serving = importlib.import_module("werkzeug.serving")
        host, port = listener.getsockname()[:2]
        serving.make_server(host, port, flask, threaded=True, fd=listener.fileno()).serve_forever()


def _pool_that_lets_go(size: int, most_of_one: int) -> Any:
    """When the hub stops: eventlet's own pool waits for ever for a client that holds its line.

    It holds at most `most_of_one` lines of one address, but of this machine: a proxy may speak for everybody there.
    """
    eventlet = importlib.import_module("eventlet")

    pool = eventlet.GreenPool(size)
    wait, spawn, held = pool.waitall, pool.spawn, Counter[str]()

    def serve_if_few(serve: Callable[[Any], None], connection: Any) -> Any:
        address, line = connection[0][0], connection[1]
        if held[address] >= most_of_one and address not in THIS_MACHINE:
            return spawn(line.close)
        held[address] += 1

        def serve_and_count(connection: Any) -> None:
            try:
                serve(connection)
            finally:
                held[address] -= 1
                if not held[address]:
                    del held[address]

        return spawn(serve_and_count, connection)

    def wait_a_moment() -> None:
        with eventlet.Timeout(GRACE_S, False):
            wait()

    pool.waitall, pool.spawn = wait_a_moment, serve_if_few
    return pool


def _with_chunked_bodies(app: Any) -> Any:
    """Eventlet reads a chunked body to its end but does not say so, and Flask would take it for an empty one."""

    def reading(environ: dict[str, Any], start_response: Any) -> Any:
        if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
            environ["wsgi.input_terminated"] = True
        return app(environ, start_response)

    return reading


def _in_the_hall(host: str, port: int) -> str | None:
    """Where other machines find a hub that listens on all of this one's addresses; None without a network."""
    from app.addresses import network_address  # noqa: PLC0415 - after patching

    own = network_address(port) if host in ("0.0.0.0", "::") else None  # noqa: S104
    return own and f"http://{own}:{port}"


def _stop_on_a_signal(async_mode: str) -> None:
    """End by SystemExit in the main thread, on SIGTERM.

    A handler runs in whichever green thread has the word, and the Socket.IO library catches everything in its
    own, SystemExit too. So a green thread of ours waits for the signal and stops the main one.
    """
    if async_mode == "threading":
        signal.signal(signal.SIGTERM, _stop)
        return
    green = importlib.import_module(async_mode)
    main = green.getcurrent()
    told, tell = socket.socketpair()
    tell.setblocking(False)
    signal.set_wakeup_fd(tell.fileno())
    signal.signal(signal.SIGTERM, lambda *_: None)  # the byte in the socket says it
    green.spawn(_stop_when_told, told, tell, lambda: green.kill(main, SystemExit))


def _stop_when_told(told: socket.socket, _tell: socket.socket, stop: Callable[[], object]) -> None:
    """`_tell` is only held, so that it stays open."""
    told.recv(1)
    stop()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Connections inherit it: a call must not wait 40 ms for the acknowledgement of the one before.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        message = (
            f"toiluot: cannot listen on {host}:{port} ({error.strerror}). Give another --port, or stop what uses it."
        )
        raise SystemExit(message) from error
    listener.listen(BACKLOG)
    return listener


def _run_blocking(async_mode: str) -> Callable[[Callable[[], Any]], Any]:
    """Run slow work on a real thread, so that the loop goes on serving."""
    if async_mode == "eventlet":
        execute: Callable[[Callable[[], Any]], Any] = importlib.import_module("eventlet.tpool").execute
        return execute
    if async_mode == "gevent":
        pool = importlib.import_module("gevent.threadpool").ThreadPool(2)
        spawn: Callable[[Callable[[], Any]], Any] = pool.apply
        return spawn
    return lambda function: function()


def _most_connections() -> int:
    """As many as this process may hold open beside its own files: a server that takes one more dies of it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):  # some systems call a hard limit infinite and mean less
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        soft = hard
    return max(1, min(MOST_CONNECTIONS, soft - OWN_FILES))


def _reachable(host: str) -> str:
    """An address that a browser on this machine can open."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"[{host}]" if ":" in host else host


def _stop(_number: int, _frame: object) -> None:
    sys.exit(0)
