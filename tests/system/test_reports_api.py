"""Reports and dossiers over HTTP and on the command line, of one running hub."""

import io
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from tests.running_hub import RunningHub

FILE = "Mã hồ sơ;Hình thức;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả\nH1;trực tuyến;01/07/2025;10/07/2025;05/07/2025\n"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """One citizen was served."""
    running = RunningHub(tmp_path_factory.mktemp("reports")).start()
    running.open_counter(1)
    running.take_number()
    for press in ("next", "finish"):
        running.supervisor.ok("POST", f"/counters/1/{press}", json={})
    yield running
    running.close()


def test_the_period_says_what_the_day_says(hub: RunningHub) -> None:
    day = hub.supervisor.ok("GET", "/reports/day")
    period = hub.supervisor.ok("GET", "/reports/range")
    assert period["tickets"]["finished"] == 1
    assert day == {"date": period["to"], **period}


def test_the_sheets_are_files_of_the_askers_language(hub: RunningHub) -> None:
    day = hub.supervisor.ok("GET", "/reports/day")["date"]
    span = f"from={day}&to={day}"
    csv = hub.supervisor.get(f"/reports/range.csv?{span}&lang=en")
    assert csv.content.startswith(b"\xef\xbb\xbfDate,")
    assert f"toiluot-{day}-{day}.csv" in csv.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(hub.supervisor.get(f"/reports/range.xlsx?{span}&lang=en").content))
    assert book.sheetnames[0] == "Summary"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("from=01/07/2025&to=2025-07-07", "invalid_field"),
        ("from=2025-07-01&to=2025-02-30", "invalid_field"),
        ("from=2025-07-02&to=2025-07-01", "bad_period"),
        ("from=2005-07-02&to=2025-07-01", "period_too_long"),
    ],
)
@pytest.mark.parametrize("path", ["range", "range.csv", "range.xlsx", "briefing"])
def test_a_span_that_cannot_be_is_refused(hub: RunningHub, path: str, query: str, code: str) -> None:
    refused = hub.supervisor.get(f"/reports/{path}?{query}")
    assert (refused.status_code, refused.json()["code"]) == (422, code)


def test_dossiers_come_in_and_are_told(hub: RunningHub) -> None:
    span = "/reports/briefing?from=2025-07-01&to=2025-07-07"
    preview = hub.supervisor.ok("POST", "/dossiers?dry_run=1", data=FILE.encode())
    assert preview == {"new": 1, "changed": 0, "same": 0}
    assert hub.supervisor.ok("GET", span)["source"] == "none"
    assert hub.supervisor.ok("POST", "/dossiers?file=thang-7.csv", data=FILE.encode()) == preview
    file = hub.folder / "again.csv"
    file.write_text(FILE, encoding="utf-8")
    again = hub.command("dossiers", "import", str(file))
    assert again.stdout == f"{file}: 0 new, 0 changed, 1 the same\n"
    told = hub.supervisor.ok("GET", span)
    assert told["sentence_vi"].startswith("từ 01/7 đến 07/7/2025 tiếp nhận 1 hồ sơ, 1 trực tuyến (100 %)")
    assert told["centre"]
    said = hub.command("report", "briefing", "--from", "2025-07-01", "--to", "2025-07-07")
    assert said.stdout.strip() == told["sentence_vi"]


def test_a_file_with_a_mistake_changes_nothing(hub: RunningHub) -> None:
    refused = hub.supervisor.post("/dossiers", data=(FILE + "H2;fax;01/07/2025;;\n").encode())
    assert (refused.status_code, refused.json()["code"]) == (422, "dossier_channel_unclear")
    assert (refused.json()["line"], refused.json()["value"]) == (3, "fax")
    for line, code in (('H2;"online;01/07/2025;;', "line_broken"), ("H2;online;01/07/2999;;", "day_to_come")):
        refused = hub.supervisor.post("/dossiers", data=f"{FILE}{line}\n".encode())
        assert (refused.status_code, refused.json()["code"], refused.json()["line"]) == (422, f"dossier_{code}", 3)
    assert hub.supervisor.post("/dossiers", data=b"x" * (5 * 1024 * 1024)).status_code == 413


def test_a_large_file_is_taken(hub: RunningHub) -> None:
    lines = "".join(f"N{n};online;2024-01-01;;\n" for n in range(15_000))
    data = ("code;channel;received;due;returned\n" + lines).encode()
    assert len(data) > 256 * 1024
    assert hub.supervisor.ok("POST", "/dossiers", data=data)["new"] == 15_000


def test_only_leaders_read_reports_and_bring_dossiers(hub: RunningHub) -> None:
    clerk = hub.clerk("lan")
    for path in ("range", "range.csv", "range.xlsx", "briefing", "recent", "day"):
        assert clerk.get(f"/reports/{path}").status_code == 403
    assert clerk.post("/dossiers", data=FILE.encode()).status_code == 403


def test_the_last_two_hours_are_told_in_steps(hub: RunningHub) -> None:
    hub.take_number()
    found = hub.supervisor.ok("GET", "/reports/recent")["services"]
    points = next(each["points"] for each in found if each["code"] == "HT")
    assert len(points) == 25
    assert points[-1].keys() == {"at", "waiting", "amber", "late"}
    assert (points[0]["waiting"], points[-1]["waiting"]) == (0, 1)


def test_a_workbook_needs_a_file(hub: RunningHub) -> None:
    refused = hub.command("report", "day", "--format", "xlsx")
    assert (refused.returncode, refused.stderr) == (1, "toiluot: A workbook needs a file: add -o FILE.xlsx\n")
    made = hub.command("report", "day", "--format", "xlsx", "-o", str(hub.folder / "day.xlsx"))
    assert made.returncode == 0
    assert load_workbook(hub.folder / "day.xlsx").sheetnames
