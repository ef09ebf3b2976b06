"""Posters over HTTP: who may have them, and when there would be none."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from tests.running_hub import Client, RunningHub

ADDRESS = "https://motcua.phuong.example"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    hub = RunningHub(tmp_path_factory.mktemp("centre"), {"public_url": ADDRESS}).start()
    yield hub
    hub.close()


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "application/pdf", answer.text
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_a_supervisor_prints_what_to_bring_for_one_procedure(centre: RunningHub) -> None:
    text = text_of(centre.supervisor, "/posters/procedure/1.001193.pdf?size=A5")
    assert "đăng ký khai sinh" in text
    assert "Giấy chứng sinh" in text
    assert "motcua.phuong.example/p/1.001193" in text


def test_a_service_is_printed_with_its_procedures(centre: RunningHub) -> None:
    text = text_of(centre.supervisor, "/posters/service/CT.pdf")
    assert "Chứng thực di chúc" in text
    assert "motcua.phuong.example/find?service=CT" in text


def test_the_whole_list_has_every_code(centre: RunningHub) -> None:
    codes = [each["code"] for each in centre.admin.ok("GET", "/procedures")["procedures"]]
    text = text_of(centre.admin, "/posters/list.pdf")
    assert len(codes) > 50
    assert [code for code in codes if code not in text] == []


def test_the_poster_for_taking_a_number_is_there_once_phones_may_and_stays_the_same(centre: RunningHub) -> None:
    path = "/posters/take.pdf"
    assert centre.admin.get(path).json()["code"] == "phone_numbers_off"
    centre.admin.ok("PUT", "/settings", json=centre.admin.ok("GET", "/settings") | {"phone_numbers": True})
    text = text_of(centre.admin, path)
    assert "motcua.phuong.example/take?at=" in text
    assert text_of(centre.supervisor, path) == text


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("procedure/9.999.pdf", 404, "unknown_procedure"),
        ("service/NOPE.pdf", 404, "unknown_service"),
        ("list.pdf?size=A0", 422, "invalid_field"),
    ],
)
def test_what_cannot_be_printed_says_why(centre: RunningHub, path: str, status: int, code: str) -> None:
    answer = centre.admin.get(f"/posters/{path}")
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_clerks_kiosks_and_citizens_have_no_posters(centre: RunningHub) -> None:
    for asker in (centre.clerk("lan"), centre.kiosk, Client(centre.url)):
        assert asker.get("/posters/take.pdf").status_code in (401, 403)


def test_without_an_address_for_phones_there_is_no_poster_but_the_advice_what_to_set(
    hub_factory: Callable[..., Any],
) -> None:
    answer = hub_factory().admin.get("/posters/list.pdf")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_public_address")
    assert "public_url" in answer.json()["detail"]
