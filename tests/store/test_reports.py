"""The reports: what a day and a span of days were, told from what citizens and clerks did."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from centre import HandClock, hanoi, take

from app.adding_up import AddingUp
from app.core import commands as cmd
from app.core.advice import Expected, Move
from app.hub import Hub
from app.store import reports
from app.store.reports import BadPeriod, PeriodTooLong

DAY = "2026-11-23"
Report = dict[str, Any]


def of_day(hub: Hub, day: str = DAY) -> Report:
    return reports.of_day(hub.store.reads, day, hub.hall)


def of_range(hub: Hub, first: str, last: str) -> Report:
    return reports.of_range(hub.store.reads, first, last, hub.hall)


def serve(hub: Hub, clock: HandClock, *, walk: float | None = 20, handle: float = 300, counter: int = 1) -> None:
    """The next citizen is called, comes after `walk` seconds (None: no press tells it) and stays."""
    hub.handle(cmd.CallNext(counter))
    clock.go(walk or 0)
    if walk is not None:
        hub.handle(cmd.Arrive(counter))
    clock.go(handle)
    hub.handle(cmd.Finish(counter))


def row(report: Report, table: str, **known: object) -> Report:
    return next(each for each in report[table] if all(each[key] == value for key, value in known.items()))


def test_a_day_without_anybody_is_told_with_noughts_and_without_means(hub: Hub) -> None:
    report = of_day(hub)
    assert report["tickets"]["issued"] == report["overruns"]["count"] == report["days"] == 0
    assert report["waits"] == {
        "count": 0,
        "mean_s": None,
        "p50_s": None,
        "p90_s": None,
        "within_target": None,
        "target_s": 900,
    }
    assert (report["by_day"], report["heat"], report["clerks"], report["advice"]) == ([], [], [], [])
    assert report["dossiers"]["source"] == "none"


def test_waits_are_judged_by_the_target_of_waiting_and_handling_by_its_own(hub: Hub, clock: HandClock) -> None:
    take(hub)
    take(hub)
    clock.go(600)
    serve(hub, clock, handle=1000)
    serve(hub, clock, handle=100)
    report = of_day(hub)
    assert report["waits"] == {
        "count": 2,
        "mean_s": 1110.0,
        "p50_s": 600.0,
        "p90_s": 1620.0,
        "within_target": 0.5,
        "target_s": 900,
    }
    assert (report["handling"]["mean_s"], report["handling"]["within_target"]) == (550.0, 0.5)
    assert row(report, "services", code="HT")["handling"]["target_s"] == 900
    assert report["overruns"]["services"] == [{"code": "HT", "count": 1}]


def test_a_counters_time_is_walking_busy_or_idle(hub: Hub, clock: HandClock) -> None:
    """Opened at 8:00; a visit of 320 s after 100 s, one of 60 s after 40 s more, closed 30 s later."""
    take(hub)
    take(hub)
    clock.go(100)
    serve(hub, clock, walk=20, handle=300)
    clock.go(40)
    serve(hub, clock, walk=None, handle=60)
    clock.go(30)
    hub.handle(cmd.CloseCounter(1))
    counter = row(of_day(hub), "counters", number=1)
    assert (counter["walk_s"], counter["busy_s"], counter["idle_s"]) == (20.0, 380.0, 170.0)
    assert counter["busy_share"] == round(380 / 550, 4)
    clerk = row(of_day(hub), "clerks", clerk="lan")
    assert (clerk["served"], clerk["walk_s"], clerk["idle_s"]) == (2, 20.0, 170.0)


def test_a_pause_is_not_idle_time(hub: Hub, clock: HandClock) -> None:
    take(hub)
    serve(hub, clock)
    clock.go(60)
    hub.handle(cmd.PauseCounter(1, "12:30"))
    clock.go(3600)
    hub.handle(cmd.OpenCounter(1))
    clock.go(30)
    hub.handle(cmd.CloseCounter(1))
    assert row(of_day(hub), "counters", number=1)["idle_s"] == 90.0


def test_a_counter_left_open_overnight_was_not_idle_all_night(hub: Hub, clock: HandClock) -> None:
    """The next day closes it; that stands in the log of the day before."""
    take(hub)
    serve(hub, clock)
    clock.at = hanoi("07:00", "2026-11-24")
    hub.keep_time()
    assert row(of_day(hub), "counters", number=1)["idle_s"] == 0


def test_a_press_that_was_taken_back_leaves_nothing_in_the_report(hub: Hub, clock: HandClock) -> None:
    take(hub)
    hub.handle(cmd.CallNext(1))
    clock.go(60)
    hub.handle(cmd.Miss(1))
    clock.go(5)
    hub.handle(cmd.UndoPress(1))
    report = of_day(hub)
    assert (report["tickets"]["missed"], report["waits"]["count"]) == (0, 0)


def test_a_clock_set_back_gives_no_negative_times(hub: Hub, clock: HandClock) -> None:
    take(hub)
    take(hub)
    clock.go(600)
    serve(hub, clock)
    clock.go(-3600)
    serve(hub, clock)
    hub.handle(cmd.CloseCounter(1))
    report = of_day(hub)
    counter = row(report, "counters", number=1)
    assert report["waits"]["count"] == 2
    assert min(report["waits"]["p50_s"], counter["idle_s"], counter["walk_s"], counter["busy_s"]) >= 0


def test_transfers_misses_and_reasons_are_counted(hub: Hub, clock: HandClock) -> None:
    hub.handle(cmd.OpenCounter(3, "minh"))
    take(hub)
    take(hub)
    late = take(hub)
    hub.handle(cmd.CallNext(1))
    clock.go(5)
    hub.handle(cmd.Transfer(1, service="DD"))
    hub.handle(cmd.CallNext(1))
    clock.go(5)
    hub.handle(cmd.Miss(1))
    serve(hub, clock, handle=2000)
    hub.handle(cmd.ExplainOverrun(1, late, "papers"))
    report = of_day(hub)
    assert (report["tickets"]["transferred"], report["tickets"]["missed"]) == (1, 1)
    assert row(report, "services", code="HT")["transfers_out"] == 1
    assert row(report, "counters", number=1)["missed"] == 1
    assert report["overruns"]["count"] == 1
    assert [each for each in report["overruns"]["explained"] if each["count"]] == [{"reason": "papers", "count": 1}]


def test_a_missed_call_is_told_after_the_citizen_came_and_after_the_day(hub: Hub, clock: HandClock) -> None:
    """One misses twice and comes in the end; one never comes, and the next day closes the ticket."""
    late, never = take(hub), take(hub)
    for ticket in (late, late, never):
        hub.handle(cmd.CallTicket(1, ticket=ticket))
        clock.go(60)
        hub.handle(cmd.Miss(1))
    hub.handle(cmd.CallTicket(1, ticket=late))
    clock.go(60)
    hub.handle(cmd.Finish(1))
    clock.at = hanoi("07:00", "2026-11-24")
    hub.keep_time()
    report = of_day(hub)
    assert (report["tickets"]["missed"], report["tickets"]["closed"]) == (0, 1)
    assert report["tickets"]["missed_calls"] == row(report, "services", code="HT")["missed_calls"] == 3
    assert row(report, "counters", number=1)["missed"] == 3


def test_a_wait_belongs_to_the_hour_in_which_it_began(hub: Hub, clock: HandClock) -> None:
    clock.at = hanoi("08:50")
    take(hub)
    clock.at = hanoi("09:10")
    serve(hub, clock)
    report = of_day(hub)
    assert report["by_hour"] == [{"hour": 8, "issued": 1, "waits": 1, "wait_mean_s": 1200.0, "within_target": 0.0}]
    assert [(each["weekday"], each["hour"]) for each in report["heat"]] == [(0, 8)]
    assert report["by_day"][0]["wait_p90_s"] == 1200.0


def test_an_advice_is_told_with_what_came_before_and_after_it(hub: Hub, clock: HandClock) -> None:
    for _ in range(3):
        take(hub)
    clock.go(1000)
    serve(hub, clock, handle=10)
    move = Move("give", 3, ("DD", "HT"), (), ("HT",), None, None, None)
    expected = Expected(saved=4.0, low=2.0, high=6.0, sure=0.9, costs=(("DD", 1.0),), horizon_s=3600)
    clock.go(60)
    hub.handle(cmd.DeclineAdvice("a1", move, expected, "too_soon"))
    serve(hub, clock, handle=10)
    serve(hub, clock, handle=10)
    report = of_day(hub)
    (told,) = report["advice"]
    assert (told["answer"], told["reason"], told["services"], told["saved"]) == ("declined", "too_soon", ["HT"], 4.0)
    assert (told["before"], told["after"]) == ({"called": 1, "late": 1}, {"called": 2, "late": 2})
    assert report["advice_answers"] == {"accepted": 0, "declined": 1, "expected_saved": 0.0}


def test_what_clerks_entered_of_dossiers_is_told_where_no_system_tells_it(hub: Hub, clock: HandClock) -> None:
    ticket = take(hub)
    serve(hub, clock)
    hub.handle(cmd.RecordDossiers(1, ticket, 2, 1, 1, 0, 1))
    told = of_day(hub)["dossiers"]
    assert (told["source"], told["received"], told["online"], told["returned"], told["after"]) == ("clerks", 3, 2, 2, 1)
    assert told["open"] is None
    services = [{"code": "HT", "received": 3, "online": 2, "returned": 2, "before": 1, "on": 0, "after": 1}]
    assert told["services"] == services
    hub.keep_time()
    clock.at = hanoi("08:00", "2027-01-04")
    hub.keep_time()
    adding_up = AddingUp(hub)
    while adding_up.step():
        pass
    assert of_range(hub, "2026-11-01", "2026-11-30")["dossiers"]["services"] == services


@pytest.mark.parametrize(
    ("first", "last", "error"),
    [(DAY, "2026-11-22", BadPeriod), ("2016-11-22", DAY, PeriodTooLong)],
)
def test_a_span_that_cannot_be_is_refused(hub: Hub, first: str, last: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        of_range(hub, first, last)


def test_ten_years_are_a_span(hub: Hub) -> None:
    assert of_range(hub, "2016-11-23", DAY)["tickets"]["issued"] == 0


@pytest.fixture
def long_past(hub: Hub, clock: HandClock) -> Hub:
    """Some citizens on days of three months and two years, with waits of seven minutes and more."""
    for number, day in enumerate(("2026-11-24", "2026-12-01", "2026-12-31", "2027-01-04", "2027-02-01", "2027-03-03")):
        clock.at = hanoi("09:00", day)
        hub.handle(cmd.OpenCounter(1, "lan"))
        for late in range(2):
            take(hub)
            clock.go(420 + 333.333 * number + 600 * late)
            serve(hub, clock, walk=7 + number, handle=300 + 700 * late)
        gone = take(hub)
        clock.go(901)
        hub.handle(cmd.CancelTicket(gone))
    return hub


def test_months_and_years_that_were_added_up_tell_what_the_rows_tell(long_past: Hub) -> None:
    spans = [
        ("2026-12-01", "2026-12-30"),
        ("2026-12-01", "2027-01-31"),
        ("2026-11-24", "2027-03-31"),
        ("2026-12-31", "2027-02-01"),
    ]
    from_rows = [of_range(long_past, *span) for span in spans]
    adding_up = AddingUp(long_past)
    while adding_up.step():
        pass
    kept = [span for (span,) in long_past.store.reads.execute("SELECT span FROM rollup ORDER BY span")]
    assert kept == ["2026", "2026-11", "2026-12", "2027-01", "2027-02"]
    for span, told in zip(spans, from_rows, strict=True):
        rolled = of_range(long_past, *span)
        apart = percentiles_apart(told, rolled)
        assert min(apart) >= 0
        assert max(apart) <= 10
        assert without_percentiles(rolled) == without_percentiles(told)


def test_a_new_target_judges_the_past_anew(long_past: Hub) -> None:
    adding_up = AddingUp(long_past)
    while adding_up.step():
        pass
    for service in list(long_past.hall.services.values()):
        long_past.handle(cmd.SaveService(service.__class__(service.code, service.letter, service.name, target_s=60)))
    assert of_range(long_past, "2026-12-01", "2026-12-31")["waits"]["within_target"] == 0
    assert adding_up.step()


def test_what_is_added_up_while_the_hub_stops_is_not_written(long_past: Hub) -> None:
    """The month was read when the store was closed."""

    def read_and_meanwhile_stop(read: Callable[[], Any]) -> Any:
        made = read()
        adding_up.stop()
        long_past.store.close()
        return made

    adding_up = AddingUp(long_past, read_and_meanwhile_stop)
    assert not adding_up.step()
    assert not adding_up.step()


def test_a_report_writes_nothing(long_past: Hub, state: Callable[[Hub], object]) -> None:
    before = state(long_past)
    of_range(long_past, "2026-01-01", "2027-12-31")
    assert state(long_past) == before


@pytest.fixture
def state() -> Callable[[Hub], object]:
    return lambda hub: hub.store.db.execute("SELECT total_changes()").fetchone()


def percentiles_apart(one: Report, other: Report) -> list[float]:
    pairs = [(one[key], other[key]) for key in ("waits", "handling")]
    for table in ("services", "counters", "clerks"):
        pairs += [
            (a[key], b[key]) for a, b in zip(one[table], other[table], strict=True) for key in ("waits", "handling")
        ]
    return [b[p] - a[p] for a, b in pairs if a["count"] for p in ("p50_s", "p90_s")]


def without_percentiles(report: Report) -> Report:
    def clean(value: Any) -> Any:
        if isinstance(value, list):
            return [clean(each) for each in value]
        if isinstance(value, dict):
            return {key: clean(each) for key, each in value.items() if key not in ("p50_s", "p90_s")}
        return value

    plain: Report = json.loads(json.dumps(clean(report)))
    return plain


def test_the_last_two_hours_show_who_waited_too_long(hub: Hub, clock: HandClock) -> None:
    """One is called after 20 minutes, one still waits 11 minutes later, one was cancelled."""
    take(hub)
    gone = take(hub)
    clock.go(20 * 60)
    hub.handle(cmd.CallNext(1))
    hub.handle(cmd.CancelTicket(gone))
    take(hub)
    clock.go(11 * 60)
    found = reports.recent(hub.store.reads, hub.hall, clock.at)
    points = next(each["points"] for each in found["services"] if each["code"] == "HT")
    told = {(point["at"] - clock.at) // 60_000: (point["waiting"], point["amber"], point["late"]) for point in points}
    assert told[0] == (1, 1, 0)
    assert told[-5] == (1, 0, 0)
    assert told[-15] == (2, 0, 2)
    assert told[-20] == (2, 2, 0)
    assert told[-30] == (2, 0, 0)
    assert told[-35] == (0, 0, 0)
