# ruff: noqa: T201 - a program to copy, which talks in the terminal
"""A small client for robots and other machines in the hall: `python examples/robot_client.py --help`.

It needs Python 3.11 and `requests`, and nothing of the hub's own code: copy it. Documented in docs/robots.md and on the
page /api/docs of a running hub.
"""

import argparse
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import requests

TIMEOUT_S = 10
TRIES = 5
PAUSE_S = 1.0
AGAIN = frozenset({502, 503, 504})
TOO_MANY = 429


class Refused(Exception):
    """The hub said no: `code` for the program, the message for people."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("detail") or problem.get("title") or str(status))
        self.status, self.code = status, str(problem.get("code", ""))


@dataclass
class Robot:
    """One robot with its token. `url` is the hub's, such as http://192.168.1.10:8000."""

    url: str
    token: str
    language: str = "vi"
    sleep: Callable[[float], None] = time.sleep
    _session: requests.Session = field(default_factory=requests.Session)

    def ask(self, text: str, ticket: str | None = None) -> dict[str, Any]:
        """Answer a sentence: {intent, text, speech, actions, …}. `ticket`: the id of the citizen's own ticket."""
        return self._post("/ask", {"text": text, "language": self.language, "ticket": ticket})

    def scan(self, text: str) -> dict[str, Any]:
        """What a code is: {kind, text, actions, …}. Do not keep what was read: it may be somebody's card."""
        return self._post("/scan", {"text": text, "language": self.language})

    def take_number(self, service: str, procedure: str | None = None) -> dict[str, Any]:
        """A ticket: {id, number, ahead, forecast, url, …}."""
        wish = {"service": service, "procedure": procedure, "language": self.language, "channel": "robot"}
        return self._post("/tickets", wish)

    def check_in(self, code: str = "", booking: str = "") -> dict[str, Any]:
        """The ticket of somebody who has booked, by the six digits or by the id that the QR code holds."""
        return self._post("/check-in", {"code": code} if code else {"booking": booking})

    def call_staff(self) -> None:
        """A member of staff is told that somebody at this robot needs help."""
        self._post("/assistance", {})

    def hall(self) -> dict[str, Any]:
        """Services, counters and the last calls, now. To follow the hall all the time, use the feed: docs/feed.md."""
        return self._request("GET", "/hall")

    def sound(self, answer: dict[str, Any]) -> bytes | None:
        """The WAV that says an answer's text, or None where this hub has no voice for its language."""
        if answer["speech"] is None:
            return None
        heard = self._session.get(self.url + answer["speech"], timeout=TIMEOUT_S)
        heard.raise_for_status()
        return heard.content

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._request("POST", path, json={name: value for name, value in body.items() if value is not None})

    def _request(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        """Tries again with the same key, so that a lost answer never gives a second number. Raises Refused."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": str(uuid.uuid4())}
        for tries_left in reversed(range(TRIES)):
            try:
                answer = self._session.request(
                    method, f"{self.url}/api/v1{path}", headers=headers, timeout=TIMEOUT_S, **options
                )
            except requests.ConnectionError:
                if not tries_left:
                    raise
                self.sleep(PAUSE_S)
                continue
            if answer.ok:
                found: dict[str, Any] = answer.json()
                return found
            if answer.status_code == TOO_MANY and tries_left:
                self.sleep(float(answer.headers.get("Retry-After", PAUSE_S)))
            elif answer.status_code in AGAIN and tries_left:
                self.sleep(PAUSE_S)
            else:
                raise Refused(answer.status_code, answer.json())
        raise AssertionError


def main(arguments: Sequence[str] | None = None) -> None:
    """Talk to a hub in the terminal: each line is asked, the number of an action does it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("url")
    parser.add_argument("token")
    parser.add_argument("--language", default="vi")
    given = parser.parse_args(arguments)
    robot = Robot(given.url.rstrip("/"), given.token, given.language)
    actions: list[dict[str, Any]] = []
    while said := heard():
        if said.isdecimal() and 0 < int(said) <= len(actions):
            actions = do(robot, actions[int(said) - 1])
            continue
        answer = robot.ask(said)
        actions = answer["actions"]
        print(answer["text"])
        for number, action in enumerate(actions, start=1):
            print(f"  {number}. {action['label']}")


def heard() -> str:
    """The next line; "" at the end, also where that is Ctrl-D."""
    try:
        return input("> ").strip()
    except EOFError:
        print()
        return ""


def do(robot: Robot, action: dict[str, Any]) -> list[dict[str, Any]]:
    """Do what an action offers, and tell of it."""
    if action["kind"] == "take":
        ticket = robot.take_number(action["service"], action.get("procedure"))
        print(ticket["number"], f"{robot.url}{ticket['url']}")
    elif action["kind"] == "assistance":
        robot.call_staff()
        print("OK")
    elif action["kind"] == "open":
        print(f"{robot.url}{action['url']}")
    return []


if __name__ == "__main__":
    main()
