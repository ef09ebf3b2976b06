"""What the process that carries messages out says of those whom it cannot reach, and whom it does not wait for."""

import socket
from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest

from app.outgoing import courier
from app.outgoing.courier import PushSession, done

ENDLESS = 50 * 2**20


def job(url: str) -> dict[str, Any]:
    return {"id": "1", "url": url, "headers": {}, "body": "{}"}


@pytest.fixture
def closed_port() -> Iterator[int]:
    """Nobody listens there."""
    with socket.socket() as mine:
        mine.bind(("127.0.0.1", 0))
        yield mine.getsockname()[1]


@pytest.mark.parametrize("path", ["/send?token=bi-mat", "/bi-mat/send"])
def test_an_error_does_not_tell_the_secret_in_an_address(closed_port: int, path: str) -> None:
    told = done(job(f"http://127.0.0.1:{closed_port}{path}"))
    assert told == {"status": 0, "error": "ConnectionError: Connection refused"}


def test_an_address_that_is_none_is_not_told_either() -> None:
    told = done(job("gateway/bi-mat"))
    assert told["status"] == 0
    assert "bi-mat" not in told["error"]


def test_a_push_service_that_talks_without_an_end_is_not_listened_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        host = f"127.0.0.1:{server.getsockname()[1]}"
        talker = Thread(target=_talk, args=(server,))
        talker.start()
        with PushSession(host) as session:
            answer = session.post(f"http://{host}/push", b"", timeout=courier.PATIENCE_S)
            assert (answer.status_code, answer.text) == (201, "")
        talker.join()


def _talk(server: socket.socket) -> None:
    line, _ = server.accept()
    with line:
        line.recv(65536)
        line.sendall(f"HTTP/1.1 201 Created\r\nContent-Length: {ENDLESS}\r\n\r\n".encode())
        try:
            while True:
                line.sendall(b"bla " * 1000)
        except OSError:
            return
