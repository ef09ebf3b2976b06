"""What goes out to the centre's own gateway, and a test message to it, for an administrator."""

from http import HTTPStatus
from typing import Any, Literal

from flask import Blueprint, Response
from pydantic import BaseModel

from app.api.routes import answer, idempotency_key, parts, route
from app.core.permissions import Role
from app.outgoing.post_office import delivery_view
from app.outgoing.trial import NoTrial, NoWebhook, trial_view
from app.outgoing.webhook import Webhook
from app.plain import View
from app.site import request_language
from app.store import outgoing as kept

outgoing = Blueprint("outgoing", __name__)
ADMIN = frozenset({Role.ADMIN})
NEWEST = 100


class OutgoingOut(BaseModel):
    """`on`: whether a webhook is set; `to`: its host; `events`: those that it is told. `deliveries`: newest first."""

    on: bool
    to: str
    events: list[str]
    deliveries: list[dict[str, Any]]


class WebhookTestOut(BaseModel):
    """`status`: the HTTP status that came back, null where there is none (yet); `says`: what it means, in words."""

    id: str
    at: str
    to: str
    state: Literal["waiting", "done", "failed"]
    status: int | None
    says: str


@route(outgoing, "GET", "/outgoing", gives=OutgoingOut, roles=ADMIN)
def deliveries() -> Response:
    """The last hundred deliveries to the webhook, and what came of them."""
    newest = kept.newest(parts().store.reads, NEWEST)
    webhook, hall = parts().post_office.webhook, parts().hub.hall
    told = [delivery_view(hall, each) for each in newest]
    events = sorted(webhook.events) if webhook else []
    to = webhook.to if webhook else ""
    return answer({"on": webhook is not None, "to": to, "events": events, "deliveries": told})


@route(outgoing, "POST", "/outgoing/test", gives=WebhookTestOut, status=202, roles=ADMIN)
def send_test() -> Response:
    """Send the gateway one message of the event `test`; while one is under way, no second.

    It is sent within a second; `GET /outgoing/test` says what came back.
    """
    key = idempotency_key()
    return answer(_trial(parts().post_office.try_webhook(key.key if key else "")), 202)


@route(outgoing, "GET", "/outgoing/test", gives=WebhookTestOut, roles=ADMIN, also=(HTTPStatus.CONFLICT,))
def last_test() -> Response:
    """What came of the last test message since the hub was started."""
    webhook = parts().post_office.webhook
    if webhook is None:
        raise NoWebhook
    return answer(_trial(webhook))


def _trial(webhook: Webhook) -> View:
    if webhook.trial is None:
        raise NoTrial
    return trial_view(webhook.trial, parts().hub.hall, webhook.to, request_language(), parts().hub.now())
