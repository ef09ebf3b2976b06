"""`toiluot webhook`: the centre's SMS or Zalo gateway."""

from pathlib import Path
from time import monotonic, sleep
from typing import Any

import click

from app import control
from app.cli_common import CONFIG, DB, Plain, configured, existing, told
from app.control import Control

PAUSE_S = 0.3
PATIENCE_S = 30  # longer than the courier's with a gateway
NO_HUB = "The hub sends the test, and it does not run. Start it with `toiluot run`, then try again."


@click.group()
def webhook() -> None:
    """The gateway that sends SMS or Zalo messages."""


@webhook.command("send-test")
@DB
@CONFIG
def webhook_send_test(db: Path | None, config: Path | None) -> None:
    """Have the running hub send its gateway a test message, and say what came back."""
    hub = control.find(existing(configured(config, db=db).db))
    if hub is None:
        raise Plain(NO_HUB)
    trial = told(lambda: _trial(hub))
    if trial["state"] != "done":
        raise Plain(trial["says"])
    click.echo(trial["says"])


def _trial(hub: Control) -> dict[str, Any]:
    """As it stands when the gateway has answered, or was not reached."""
    until = monotonic() + PATIENCE_S
    trial: dict[str, Any] = hub.ask("POST", "/outgoing/test", {})
    while trial["state"] == "waiting" and monotonic() < until:
        sleep(PAUSE_S)
        trial = hub.ask("GET", "/outgoing/test")
    return trial
