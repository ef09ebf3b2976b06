"""Reports of what took too long: handling beyond its target, and people who gave up waiting."""

from typing import Any

from centre import HandClock, hanoi, take

from app.core import commands as cmd
from app.hub import Hub
from app.store import reports


def of_day(hub: Hub) -> dict[str, Any]:
    return reports.of_day(hub.store.reads, "2026-11-23", hub.hall)


def civil(report: dict[str, Any]) -> dict[str, Any]:
    return next(each for each in report["services"] if each["code"] == "HT")


def test_an_overrun_is_a_finished_visit_and_nothing_else(hub: Hub, clock: HandClock) -> None:
    """One is sent on after an hour at a counter, with a reason told, and is served there quickly."""
    hub.handle(cmd.OpenCounter(3, "minh"))
    ticket = take(hub)
    hub.handle(cmd.CallNext(1))
    clock.go(3600)
    hub.handle(cmd.ExplainOverrun(1, ticket, "papers"))
    hub.handle(cmd.Transfer(1, service="DD"))
    hub.handle(cmd.CallNext(3))
    clock.go(300)
    hub.handle(cmd.Finish(3))
    report = of_day(hub)
    assert (report["overruns"]["count"], report["overruns"]["services"]) == (0, [])
    assert not any(each["count"] for each in report["overruns"]["explained"])
    assert civil(report)["handling"]["within_target"] == 0


def test_who_gives_up_after_the_target_is_told_and_counts_in_no_wait(hub: Hub, clock: HandClock) -> None:
    """One goes home in time, one too late; one missed a call; one is there still when the day ends."""
    early, late, called, left = (take(hub) for _ in range(4))
    hub.handle(cmd.CallTicket(1, ticket=called))
    hub.handle(cmd.Miss(1))
    clock.go(900)
    hub.handle(cmd.CancelTicket(early))
    clock.go(1)
    hub.handle(cmd.CancelTicket(late))
    clock.at = hanoi("07:00", "2026-11-24")
    hub.keep_time()
    assert {hub.store.reads.execute("SELECT state FROM ticket WHERE id = ?", (left,)).fetchone()[0]} == {"closed"}
    report = of_day(hub)
    assert report["tickets"]["left_late"] == civil(report)["left_late"] == 2
    assert (report["waits"]["count"], report["waits"]["within_target"]) == (1, 1)
