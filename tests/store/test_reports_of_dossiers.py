"""Dossiers from the dossier system's file, and the sentence that a visiting leader is told."""

from typing import Any

import pytest
from centre import HandClock, hanoi

from app import csv_file
from app import dossier_mistakes as mistakes
from app.core.errors import Invalid
from app.core.events import Noted
from app.core.permissions import SYSTEM
from app.dossier_file import keep, read
from app.hub import Hub
from app.reporting.briefing import in_english, in_vietnamese
from app.store import dossiers, reports
from app.store.dossiers import Dossier

HEAD = "Mã hồ sơ,Thủ tục,Lĩnh vực,Hình thức,Ngày tiếp nhận,Ngày hẹn trả,Ngày trả\n"
NOBODY = dict.fromkeys(("received_online", "received_in_person", "returned_before", "returned_on", "returned_after"), 0)
WEEK = ("2025-07-01", "2025-07-07")


def take(hub: Hub, text: str, **how: Any) -> dict[str, int]:
    return keep(hub, read(text.encode(), hub.hall), "ho-so.csv", SYSTEM, **how)


def told(
    hub: Hub, first: str, last: str, today: str = "2026-11-23", entered: dict[str, int] | None = None
) -> dict[str, Any]:
    return dossiers.told(hub.store.reads, first, last, today, entered or NOBODY, timezone="Asia/Ho_Chi_Minh")


def the_week_of_the_paper() -> str:
    """137 received, 136 of them online; 113 returned, all before their date; 24 open, in time."""
    lines = [
        f"H{n},Khai sinh,Hộ tịch,{'trực tiếp' if n == 0 else 'trực tuyến'},0{1 + n % 5}/07/2025 08:30,15/07/2025,"
        f"{'07/07/2025' if n < 113 else ''}"
        for n in range(137)
    ]
    return HEAD + "\n".join(lines) + "\n"


def test_the_briefing_has_the_form_that_such_reports_take(hub: Hub) -> None:
    take(hub, the_week_of_the_paper())
    week = told(hub, *WEEK)
    assert in_vietnamese(*WEEK, week) == (
        "từ 01/7 đến 07/7/2025 tiếp nhận 137 hồ sơ, 136 trực tuyến (99,3 %); "
        "đã giải quyết 113, trước hạn 113/113 (100 %); đang giải quyết 24, trong hạn"
    )
    assert in_english(*WEEK, week) == (
        "From 01/07/2025 to 07/07/2025: 137 dossiers received, 136 online (99.3%); "
        "113 resolved, before the date 113/113 (100%); 24 in progress, in time"
    )


def test_what_is_late_is_said(hub: Hub) -> None:
    take(
        hub,
        HEAD
        + "A,,,online,2025-06-20,2025-06-30,2025-07-02\n"
        + "B,,,online,2025-07-01,2025-07-03,2025-07-03\n"
        + "C,,,online,2025-07-01,2025-07-05,2025-07-03\n"
        + "D,,,trực tiếp,2025-07-01,2025-07-05,\n"
        + "E,,,trực tiếp,2025-07-02,2025-07-20,2025-07-10\n"
        + "F,,,trực tiếp,2025-07-02,,2025-07-04\n",
    )
    assert in_vietnamese(*WEEK, told(hub, *WEEK)) == (
        "từ 01/7 đến 07/7/2025 tiếp nhận 5 hồ sơ, 2 trực tuyến (40 %); kỳ trước chuyển sang 1; đã giải quyết 4, "
        "trước hạn 1 (33,3 %), đúng hạn 1, quá hạn 1, không hẹn ngày 1; đang giải quyết 2, trong hạn 1, quá hạn 1"
    )


def test_carried_over_and_received_are_returned_or_open(hub: Hub) -> None:
    take(hub, the_week_of_the_paper())
    for first, last in (WEEK, ("2025-07-03", "2025-07-06"), ("2025-07-06", "2025-07-10"), ("2025-08-01", "2025-08-31")):
        week = told(hub, first, last)
        assert week["carried"] + week["received"] == week["returned"] + week["open"]
        assert week["open"] == week["open_in_time"] + week["open_late"]


def test_what_is_due_later_this_week_is_not_late_yet(hub: Hub) -> None:
    take(hub, HEAD + "A,,,online,2025-07-01,2025-07-05,\n")
    assert told(hub, *WEEK, today="2025-07-04")["open_late"] == 0
    assert told(hub, *WEEK, today="2025-07-07")["open_late"] == 1


DECEMBER = ("2026-12-01", "2026-12-31")
BEFORE_IT, DURING_IT, AFTER_IT = "2026-11-24T10:00:00+07:00", "2026-12-20T10:00:00+07:00", "2027-01-01T10:00:00+07:00"


@pytest.mark.parametrize(
    ("imported", "returned", "counted", "expected"),
    [
        (BEFORE_IT, "", 136, ("clerks", 136, None)),
        (BEFORE_IT, "", 0, ("none", 0, None)),
        (DURING_IT, "2026-12-05", 136, ("clerks", 136, None)),
        (DURING_IT, "2026-12-05", 1, ("system", 0, DURING_IT)),
        (AFTER_IT, "2026-12-05", 136, ("system", 0, AFTER_IT)),
        (AFTER_IT, "", 136, ("clerks", 136, None)),
        (AFTER_IT, "", 0, ("system", 0, AFTER_IT)),
    ],
)
def test_a_file_silences_the_clerks_only_where_it_tells_of_these_days(
    hub: Hub, clock: HandClock, *, imported: str, returned: str, counted: int, expected: tuple[str, int, str | None]
) -> None:
    """One dossier, received in November. The clerks count in December; its report is asked for in January."""
    clock.at = hanoi(imported[11:19], imported[:10])
    take(hub, HEAD + f"A,,,online,2026-11-10,,{returned}\n")
    month = told(hub, *DECEMBER, today="2027-01-01", entered=NOBODY | {"received_online": counted})
    assert (month["source"], month["received"], month["as_of"]) == expected


def test_a_month_that_goes_on_is_told_by_a_file_of_today(hub: Hub, clock: HandClock) -> None:
    clock.at = hanoi("10:00", "2026-12-20")
    take(hub, HEAD + "A,,,online,2026-12-10,,\n")
    counted = NOBODY | {"received_online": 136}
    assert told(hub, *DECEMBER, today="2026-12-20", entered=counted)["source"] == "system"
    assert told(hub, *DECEMBER, today="2026-12-21", entered=counted)["source"] == "clerks"


def test_thousands_are_written_as_the_reader_writes_them() -> None:
    month = dict.fromkeys(("before", "after", "undated", "open_late"), 0)
    month |= {"received": 4982, "online": 4870, "carried": 1200, "returned": 4000, "on": 4000}
    month |= {"open": 2182, "open_in_time": 2182}
    span = ("2025-07-01", "2025-07-31")
    assert in_vietnamese(*span, {"source": "system", **month}) == (
        "từ 01/7 đến 31/7/2025 tiếp nhận 4.982 hồ sơ, 4.870 trực tuyến (97,8 %); kỳ trước chuyển sang 1.200; "
        "đã giải quyết 4.000, đúng hạn 4.000/4.000 (100 %); đang giải quyết 2.182, trong hạn"
    )
    assert in_english(*span, {"source": "system", **month}) == (
        "From 01/07/2025 to 31/07/2025: 4,982 dossiers received, 4,870 online (97.8%); 1,200 carried over; "
        "4,000 resolved, on the date 4,000/4,000 (100%); 2,182 in progress, in time"
    )


def test_each_service_tells_what_it_received_and_returned(hub: Hub) -> None:
    take(
        hub,
        HEAD
        + "A,,Hộ tịch,online,2025-06-20,2025-06-30,2025-07-02\n"
        + "B,,Hộ tịch,online,2025-07-01,2025-07-03,2025-07-03\n"
        + "C,,Hộ tịch,trực tiếp,2025-07-01,2025-07-05,2025-07-03\n"
        + "D,,Thú y,trực tiếp,2025-07-01,2025-07-05,\n"
        + "E,,,trực tiếp,2025-07-02,,2025-07-10\n"
        + "F,,Đất đai,online,2025-06-02,,\n",
    )
    told = reports.of_range(hub.store.reads, *WEEK, hub.hall)["dossiers"]
    none = {"received": 0, "online": 0, "returned": 0, "before": 0, "on": 0, "after": 0}
    assert told["services"] == [
        {**none, "code": "", "received": 1},
        {"code": "HT", "received": 2, "online": 1, "returned": 3, "before": 1, "on": 1, "after": 1},
        {**none, "code": "Thú y", "received": 1},
    ]
    for figure in none:
        assert sum(service[figure] for service in told["services"]) == told[figure]


def test_a_centre_without_figures_says_so() -> None:
    nothing = {"source": "none"}
    assert in_vietnamese("2025-07-01", "2025-07-01", nothing) == "ngày 01/7/2025 chưa có số liệu hồ sơ"
    assert in_english("2025-07-01", "2025-07-01", nothing) == "On 01/07/2025: no dossier figures yet"


def test_a_file_that_comes_again_brings_what_is_known_up_to_date(hub: Hub) -> None:
    first = HEAD + "A,,,online,2025-07-01,,\nB,,,online,2025-07-01,,\n"
    assert take(hub, first, dry_run=True) == {"new": 2, "changed": 0, "same": 0}
    assert take(hub, first) == {"new": 2, "changed": 0, "same": 0}
    seq = hub.hall.seq
    assert take(hub, first) == {"new": 0, "changed": 0, "same": 2}
    assert hub.hall.seq == seq
    again = HEAD + "A,,,online,2025-07-01,,02/07/2025\nC,,,online,2025-07-01,,\n"
    assert take(hub, again) == {"new": 1, "changed": 1, "same": 0}
    (noted,) = hub.store.events(seq, 10)
    assert noted.event == Noted("dossiers imported", "ho-so.csv", "1 new, 1 changed, 0 same; system:hub")
    assert told(hub, *WEEK)["returned"] == 1


AS_EXCEL_SAVES_IT = """\ufeffMã hồ sơ;Thủ tục;Lĩnh vực;Hình thức;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả\r
H1;Khai sinh;Hộ tịch;Trực tuyến;01/07/2025 08:30:15;10/07/2025;5/7/2025\r
;;;;;;\r
"""
WITH_TABS = """ma ho so\tTHU TUC\tlinh vuc\tkenh\tngay tiep nhan\tngay hen tra\tngay tra\tghi chu
H1\tKhai sinh\tHT\tqua mạng\t01-07-2025\t10/07/2025\t05/07/2025\tx
"""
IN_ENGLISH = """code,procedure,service,channel,received,due,returned
H1,Khai sinh,ho tich,online,2025-07-01T08:30,2025-07-10,2025-07-05
"""


@pytest.mark.parametrize("text", [AS_EXCEL_SAVES_IT, WITH_TABS, IN_ENGLISH])
def test_a_file_is_read_however_an_office_saved_it(hub: Hub, text: str) -> None:
    expected = Dossier("H1", "HT", "Khai sinh", "online", "2025-07-01", "2025-07-10", "2025-07-05")
    assert read(text.encode(), hub.hall) == [expected]


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        ("", csv_file.CsvColumnMissing, "no column 'mã hồ sơ'. Its columns are: –"),
        ("a,b\n", csv_file.CsvColumnMissing, "no column 'mã hồ sơ'. Its columns are: a, b"),
        ("code,Mã hồ sơ\n", csv_file.CsvColumnTwice, "two columns 'Mã hồ sơ'"),
        (
            HEAD + "A,,,online,2025-07-01,,\n,,,online,2025-07-01,,\n",
            csv_file.CsvValueMissing,
            "Line 3, column 'mã hồ sơ'",
        ),
        (
            HEAD + "A,,,online,31/06/2025,,\n",
            mistakes.DossierDateUnclear,
            "'ngày tiếp nhận': '31/06/2025' is not a day",
        ),
        (HEAD + "A,,,online,2025-07-01,hôm nay,\n", mistakes.DossierDateUnclear, "'ngày hẹn trả': 'hôm nay'"),
        (HEAD + "A,,,fax,2025-07-01,,\n", mistakes.DossierChannelUnclear, "'hình thức': 'fax' is not known. Write"),
        (
            HEAD + "A,,,online,2025-07-02,,2025-07-01\n",
            mistakes.DossierReturnedTooEarly,
            "'ngày trả': '2025-07-01' is before",
        ),
        (
            HEAD + "A,,,online,2025-07-01,,\nA,,,online,2025-07-02,,\n",
            mistakes.DossierTwice,
            "Line 3, column 'mã hồ sơ': 'A'",
        ),
        (HEAD + "A" * 201 + ",,,online,2025-07-01,,\n", csv_file.CsvValueTooLong, "longer than 200"),
    ],
)
def test_a_file_with_a_mistake_is_refused_whole_and_told_where(
    hub: Hub, text: str, error: type[Invalid], said: str
) -> None:
    with pytest.raises(error) as refused:
        take(hub, text)
    assert said in str(refused.value)
    assert hub.store.reads.execute("SELECT count(*) FROM dossier").fetchone() == (0,)


def test_a_file_in_another_encoding_is_refused(hub: Hub) -> None:
    with pytest.raises(csv_file.CsvUnreadable, match="UTF-8"):
        read("Mã hồ sơ".encode("utf-16"), hub.hall)


def test_the_figures_do_not_depend_on_when_the_hub_asks(hub: Hub, clock: HandClock) -> None:
    take(hub, the_week_of_the_paper())
    before = told(hub, *WEEK)
    clock.go(24 * 3600)
    hub.keep_time()
    assert told(hub, *WEEK, today=hub.hall.day) == before
