"""A test message to the centre's gateway: what came back of it, in words that say what to do."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from app.core.errors import Conflict, Unknown
from app.core.hall import Hall
from app.i18n import gettext
from app.plain import View, iso
from app.store.outgoing import Delivery

LONG_MS = 20_000  # longer than the courier's patience with a gateway


class NoWebhook(Conflict):
    code = "no_webhook"
    text = "No gateway is set. Write webhook_url and webhook_secret into toiluot.toml, then start the hub again."


class NoTrial(Unknown):
    code = "no_webhook_test"
    text = "No test has been sent since the hub was started. Send one."


@dataclass(frozen=True, slots=True)
class Trial:
    """`key`: of the request that asked for it. `status`: the HTTP status, 0 where there was none, None until then.

    `error`: as the courier tells it.
    """

    delivery: Delivery
    key: str = ""
    status: int | None = None
    error: str = ""


def trial_view(trial: Trial, hall: Hall, to: str, language: str, now: int) -> View:
    """`to`: where it goes, `now` in ms."""
    return {
        "id": trial.delivery.id,
        "at": iso(hall, trial.delivery.at),
        "to": to,
        "state": trial.delivery.status,
        "status": trial.status or None,
        "says": says(trial, to, language, now),
    }


def says(trial: Trial, to: str, language: str, now: int) -> str:
    if trial.status is None:
        return _on_its_way(language, is_long=now - trial.delivery.at > LONG_MS)
    if trial.status == 0:
        return _not_reached(language, trial.error, to)
    if HTTPStatus.OK <= trial.status < HTTPStatus.MULTIPLE_CHOICES:
        return gettext(
            language,
            "%(to)s answered %(status)s: the gateway takes messages.",
            to=to,
            status=trial.status,
        )
    return _not_taken(language, trial.status, to)


def _on_its_way(language: str, *, is_long: bool) -> str:
    if is_long:
        return gettext(language, "Nothing has come back yet. The hub's log says why it could not be sent.")
    return gettext(language, "It is on its way.")


def _not_reached(language: str, error: str, to: str) -> str:
    """By the name of the error, which stands before the colon (app/outgoing/courier.py)."""
    facts: dict[str, Any] = {"to": to, "error": error}
    match error.partition(":")[0]:
        case "NameResolutionError":
            return gettext(
                language,
                "There is no computer of this name: %(to)s. Is it written correctly in webhook_url, and does this "
                "machine reach the network? (%(error)s)",
                **facts,
            )
        case "SSLError":
            return gettext(
                language,
                "The certificate of %(to)s is not one that this machine trusts. Has it run out, does it bear that "
                "name, and is the clock right on both sides? (%(error)s)",
                **facts,
            )
        case "ReadTimeout":
            return gettext(
                language,
                "%(to)s took the message and did not answer within ten seconds. The gateway must answer at once and "
                "send its SMS afterwards. (%(error)s)",
                **facts,
            )
        case "ConnectionError" | "ConnectTimeout":
            return gettext(
                language,
                "Nobody answers at %(to)s. Does the gateway run, are name and port right in webhook_url, and does a "
                "firewall stand between? (%(error)s)",
                **facts,
            )
    return gettext(language, "It could not be sent to %(to)s. Is webhook_url a whole address? (%(error)s)", **facts)


def _not_taken(language: str, status: int, to: str) -> str:
    facts: dict[str, Any] = {"to": to, "status": status}
    if status < HTTPStatus.BAD_REQUEST:
        return gettext(
            language,
            "%(to)s answered %(status)s: it leads elsewhere, which is not followed. Write the address to which it "
            "leads in webhook_url.",
            **facts,
        )
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return gettext(
            language,
            "%(to)s answered %(status)s: the gateway does not believe that this hub speaks. Is webhook_secret the "
            "same on both sides, and is the clock right on both?",
            **facts,
        )
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.GONE):
        return gettext(
            language,
            "%(to)s answered %(status)s: it takes no messages under this address. Correct what stands after the name "
            "in webhook_url.",
            **facts,
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return gettext(
            language, "%(to)s answered %(status)s: the gateway has a fault of its own. Look into its log.", **facts
        )
    return gettext(
        language,
        "%(to)s answered %(status)s: the gateway did not take the message. Its log says why; docs/webhook.md says "
        "what a message looks like.",
        **facts,
    )
