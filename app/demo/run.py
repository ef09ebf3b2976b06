"""`toiluot demo`: a hub, its boards, a page of links and a crowd, until somebody has seen enough."""

import contextlib
import signal
import socket
import tempfile
import threading
import time
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

from app.clock import WallClock
from app.control import Control
from app.core.hall import day_of
from app.demo import settings, week
from app.demo.centre import ADMIN, SUPERVISOR, TIMEZONE, Centre, NotADemo, check_is_a_demo, furnish
from app.demo.crowd import Crowd, WrongCentre, cast_of, summary
from app.demo.hub_process import HubDidNotStart, HubProcess
from app.demo.launcher import Launcher, serve
from app.demo.office import hub_time
from app.demo.settings import DemoHub
from app.demo.voice import HubSilent, Refused, Voice
from app.planning.scenario import WARD_DAY, BadScenario, Scenario, load

OPENING = "07:30"
EVENING_S = 60
"""Real seconds between the last citizen and the next morning, to look at the day's report."""

EARLY_MIN = 40
"""So many minutes' worth of citizens stand at the door when it opens: whoever looks at once sees a queue."""

LOOK_S = 0.25


class DemoEnded(Exception):
    """The demo cannot start or go on; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Options:
    """`speed`: how many of the centre's seconds pass in a real one. `db` None: a temporary database.

    `past`: a new centre is given some weeks that it has seen already.
    """

    speed: float = 5
    port: int = 8000
    host: str = "127.0.0.1"
    db: Path | None = None
    scenario: Path = WARD_DAY
    play: tuple[int, ...] = ()
    seed: int | None = None
    past: bool = True


def run_demo(options: Options, say: Callable[[str], None]) -> None:
    """Run until SIGINT or SIGTERM, then leave no process and no folder behind. Raises DemoEnded."""
    told, stopping = threading.Event(), threading.Event()
    with _told_by_signals(told, stopping), tempfile.TemporaryDirectory(prefix="toiluot-demo-") as folder:
        try:
            scenario = load(options.scenario)
            check_port(options.host, options.port)
            say("A made-up centre is being set up; this takes some seconds.")
            db = options.db or Path(folder) / "centre.db"
            last_played = check_is_a_demo(db)
            show, day = _Show(options, scenario, Path(folder), db, stopping, say), first_day(last_played)
            if options.past and not last_played:
                show.give_a_past(day)
            show.run(day)
        except (BadScenario, WrongCentre, NotADemo, HubDidNotStart, HubSilent, Refused) as error:
            if not told.is_set():
                raise DemoEnded(str(error)) from error


def check_port(host: str, port: int) -> None:
    """Raises DemoEnded where somebody listens there already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            why = f"cannot listen on {host}:{port} ({error.strerror}); stop what uses it, or give another --port"
            raise DemoEnded(why) from error


def first_day(last_played: str) -> str:
    """Today, or the day after those that a kept database has seen already: a centre's time goes forward only.

    At the weekend it is the next Monday: whoever looks at the demo shall see a whole day.
    """
    today = day_of(WallClock().now(), TIMEZONE)
    day = today if last_played < today else _day_after(last_played)
    return week.next_office_day(date.fromisoformat(day), whole=True).isoformat()


@dataclass
class _Show:
    options: Options
    scenario: Scenario
    folder: Path
    db: Path
    stopping: threading.Event
    say: Callable[[str], None]
    hub: HubProcess = field(init=False)

    def __post_init__(self) -> None:
        self.hub = HubProcess(self.folder / "toiluot.toml", self.db, self.folder / "hub.log", self.stopping)

    def give_a_past(self, day: str) -> None:
        """To a new centre, before anybody else opens it."""
        from app.demo.past import PAST_DAYS, live_through  # noqa: PLC0415 - a hub's code; not all want a past

        began = time.monotonic()
        days = week.office_days_before(date.fromisoformat(day), PAST_DAYS)
        rng = Random(self.options.seed)  # noqa: S311 - chance, not a secret
        people = live_through(self.db, self.scenario, days, rng, self.stopping)
        if self.stopping.is_set():
            return
        took_s = time.monotonic() - began
        self.say(f"It has a past now: {len(days)} days with {people:,} citizens, made up in {took_s:.1f} seconds.")

    def run(self, day: str) -> None:
        try:
            control = self._open_house(day, self.options.port)
            desk = Voice(control.url, control.token, stopping=self.stopping)
            centre = furnish(desk, self.scenario, self.options.speed)
            crowd = self._crowd(desk, centre)
            with self._launcher(control.url, centre, crowd) as page:
                self._announce(page, control.url, centre)
                self._days(crowd, int(control.url.rpartition(":")[2]))
        finally:
            # whatever ended the show ends the crowd's thread as well
            self.stopping.set()
            self.hub.stop()

    def _open_house(self, day: str, port: int) -> Control:
        counters = [plan.number for plan in self.scenario.counters]
        hub = DemoHub(self.db.resolve(), self.options.host, port, self.options.speed, f"{day}T{OPENING}")
        settings.write(self.hub.settings, hub, counters)
        return self.hub.start()

    def _crowd(self, desk: Voice, centre: Centre) -> Crowd:
        cast = cast_of(desk, centre.door_token, centre.clerks, SUPERVISOR, centre.password)
        rng = Random(self.options.seed)  # noqa: S311 - chance, not a secret
        return Crowd(self.scenario, cast, rng, self.stopping, self.say, set(self.options.play), EARLY_MIN)

    @contextlib.contextmanager
    def _launcher(self, url: str, centre: Centre, crowd: Crowd) -> Iterator[str]:
        port = self.options.port + 1 if self.options.port else 0
        server = serve(Launcher(url, centre, crowd.leave_alone), port)
        thread = threading.Thread(target=server.serve_forever, name="launcher", daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            server.server_close()

    def _days(self, crowd: Crowd, port: int) -> None:
        with ThreadPoolExecutor(1, "crowd") as pool:
            try:
                while not self.stopping.is_set():
                    clock = hub_time(crowd.cast.door)
                    crowd.scenario = week.plan_of(self.scenario, clock.local(clock.now_ms()).date())
                    self._day(crowd, pool.submit(crowd.play_day))
                    if not self.stopping.wait(EVENING_S):
                        self._skip_the_night(crowd, port)
            finally:
                self.stopping.set()

    def _day(self, crowd: Crowd, played: Future[Tally[str]]) -> None:
        while not played.done() and not self.stopping.wait(LOOK_S):
            if self.hub.ended() and not self.stopping.wait(2 * LOOK_S):  # else Ctrl-C reached the hub before us
                raise HubDidNotStart(f"the hub has ended: {self.hub.last_words()}")
        if not self.stopping.is_set():
            local = hub_time(crowd.cast.door)
            evening = local.local(local.now_ms()).strftime("%H:%M")
            self.say(
                f"{evening}: the day is over ({summary(played.result())}). The next begins in {EVENING_S} seconds."
            )

    def _skip_the_night(self, crowd: Crowd, port: int) -> None:
        """Nobody wants to watch sixteen dark hours: the hub is started anew, on the next morning."""
        clock = hub_time(crowd.cast.door)
        self.hub.stop()
        tomorrow = week.next_office_day(clock.local(clock.now_ms()).date() + timedelta(days=1))
        self._open_house(tomorrow.isoformat(), port)

    def _announce(self, page: str, hub: str, centre: Centre) -> None:
        port = page.rstrip("/").rpartition(":")[2]
        first, clerk = next(iter(centre.clerks.items()))
        clerks = ", ".join(person.name for person in centre.clerks.values())
        self.say(
            f"""Tới Lượt: a made-up centre, {self.options.speed:g} times as fast as life. Ctrl-C ends it.

  Open this page first:  {page}
  It signs you in wherever you go:
    lobby TV             http://screen.localhost:{port}/open/tv
    kiosk                http://kiosk.localhost:{port}/open/kiosk
    counter screen       http://screen.localhost:{port}/open/screen-{first}
    clerk's console      http://{clerk.name}.localhost:{port}/open/console-{first}
    supervisor's board   http://{SUPERVISOR.name}.localhost:{port}/open/supervisor
    LED boards           http://{SUPERVISOR.name}.localhost:{port}/open/boards
    administration       http://{ADMIN.name}.localhost:{port}/open/admin

  The hub itself:        {hub}/
    sign in by hand as {ADMIN.name} (administrator), {SUPERVISOR.name} (supervisor) or a clerk:
    {clerks}
    password of all, for this run: {centre.password}
"""
        )


@contextlib.contextmanager
def _told_by_signals(told: threading.Event, stopping: threading.Event) -> Iterator[None]:
    """`told` is set by a signal only; `stopping` is what everybody looks at, however the demo comes to its end."""

    def stop(*_signal: object) -> None:
        told.set()
        stopping.set()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
