"""What `toiluot run` does beside serving: the log, the agent's process, the words on the terminal."""

import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import click

from app import server
from app.config import BadConfig, Config
from hardware.backoff import Backoff
from hardware.config import check
from hardware.config_errors import BadHardwareConfig

log = logging.getLogger(__name__)

AGENT_STOP_S = 5
AGENT_LOOK_S = 0.5  # how soon its end is noticed
AGENT_AGAIN_FIRST_S = 1
AGENT_AGAIN_MOST_S = 30
AGENT_STEADY_S = 60  # after so long its end is a new mishap, not the last one again


def run_hub(config: Config, config_file: Path | None = None) -> None:
    """Serve until stopped. Raises BadConfig or a StoreError.

    The agent reads its part of the configuration itself: `config_file`, else where `load` looks too.
    """
    logging.basicConfig(level=config.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    check_hardware(config, config_file)
    agents: list[AgentProcess] = []

    def announce(running: server.Running) -> AgentProcess:
        click.echo(f"Tới Lượt: {running.url}/")
        if running.hall_url != running.url:
            click.echo(f"From the hall's screens: {running.hall_url}/")
        if running.setup_link:
            click.echo(f"First start. Make the administrator here, once: {running.setup_link}")
        sys.stdout.flush()
        agents.append(AgentProcess(lambda: start_agent(running, config_file)))
        if config.hardware is not None:
            agents[0].start()
        return agents[0]

    try:
        server.serve(config, announce)
    finally:
        for agent in agents:
            agent.stop()


def check_hardware(config: Config, config_file: Path | None) -> None:
    """Raise BadConfig where the agent could not use its part: better no hub than one whose boards stay dark."""
    source = config_file or os.environ.get("TOILUOT_CONFIG", "toiluot.toml")
    try:
        check(config.hardware or {}, str(source))
    except BadHardwareConfig as error:
        raise BadConfig(str(error)) from None


class AgentProcess:
    """The hardware agent, started again whenever it ends: nobody in a hall would notice a line in the log."""

    def __init__(self, start: Callable[[], subprocess.Popen[bytes]]) -> None:
        self._start = start
        self._process: subprocess.Popen[bytes] | None = None
        self._backoff = Backoff(AGENT_AGAIN_FIRST_S, AGENT_AGAIN_MOST_S)
        self._stopping = threading.Event()
        self._started = False
        self._start_lock = threading.Lock()
        self._thread = threading.Thread(target=self._keep, name="hardware agent's keeper", daemon=True)

    @property
    def runs(self) -> bool:
        return self._started

    def start(self) -> None:
        """Once is enough: two administrators may ask for it at the same moment."""
        with self._start_lock:
            if not self._started:
                self._thread.start()
                self._started = True

    def stop(self) -> None:
        """End it for good and wait, but not for a port that is stuck."""
        self._stopping.set()
        if self._started:
            self._thread.join(AGENT_STOP_S)
        if self._process is not None:
            stop_agent(self._process)

    def _keep(self) -> None:
        while not self._stopping.is_set():
            began = time.monotonic()
            fate = self._run_once()
            lived_s = time.monotonic() - began
            if self._stopping.is_set():
                return
            if lived_s >= AGENT_STEADY_S:
                self._backoff.reset()
            delay = self._backoff.next()
            log.error("the hardware agent %s after %.0f s; it is started again in %g s", fate, lived_s, delay)
            self._stopping.wait(delay)

    def _run_once(self) -> str:
        """Start it and watch until it ends, or until the hub does; says what became of it."""
        try:
            self._process = self._start()
        except OSError as error:
            return f"could not be started ({error})"
        while self._process.poll() is None:
            # looked at again and again: waiting for a child would hold up every green thread
            if self._stopping.wait(AGENT_LOOK_S):
                return "goes on"
        close_stdin(self._process)
        return f"ended with exit code {self._process.returncode}"


def start_agent(running: server.Running, config_file: Path | None) -> subprocess.Popen[bytes]:
    """The hardware agent as a process of its own, with a token for this run of the hub.

    It ends when its standard input does, so that a hub that was killed leaves no agent that holds the serial ports.
    """
    named = ["--config", str(config_file)] if config_file else []
    return subprocess.Popen(
        [sys.executable, "-m", "hardware", "run", *named, "--hub", running.url, "--until-stdin-closes"],
        stdin=subprocess.PIPE,
        env=os.environ | {"TOILUOT_AGENT_TOKEN": running.agent_token},
    )


def stop_agent(agent: subprocess.Popen[bytes]) -> None:
    """End it and wait, but not for a port that is stuck."""
    agent.terminate()
    try:
        agent.wait(AGENT_STOP_S)
    except subprocess.TimeoutExpired:
        agent.kill()
        agent.wait()
    close_stdin(agent)


def close_stdin(agent: subprocess.Popen[bytes]) -> None:
    if agent.stdin is not None:
        agent.stdin.close()
