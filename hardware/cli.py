"""`toiluot hardware …`: run the agent, and the installer's tools."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import click

from hardware import agent
from hardware.config import load, part_of
from hardware.config_errors import BadHardwareConfig
from hardware.installer.commands.common import CONFIG, fail
from hardware.installer.commands.scan import scan
from hardware.installer.commands.send import send
from hardware.installer.commands.state import light, list_
from hardware.installer.commands.trying import try_
from hardware.installer.commands.watch import watch_

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)


@click.group()
def hardware() -> None:
    """What hangs on the wall and stands at the counters: the agent, and tools for whoever installs it."""


@hardware.command()
@CONFIG
@click.option("--hub", help="The hub's address, such as http://192.168.1.10:8000.")
@click.option("--token", help="The agent's token; better in TOILUOT_AGENT_TOKEN, where nobody else sees it.")
@click.option("--until-stdin-closes", is_flag=True, help="End when standard input does, as a hub's child should.")
def run(config_file: Path, hub: str | None, token: str | None, until_stdin_closes: bool) -> None:
    """Run the agent until it is stopped. One without a [hardware] part can be set up in the administration pages."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        if part_of(config_file) is None:
            log.warning("%s has no [hardware] part: nothing is attached to this agent yet", config_file)
        config = load(config_file, may_be_empty=True)
    except BadHardwareConfig as error:
        fail(error)
    agent.main(config.with_hub(hub, token), config_file, until_stdin_closes=until_stdin_closes)


for command in (list_, light, scan, send, watch_, try_):
    hardware.add_command(command)
