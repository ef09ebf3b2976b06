"""How the command line speaks to a hub that is running: there is one writer, so it asks that one.

While it runs, the hub keeps a small file beside the database that only its own user can read: where it
listens, and a token that stands for whoever may read that file, which is whoever owns the database anyway.
"""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.permissions import Actor, Role

COMMAND_LINE = Actor("command-line", Role.ADMIN)
TIMEOUT_S = 10


class HubSaysNo(Exception):
    """The running hub refused; the sentences are its own. `further`: of a file with several mistakes, the others.

    `more`: how many there are beside.
    """

    def __init__(self, detail: str, further: Sequence[str] = (), more: int = 0) -> None:
        super().__init__(detail)
        self.further, self.more = further, more


@dataclass(frozen=True, slots=True)
class Control:
    """Where a running hub can be asked, and with which token."""

    url: str
    token: str

    def ask(
        self, method: str, path: str, body: object = None, *, text: str | None = None, file: bytes | None = None
    ) -> Any:
        """One request to the hub's API: with a JSON body, a centre file's text, or a CSV file. Raises HubSaysNo."""
        data = file if file is not None else text.encode() if text is not None else None
        if data is None and body is not None:
            data = json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/api/v1{path}", data, method=method)  # noqa: S310 - our own hub
        request.add_header("Authorization", f"Bearer {self.token}")
        kind = "text/csv" if file is not None else "application/json" if text is None else "application/toml"
        request.add_header("Content-Type", kind)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as answer:  # noqa: S310
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            problem = json.loads(error.read() or b"{}")
            further = [each["detail"] for each in problem.get("further", ())]
            raise HubSaysNo(problem.get("detail", str(error)), further, problem.get("more", 0)) from None
        except OSError as error:
            message = f"the hub at {self.url} does not answer ({error})"
            raise HubSaysNo(message) from error


def path_for(db: Path) -> Path:
    return Path(f"{db}.hub")


def publish(db: Path, control: Control) -> None:
    """Write the file anew, readable by its owner only; one that lies there may be readable by others."""
    path_for(db).unlink(missing_ok=True)
    descriptor = os.open(path_for(db), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump({"url": control.url, "token": control.token}, file)


def find(db: Path) -> Control | None:
    """The running hub of a database, if it says where it is."""
    try:
        plain = json.loads(path_for(db).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return Control(plain["url"], plain["token"])


def withdraw(db: Path) -> None:
    path_for(db).unlink(missing_ok=True)
