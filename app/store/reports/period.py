"""The figures of a span as the pages, programs and sheets get them: seconds and shares (0 to 1)."""

from typing import Any

from app.core.hall import OVERRUN_REASONS, TicketState
from app.store.reports.gather import DOSSIERS
from app.store.reports.standard import Standard
from app.store.reports.sums import Cell, Hour, Mean, Sums, Tally, add_cells

Facts = dict[str, Any]


def period(sums: Sums, standard: Standard, services: list[Facts], people: dict[str, str]) -> Facts:
    """`services`: code and names, in their order; `people`: full names by the name they sign in with."""
    whole = _whole(sums)
    return {
        "days": len(sums.days),
        "tickets": {
            **_by_state(sums, None),
            "transferred": whole.outcomes["transferred"],
            **_missed_calls(whole),
            "left_late": sums.left_late.total(),
        },
        "waits": _stats(whole.waits, standard.otherwise),
        "handling": _stats(whole.handling, standard.shared_handle_target),
        "services": [_service(each, sums, standard) for each in _with_former(services, sums)],
        "counters": [
            {"number": number, "clerks": sorted(who for at, who in sums.stood if at == number), **_work(cell, standard)}
            for number, cell in sorted(sums.counters.items())
        ],
        "clerks": [
            {"clerk": name, "full_name": people.get(name, name), **_work(cell, standard)}
            for name, cell in sorted(sums.clerks.items())
        ],
        "by_day": [
            {
                "day": date,
                "issued": day.issued,
                "served": day.served,
                **_mean(day.waits),
                "wait_p90_s": seconds(day.wait_p90),
            }
            for date, day in sorted(sums.days.items())
        ],
        "by_hour": [{"hour": hour, **_hour(each)} for hour, each in sorted(_of_the_clock(sums).items())],
        "heat": [{"weekday": day, "hour": hour, **_hour(each)} for (day, hour), each in sorted(sums.hours.items())],
        "overruns": _overruns(sums),
        "entered": {
            code: {name: sums.dossiers[code, name] for name in DOSSIERS} for code in {code for code, _ in sums.dossiers}
        },
    }


def _by_state(sums: Sums, service: str | None) -> Facts:
    counts = dict.fromkeys(TicketState, 0)
    for (code, state), count in sums.tickets.items():
        if service in (None, code):
            counts[TicketState(state)] += count
    return {"issued": sum(counts.values()), **{str(state): count for state, count in counts.items()}}


def _missed_calls(cell: Cell) -> Facts:
    """A ticket's state forgets them: who missed a call may come later, and the day's end closes who does not."""
    return {"missed_calls": cell.outcomes["missed"]}


def _whole(sums: Sums) -> Cell:
    cells: dict[str, Cell] = {}
    add_cells(cells, (("", cell) for cell in sums.services.values()))
    return cells.get("", Cell())


def _with_former(services: list[Facts], sums: Sums) -> list[Facts]:
    """Today's services, and those of the span that are no more."""
    known = {each["code"] for each in services}
    former = {code for code, _ in sums.tickets} | sums.services.keys()
    return [*services, *({"code": code, "name": code, "name_en": code} for code in sorted(former - known))]


def _service(service: Facts, sums: Sums, standard: Standard) -> Facts:
    code = service["code"]
    cell = sums.services.get(code, Cell())
    return {
        **service,
        **_by_state(sums, code),
        **_missed_calls(cell),
        "left_late": sums.left_late[code],
        "transfers_out": cell.outcomes["transferred"],
        "waits": _stats(cell.waits, standard.wait_target(code)),
        "handling": _stats(cell.handling, standard.handle_target(code)),
    }


def _work(cell: Cell, standard: Standard) -> Facts:
    """What a counter or a clerk has done. Busy: from the call to the end; idle: open, and nobody there."""
    measured = cell.busy + cell.idle
    return {
        "served": cell.outcomes["finished"],
        "missed": cell.outcomes["missed"],
        "transferred": cell.outcomes["transferred"],
        "waits": _stats(cell.waits, standard.otherwise),
        "handling": _stats(cell.handling, standard.shared_handle_target),
        "walk_s": seconds(cell.walk.total / cell.walk.count) if cell.walk.count else None,
        "busy_s": seconds(cell.busy),
        "idle_s": seconds(cell.idle),
        "busy_share": round(cell.busy / measured, 4) if measured else None,
    }


def _of_the_clock(sums: Sums) -> dict[int, Hour]:
    """The hours of all weekdays together."""
    found: dict[int, Hour] = {}
    for (_weekday, hour), each in sums.hours.items():
        found.setdefault(hour, Hour()).add(each)
    return found


def _hour(hour: Hour) -> Facts:
    return {"issued": hour.issued, **_mean(hour.waits)}


def _overruns(sums: Sums) -> Facts:
    return {
        "count": sums.overruns.total(),
        "explained": [{"reason": reason, "count": sums.reasons[reason]} for reason in OVERRUN_REASONS],
        "services": [{"code": code, "count": count} for code, count in sorted(sums.overruns.items())],
    }


def _mean(mean: Mean) -> Facts:
    if not mean.count:
        return {"waits": 0, "wait_mean_s": None, "within_target": None}
    return {
        "waits": mean.count,
        "wait_mean_s": seconds(mean.total / mean.count),
        "within_target": round(mean.within / mean.count, 4),
    }


def _stats(tally: Tally, target: int | None) -> Facts:
    """Mean, median and 90th percentile (nearest rank); the share within each visit's own target."""
    count = tally.count
    return {
        "count": count,
        "mean_s": seconds(tally.total / count) if count else None,
        "p50_s": seconds(tally.percentile(50)),
        "p90_s": seconds(tally.percentile(90)),
        "within_target": round(tally.within / count, 4) if count else None,
        "target_s": None if target is None else target // 1000,
    }


def seconds(ms: float | None) -> float | None:
    return None if ms is None else round(ms / 1000, 1)
