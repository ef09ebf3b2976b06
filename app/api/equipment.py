"""The hardware agents and what hangs on them, for the administrator's page (docs/feed.md, part Equipment)."""

import hashlib
import logging
import re
from http import HTTPStatus
from typing import Annotated, Any, Literal

from flask import Blueprint, Response
from pydantic import BaseModel, Field

from app.agents import AgentRefused
from app.api.routes import actor, answer, idempotency_key, parts, route
from app.core.errors import Conflict, Invalid, Unknown
from app.core.permissions import Actor, Role
from app.health import OWN_AGENT
from app.shaping import Strict

log = logging.getLogger(__name__)

equipment = Blueprint("equipment", __name__)
ADMIN = frozenset({Role.ADMIN})
SILENT = (HTTPStatus.GATEWAY_TIMEOUT,)
SETUP_S = 4
PORTS_S = 7
SEND_S = 7  # within the one try of the page's own clock, app/static/api.js
SEND_WITH_SETUP_S = 20  # a sign whose memory is laid out is deaf for 12 s; the page tries again, and is sent no second
SAVE_S = 7
SCAN_S = 7  # 4 addresses that stay silent to every family take 5.6 s
MOST_ADDRESSES = 4  # see docs/feed.md

# One problem a line, as hardware/config_errors.py writes them: "FILE: hardware.boards[0].address: what is wrong",
# or "FILE: unknown key 'x' in hardware.boards[0]; …".
_AT_ITS_PLACE = re.compile(r"^(?:.*?: )?hardware\.?(?P<where>[\w.\[\]]*): (?P<what>.+)$")
_KEY_WITHIN = re.compile(r"^(?:.*?: )?(?P<what>unknown key '(?P<key>[^']*)' in hardware\.?(?P<where>[\w.\[\]]*);.+)$")


class UnknownAgent(Unknown):
    code = "unknown_agent"
    text = "There is no hardware agent '%(agent)s' in this centre."


class NoOwnAgent(Unknown):
    code = "no_own_agent"
    text = "This hub cannot start an agent on its machine: it was not started with “toiluot run”."


class OwnAgentRuns(Conflict):
    code = "own_agent_runs"
    text = "This machine's own agent runs already."


class BadEquipment(Invalid):
    """What the agent finds wrong with a configuration: `problems` is a list of {where, what}."""

    code = "bad_config"
    text = "%(detail)s"


class TooManyAddresses(Invalid):
    code = "too_many_addresses"
    text = "Ask for at most %(most)s addresses at once."


class AgentsOut(BaseModel):
    """`own` is what the hub can do on its own machine: nothing, start an agent, or it runs one."""

    agents: list[dict[str, Any]]
    own: Literal["none", "can_start", "runs"]


class OwnAgentIn(Strict):
    name: Literal["agent"] = "agent"


class ScanIn(Strict):
    """An empty `driver` is every family that answers, an empty `preset` every preset of it."""

    line: dict[str, Any]
    driver: str = ""
    preset: str = ""
    first: Annotated[int, Field(ge=0, le=0xFFFF)]
    last: Annotated[int, Field(ge=0, le=0xFFFF)]


class SendIn(Strict):
    """Either `hex`, or a `text` for a board of `driver`; a field that is not given is not asked for.

    `setup`: first all that such a board is told after its port was opened, which erases the memory of some.
    """

    line: dict[str, Any]
    hex: str | None = None
    driver: str | None = None
    address: int | None = None
    options: dict[str, Any] | None = None
    width: int | None = None
    align: str | None = None
    brightness: int | None = None
    text: str | None = None
    setup: bool | None = None


class SetupIn(Strict):
    config: dict[str, Any]


@route(equipment, "GET", "/agents", gives=AgentsOut, roles=ADMIN)
def agents() -> Response:
    """The agents of the centre and how their equipment is."""
    return answer(_agents())


@route(equipment, "POST", "/agents", takes=OwnAgentIn, gives=AgentsOut, status=201, roles=ADMIN)
def start_own_agent(body: OwnAgentIn) -> Response:  # noqa: ARG001 - there is one name only
    """Use the ports of the hub's own machine. It is in the list once it has joined."""
    own = parts().own_agent
    if own is None:
        raise NoOwnAgent
    if own.runs:
        raise OwnAgentRuns
    own.start()
    return answer(_agents(), 201)


@route(equipment, "GET", "/agents/<name>/setup", roles=ADMIN, also=SILENT)
def setup(name: str) -> Response:
    """Its configuration as it is, without the token, and what it knows: families of boards with their presets."""
    return answer(_ask(name, "setup", {}, SETUP_S))


@route(equipment, "PUT", "/agents/<name>/setup", takes=SetupIn, roles=ADMIN, also=SILENT)
def save_setup(name: str, body: SetupIn) -> Response:
    """Have a configuration checked, written to the agent's file and taken up at once."""
    return answer(_ask(name, "save", {"config": body.config}, SAVE_S))


@route(equipment, "GET", "/agents/<name>/ports", roles=ADMIN, also=SILENT)
def ports(name: str) -> Response:
    """The serial ports of the agent's machine."""
    return answer(_ask(name, "ports", {}, PORTS_S))


@route(equipment, "POST", "/agents/<name>/scan", takes=ScanIn, roles=ADMIN, also=SILENT)
def scan(name: str, body: ScanIn) -> Response:
    """Which addresses on a line answer a question that changes nothing; at most 4 in one request."""
    if body.last - body.first >= MOST_ADDRESSES:
        raise TooManyAddresses(most=MOST_ADDRESSES)
    return answer(_ask(name, "scan", body.model_dump(), SCAN_S))


@route(equipment, "POST", "/agents/<name>/send", takes=SendIn, roles=ADMIN, also=SILENT)
def send(name: str, body: SendIn) -> Response:
    """Put bytes, or a text for a board, on a line, and hear what comes back; a repeated key sends nothing again."""
    data = body.model_dump(exclude_none=True)
    if (key := idempotency_key()) is not None:
        data["job"] = hashlib.sha256(f"{key.key}\n{key.fingerprint}".encode()).hexdigest()[:32]
    return answer(_ask(name, "send", data, SEND_WITH_SETUP_S if body.setup else SEND_S))


def _agents() -> dict[str, Any]:
    devices = parts().health.devices(parts().hub.hall)
    return {"agents": [each for each in devices if each["kind"] == "agent"], "own": _own()}


def _own() -> str:
    own = parts().own_agent
    if own is None:
        return "none"
    return "runs" if own.runs else "can_start"


def problems_in(detail: str) -> list[dict[str, str]]:
    """The agent's sentences with the place that each is about, such as boards[0].address; "" where it names none."""
    return [_problem(line) for line in detail.splitlines() if line.strip()]


def _problem(line: str) -> dict[str, str]:
    if unknown := _KEY_WITHIN.match(line):
        where = f"{unknown['where']}.{unknown['key']}".removeprefix(".")
        return {"where": where, "what": unknown["what"]}
    placed = _AT_ITS_PLACE.match(line)
    return {"where": placed["where"], "what": placed["what"]} if placed else {"where": "", "what": line}


def _ask(name: str, what: str, data: dict[str, Any], timeout_s: float) -> dict[str, Any]:
    """Raises UnknownAgent, AgentAway, AgentSilent, AgentRefused or BadEquipment."""
    by = actor().name
    log.info("%s asks the agent %s for %s", by, name, what)
    try:
        return parts().feed.agents.ask(_agent(name), what, data | {"by": by, "within_s": timeout_s}, timeout_s)
    except AgentRefused as refused:
        if refused.facts["reason"] != "bad_config":
            raise
        detail = str(refused.facts["detail"])
        raise BadEquipment(agent=name, detail=detail, problems=problems_in(detail)) from None


def _agent(name: str) -> Actor:
    known = {device.name for device in parts().devices.all() if device.kind == "agent"}
    if name not in known | {OWN_AGENT}:
        raise UnknownAgent(agent=name)
    return Actor(name, Role.AGENT)
