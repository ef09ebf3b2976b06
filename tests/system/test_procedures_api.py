"""Procedures over HTTP and the command line, as a kiosk, a phone and an administrator use them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import requests

from app.procedure_file import read, write
from tests.running_hub import Client, RunningHub

MOST_AT_ONCE = 100
MOST_LISTED = 60
"""Of one service, on a phone."""


def catalogue_of(hub: RunningHub) -> bytes:
    return hub.admin.get("/procedures.csv").content


def without(data: bytes, code: str) -> bytes:
    return write([each for each in read(data, None) if each.code != code]).encode()


def test_anybody_finds_a_procedure_and_what_to_bring(office: RunningHub) -> None:
    url = f"{office.url}/api/v1/procedures"
    found = requests.get(url, params={"q": "giay khai snh", "limit": 3}, timeout=10).json()
    assert found["query"] == "giay khai snh"
    assert len(found["procedures"]) == 3
    birth = found["procedures"][0]
    assert (birth["code"], birth["service_name"]) == ("1.001193", "Hộ tịch")
    assert birth["bring"][0] == "Tờ khai"
    assert birth["documents"].startswith("Tờ khai; ")
    assert {"online", "fee", "keywords", "verified"} <= set(birth)


def test_one_procedure_tells_where_and_how_long(office: RunningHub) -> None:
    one = requests.get(f"{office.url}/api/v1/procedures/1.001193", timeout=10).json()
    assert one["counters"][0] == {"number": 1, "name": "", "state": "open"}
    assert {counter["state"] for counter in one["counters"][1:]} == {"closed"}
    assert one["waiting"] == 0
    assert set(one["forecast"]) == {"low_min", "high_min"}


def test_an_unknown_procedure_is_a_problem(office: RunningHub) -> None:
    answer = requests.get(f"{office.url}/api/v1/procedures/9.999999", timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_procedure")


@pytest.mark.parametrize("limit", ["0", "-1", "x", "9" * 30, "²"])
def test_a_limit_that_is_none_is_refused(office: RunningHub, limit: str) -> None:
    answer = requests.get(f"{office.url}/api/v1/procedures", params={"limit": limit}, timeout=10)
    assert (answer.status_code, answer.json()["field"]) == (422, "limit")


@pytest.mark.parametrize("offset", ["-1", "x", "9" * 30, "1" + "0" * 30])
def test_an_offset_that_is_none_is_refused(office: RunningHub, offset: str) -> None:
    answer = requests.get(f"{office.url}/api/v1/procedures", params={"offset": offset}, timeout=10)
    assert (answer.status_code, answer.json()["field"]) == (422, "offset")


def test_a_stranger_reads_a_long_catalogue_piece_by_piece_and_who_is_known_at_once(
    hub_factory: Callable[[], RunningHub],
) -> None:
    hub = hub_factory()
    shipped = read(catalogue_of(hub), None)
    long = [*shipped, *(replace(shipped[0], code=f"9.{number:06}") for number in range(2 * MOST_AT_ONCE))]
    hub.admin.ok("PUT", "/procedures", data=write(long).encode(), headers={"Content-Type": "text/csv"})
    every = hub.kiosk.ok("GET", "/procedures")["procedures"]
    assert len(every) == len(long)
    pieces: list[dict[str, object]] = []
    stranger = Client(hub.url)
    while piece := stranger.ok("GET", f"/procedures?limit=2000&offset={len(pieces)}")["procedures"]:
        assert len(piece) <= MOST_AT_ONCE
        pieces += piece
    assert pieces == every
    page = requests.get(f"{hub.url}/find?lang=en&service={shipped[0].service}", timeout=10).text
    assert page.count('<li><a href="/p/') == MOST_LISTED
    assert f"the first {MOST_LISTED}." in page, "these are not all"
    first = requests.get(f"{hub.url}/find", timeout=10).text
    hub.admin.ok("DELETE", "/procedures/1.001193")
    assert "/p/1.001193" in first
    assert "/p/1.001193" not in requests.get(f"{hub.url}/find", timeout=10).text, "another catalogue, another list"


def test_without_a_question_all_are_listed(office: RunningHub) -> None:
    url = f"{office.url}/api/v1/procedures"
    every = requests.get(url, params={"q": ""}, timeout=10).json()["procedures"]
    land = requests.get(url, params={"service": "DD"}, timeout=10).json()["procedures"]
    assert len(every) == 60
    assert {each["service"] for each in land} == {"DD"}
    fields = [each["field"] for each in every]
    assert [field for at, field in enumerate(fields) if fields.index(field) == at] == list(dict.fromkeys(fields))


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "GET"])
def test_only_an_administrator_changes_the_catalogue(office: RunningHub, method: str) -> None:
    paths = {"PUT": "/procedures", "POST": "/procedures/preview", "DELETE": "/procedures/1.001193"}
    path = paths.get(method, "/procedures.csv")
    assert office.supervisor.request(method, path, data=b"code").status_code == 403
    assert requests.request(method, f"{office.url}/api/v1{path}", data=b"code", timeout=10).status_code == 401


def test_the_import_does_what_its_preview_showed(hub: RunningHub) -> None:
    before = catalogue_of(hub)
    file = without(before, "1.001193").replace(b"3 ng", b"4 ng", 1)
    ticket = hub.take_number(procedure="1.001193")
    shown = hub.admin.ok("POST", "/procedures/preview", data=file)
    assert catalogue_of(hub) == before
    assert [each["code"] for each in shown["removed"]] == ["1.001193"]
    assert [each["fields"][0]["field"] for each in shown["changed"]] == ["time_limit"]
    other = hub.admin.put("/procedures", data=before, headers={"X-Digest": shown["digest"]})
    assert (other.status_code, other.json()["code"]) == (409, "catalogue_changed")
    done = hub.admin.ok("PUT", "/procedures", data=file, headers={"X-Digest": shown["digest"]})
    assert done == shown
    assert catalogue_of(hub) == file
    assert hub.kiosk.ok("GET", f"/tickets/{ticket['id']}")["state"] == "waiting"
    assert hub.admin.get("/procedures/1.001193").status_code == 404
    hub.restart()
    assert catalogue_of(hub) == file


def test_all_the_mistakes_of_a_file_are_told_at_once(office: RunningHub, tmp_path: Path) -> None:
    before = catalogue_of(office)
    file = tmp_path / "thu-tuc.csv"
    file.write_bytes(before.replace(b",HT,", b",XX,").replace(b",DD,", b",YY,"))
    answer = office.admin.post("/procedures/preview", data=file.read_bytes())
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "procedure_service_unknown")
    assert {"code", "detail", "line", "column", "value"} <= set(problem["further"][0])
    assert [each["line"] for each in problem["further"]] == sorted(each["line"] for each in problem["further"])
    wrong = 1 + len(problem["further"]) + problem["more"]
    assert wrong == file.read_bytes().count(b",XX,") + file.read_bytes().count(b",YY,")
    refused = office.command("procedures", "import", str(file))
    first, *rest = refused.stderr.splitlines()
    assert (refused.returncode, first) == (1, f"toiluot: {wrong} mistakes, so nothing was changed:")
    assert rest == [f"  {each['detail']}" for each in (problem, *problem["further"])]
    assert catalogue_of(office) == before
    described = requests.get(f"{office.url}/api/openapi.json", timeout=10).json()
    assert {"further", "more"} <= described["components"]["schemas"]["Problem"]["properties"].keys()


def test_a_procedure_is_edited_and_found_by_its_new_name(hub: RunningHub) -> None:
    body = {"service": "HT", "name": "Thủ tục thử", "keywords": "kêu tên chim trĩ", "online": "full", "fee": "5.000đ"}
    assert hub.admin.ok("PUT", "/procedures/9.1", json=body)["online"] == "full"
    assert [each["code"] for each in hub.admin.ok("GET", "/procedures?q=chim tri")["procedures"]] == ["9.1"]
    assert hub.admin.put("/procedures/9.1", json=body | {"online": "half"}).status_code == 422
    assert hub.admin.put("/procedures/9.1", json=body | {"service": "XX"}).json()["code"] == "unknown_service"
    assert hub.admin.delete("/procedures/9.1").status_code == 204
    assert "9.1" not in [each["code"] for each in hub.admin.ok("GET", "/procedures?q=chim tri")["procedures"]]
    assert hub.command("check").returncode == 0


def test_the_command_line_imports_and_exports_also_while_the_hub_runs(hub: RunningHub, tmp_path: Path) -> None:
    file = tmp_path / "thu-tuc.csv"
    assert hub.command("procedures", "export", str(file)).returncode == 0
    assert file.read_bytes() == catalogue_of(hub)
    file.write_bytes(without(file.read_bytes(), "1.001193"))
    dry = hub.command("procedures", "import", str(file), "--dry-run")
    assert dry.stdout.splitlines()[0].startswith("- 1.001193 ")
    assert "would be 0 added, 0 changed, 1 removed, 59 unchanged" in dry.stdout
    assert hub.admin.get("/procedures/1.001193").status_code == 200
    assert hub.command("procedures", "import", str(file)).returncode == 0
    assert hub.admin.get("/procedures/1.001193").status_code == 404
    hub.stop()
    file.write_bytes(b"code\n1")
    refused = hub.command("procedures", "import", str(file))
    assert refused.returncode == 1
    assert all(line.startswith("  Line 1: there is no column") for line in refused.stderr.splitlines()[1:])
    again = hub.command("procedures", "export", str(file))
    assert again.returncode == 0
    assert "0 added, 0 changed, 0 removed, 59 unchanged" in hub.command("procedures", "import", str(file)).stdout
    hub.start()
