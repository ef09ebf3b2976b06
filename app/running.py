"""What `toiluot run` does beside serving: the log, the agent's process, the words on the terminal."""

import logging
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click

from app import server
from app.config import Config

AGENT_STOP_S = 5


def run_hub(
    config: Config,
    also: Callable[[server.Running], None] = lambda _running: None,
    *,
    config_file: Path | None = None,
) -> None:
    """Serve until stopped. `also` is told where, once the hub listens. Raises a StoreError.

    The agent reads its part of the configuration itself: `config_file`, else where `load` looks too.
    """
    logging.basicConfig(level=config.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    agents: list[subprocess.Popen[bytes]] = []

    def announce(running: server.Running) -> None:
        click.echo(f"Tới Lượt: {running.url}/")
        if running.setup_link:
            click.echo(f"First start. Make the administrator here, once: {running.setup_link}")
        sys.stdout.flush()
        if config.hardware is not None:
            agents.append(start_agent(running, config_file))
        also(running)

    try:
        server.serve(config, announce)
    finally:
        for agent in agents:
            stop_agent(agent)


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
