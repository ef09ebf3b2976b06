"""What `toiluot run` does beside serving: the log, the agent's process, the words on the terminal."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable

import click

from app import server
from app.config import Config


def run_hub(config: Config, also: Callable[[server.Running], None] = lambda _running: None) -> None:
    """Serve until stopped. `also` is told where, once the hub listens. Raises a StoreError."""
    logging.basicConfig(level=config.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    agents: list[subprocess.Popen[bytes]] = []

    def announce(running: server.Running) -> None:
        click.echo(f"Tới Lượt: {running.url}/")
        if running.setup_link:
            click.echo(f"First start. Make the administrator here, once: {running.setup_link}")
        sys.stdout.flush()
        if config.hardware is not None:
            agents.append(start_agent(running))
        also(running)

    try:
        server.serve(config, announce)
    finally:
        for agent in agents:
            agent.terminate()


def start_agent(running: server.Running) -> subprocess.Popen[bytes]:
    """The hardware agent as a process of its own, with a token for this run of the hub."""
    environment = os.environ | {"TOILUOT_AGENT_TOKEN": running.agent_token}
    return subprocess.Popen([sys.executable, "-m", "hardware", "run", "--hub", running.url], env=environment)
