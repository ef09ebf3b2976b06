"""Reports of how people found the service: faces counted by service and counter, never by clerk."""

import csv
import io
from typing import Any

from centre import HandClock, hanoi, take
from openpyxl import load_workbook

from app.core import commands as cmd
from app.hub import Hub
from app.reporting.sheet import as_csv
from app.reporting.text import as_text
from app.reporting.workbook import as_xlsx
from app.store import reports

DAY = "2026-11-23"


def rate(hub: Hub, face: int, reason: str | None = None, counter: int = 1, service: str = "HT") -> None:
    ticket = take(hub, service)
    hub.handle(cmd.CallTicket(counter, ticket=ticket))
    hub.handle(cmd.Finish(counter))
    hub.handle(cmd.RateService(ticket, face, reason))


def of_day(hub: Hub, first: str = DAY, last: str = DAY) -> dict[str, Any]:
    return reports.of_range(hub.store.reads, first, last, hub.hall)


def test_faces_are_counted_by_service_and_by_counter_with_their_number(hub: Hub) -> None:
    hub.handle(cmd.OpenCounter(3, "minh"))
    for face in (3, 3, 3, 3, 2):
        rate(hub, face)
    for _ in range(5):
        rate(hub, 1, "wait", counter=3, service="DD")
    told = of_day(hub)["ratings"]
    assert (told["count"], told["share_satisfied"]) == (10, 0.5)
    land, civil = told["services"]
    assert (civil["code"], civil["count"], civil["very_satisfied"], civil["satisfied"]) == ("HT", 5, 4, 1)
    assert (land["code"], land["not_satisfied"], land["share_satisfied"]) == ("DD", 5, 0)
    assert [(each["number"], each["count"]) for each in told["counters"]] == [(1, 5), (3, 5)]
    assert [each for each in told["reasons"] if each["count"]] == [{"reason": "wait", "count": 5}]


def test_few_ratings_of_a_counter_are_only_counted_so_that_nobodys_own_is_known(hub: Hub) -> None:
    hub.handle(cmd.OpenCounter(3, "minh"))
    for _ in range(4):
        rate(hub, 3)
    rate(hub, 1, "attitude", counter=3, service="DD")
    told = of_day(hub)["ratings"]
    assert (told["count"], told["not_satisfied"]) == (5, 1)
    for row in (*told["counters"], *told["services"]):
        assert (row["not_satisfied"], row["very_satisfied"], row["share_satisfied"]) == (None, None, None)
    assert [row["count"] for row in told["counters"]] == [4, 1]
    assert not [line for line in as_csv(of_day(hub)).splitlines() if "rating_counter" in line]


def test_few_ratings_cannot_be_had_by_taking_the_others_from_the_whole(hub: Hub) -> None:
    hub.handle(cmd.OpenCounter(3, "minh"))
    for _ in range(6):
        rate(hub, 3)
    rate(hub, 1, counter=3, service="DD")
    assert [row["not_satisfied"] for row in of_day(hub)["ratings"]["counters"]] == [None, None]


def test_no_rating_is_told_by_clerk(hub: Hub) -> None:
    rate(hub, 1, "attitude")
    report = of_day(hub)
    (lan,) = report["clerks"]
    assert lan["served"] == 1
    assert not {"count", "ratings", "share_satisfied"} & lan.keys()
    assert "lan" not in str(report["ratings"])
    columns = {row[1] for row in hub.store.reads.execute("PRAGMA table_info(rating)")}
    assert columns == {"day", "service", "counter", "face", "reason", "count"}


def test_a_week_adds_up_its_days_and_knows_nothing_of_others(hub: Hub, clock: HandClock) -> None:
    rate(hub, 3)
    clock.at = hanoi("08:00", "2026-11-24")
    hub.handle(cmd.OpenCounter(1, "lan"))
    rate(hub, 1)
    assert of_day(hub, DAY, "2026-11-24")["ratings"]["count"] == 2
    assert of_day(hub)["ratings"]["share_satisfied"] == 1


def test_nobody_has_rated_is_not_nobody_was_satisfied(hub: Hub) -> None:
    told = of_day(hub)["ratings"]
    assert (told["count"], told["share_satisfied"], told["services"]) == (0, None, [])


def test_the_sheets_show_the_share_beside_how_many_it_is_of(hub: Hub) -> None:
    for _ in range(4):
        rate(hub, 3)
    for _ in range(4):
        rate(hub, 1, "papers")
    report = of_day(hub)
    sheet = load_workbook(io.BytesIO(as_xlsx(report, "en")))["Ratings"]
    assert [cell.value for cell in sheet[2]][2:] == [8, 4, 0, 4, 0.5]
    lines = [line for line in csv.DictReader(io.StringIO(as_csv(report))) if line["kind"].startswith("rating")]
    assert {"rating_service", "rating_counter", "rating_reason"} == {line["kind"] for line in lines}
    assert "ratings: 8, satisfied or more 50%" in as_text(report)
