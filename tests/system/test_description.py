"""What a stranger's client reads in /api/openapi.json is what the hub does: queries, files, refusals, types."""

from typing import Any

import pytest
import requests

from tests.running_hub import Client, RunningHub

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def described(office: RunningHub) -> dict[str, Any]:
    found: dict[str, Any] = requests.get(f"{office.url}/api/openapi.json", timeout=10).json()
    return found


def operation(described: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = described["paths"][f"/api/v1{path}"][method.lower()]
    return found


@pytest.mark.parametrize(
    ("who", "request_line", "sent", "status"),
    [
        ("nobody", "GET /hall", None, 401),
        ("display", "POST /tickets", '{"service": "HT"}', 403),
        ("kiosk", "POST /tickets", "{", 400),
        ("kiosk", "POST /tickets", '{"service": "KHONG"}', 404),
        ("kiosk", "POST /tickets", '{"service": 7}', 422),
        ("nobody", "GET /procedures/khong", None, 404),
        ("nobody", "GET /procedures?limit=", None, 422),
        ("kiosk", "GET /events?after=٣", None, 422),
        ("admin", "GET /reports/day?date=mai", None, 422),
        ("admin", "POST /counters/1/arrive", "{}", 409),
    ],
)
def test_a_refusal_is_one_that_is_described(  # noqa: PLR0917 - a row of the table above
    office: RunningHub, described: dict[str, Any], who: str, request_line: str, sent: str | None, status: int
) -> None:
    method, path = request_line.split()
    clients = {"nobody": Client(office.url), "display": office.device("display", "tv-1"), "kiosk": office.kiosk}
    client = clients.get(who) or office.admin
    answer = client.request(method, path, data=sent, headers=JSON)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert set(described["components"]["schemas"]["Problem"]["required"]) <= answer.json().keys()
    pattern = path.partition("?")[0].replace("/1/", "/{number}/").replace("khong", "{code}")
    assert operation(described, method, pattern)["responses"][str(status)]["content"] == PROBLEM


def test_files_are_described_by_what_they_are(office: RunningHub, described: dict[str, Any]) -> None:
    for path in ("/centre.toml", "/procedures.csv", "/reports/range.csv", "/reports/range.xlsx"):
        answer = office.admin.get(path)
        (told,) = operation(described, "GET", path)["responses"]["200"]["content"]
        assert answer.headers["Content-Type"].partition(";")[0] == told, path
    assert set(operation(described, "PUT", "/centre.toml")["requestBody"]["content"]) == {"application/toml"}
    assert "video/mp4" in operation(described, "POST", "/notices/media")["requestBody"]["content"]


def test_what_may_be_left_out_is_told(office: RunningHub, described: dict[str, Any]) -> None:
    assert operation(described, "POST", "/join")["requestBody"]["required"] is False
    assert Client(office.url).post("/join").status_code == 201
    assert operation(described, "POST", "/tickets")["requestBody"]["required"] is True
    limit = next(each for each in operation(described, "GET", "/procedures")["parameters"] if each["name"] == "limit")
    assert limit["required"] is False
    assert {} in operation(described, "GET", "/procedures")["security"]  # nobody need sign in
    assert "security" not in operation(described, "GET", "/hall")


def test_who_may_be_told_to_wait_reads_so(described: dict[str, Any]) -> None:
    counted = (("POST", "/home"), ("POST", "/tickets/{id_}/cancel"), ("POST", "/ask"), ("POST", "/session"))
    for method, path in counted:
        assert "429" in operation(described, method, path)["responses"], path
    assert "429" not in operation(described, "POST", "/counters/{number}/next")["responses"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"service": "HT", "dossiers": "2"}', "dossiers"),
        ('{"service": "HT", "dossiers": true}', "dossiers"),
        ('{"service": "HT", "dossiers": 1.5}', "dossiers"),
        ('{"service": "HT", "claimed": 0}', "claimed"),
        ('{"service": "HT", "claimed": "yes"}', "claimed"),
        ('{"service": "HT", "then": "CT"}', "then"),
    ],
)
def test_a_type_other_than_the_described_one_is_refused(office: RunningHub, body: str, field: str) -> None:
    answer = office.kiosk.post("/tickets", data=body, headers=JSON)
    assert (answer.status_code, answer.json()["field"]) == (422, field)


def test_a_whole_number_may_have_a_nought_behind_its_point(office: RunningHub) -> None:
    answer = office.kiosk.post("/tickets", data='{"service": "HT", "dossiers": 2.0}', headers=JSON)
    assert answer.json()["dossiers"] == 2


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_in_json_is_malformed(office: RunningHub, number: str) -> None:
    answer = office.kiosk.post("/tickets", data=f'{{"service": "HT", "dossiers": {number}}}', headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")
