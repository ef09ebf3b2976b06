"""What a screen shows before its script runs: plain values for the templates, from a snapshot of the feed.

The scripts in static/ follow the same rules (hall-view.js); a test holds the two together.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from displays import notice_turns

Row = Mapping[str, Any]

COUNTERS_A_PAGE = 10
SERVICES_A_PAGE = 3
MESSAGES_A_PAGE = 2
CALLS_LISTED = 5
PAGE_STAYS_S = 8
CALL_STAYS = timedelta(minutes=10)
"""So long a call stays large when no other one follows; after that the hall's state is the news."""

CALL_STAYS_BEFORE_NOTICES = timedelta(minutes=1)
"""Long enough to walk to the counter: in a full hall there is always a call, and notices would never be seen."""


def lobby_tv(hall: Row) -> dict[str, Any]:
    """The lobby TV's first picture."""
    now = datetime.fromisoformat(hall["now"])
    calls = _latest_of_each_ticket(hall["calls"])
    turn = int(now.timestamp() // (PAGE_STAYS_S * hall["clock_rate"]))
    notices = notice_turns.due(hall["notices"], now)
    stays = CALL_STAYS_BEFORE_NOTICES if notices else CALL_STAYS
    hero = _standing_call(calls, hall["counters"], now - stays)
    notice = notice_turns.present(notices, now, hall["clock_rate"]) if notices and not hero else None
    return {
        "time": _hhmm(hall["now"]),
        "hero": hero,
        "notice": notice,
        "notice_size": notice_turns.size_of(notice) if notice else "",
        "messages": page_of(notice_turns.messages(hall["notices"], now), MESSAGES_A_PAGE, turn)["rows"],
        "calls": [call for call in calls if call is not hero][:CALLS_LISTED],
        "counters": page_of(sorted(hall["counters"], key=_number), COUNTERS_A_PAGE, turn),
        "services": page_of(hall["services"], SERVICES_A_PAGE, turn),
        "open": sum(counter["state"] == "open" for counter in hall["counters"]),
        "waiting": sum(service["waiting"] for service in hall["services"]),
    }


def counter_screen(hall: Row) -> dict[str, Any]:
    """One counter's first picture: `kind` is called, serving, ready, paused or closed."""
    counter = hall["counters"][0]
    ticket = counter["ticket"]
    served = [service for service in hall["services"] if service["code"] in counter["own"]]
    kind = ticket["state"] if ticket else ("ready" if counter["state"] == "open" else counter["state"])
    return {"time": _hhmm(hall["now"]), "counter": counter, "kind": kind, "ticket": ticket, "services": served}


def boards(devices: Sequence[Row]) -> list[dict[str, Any]]:
    """All boards of all agents, in the order of their counters."""
    found = [{**board, "agent": device["name"]} for device in devices for board in device["boards"]]
    return sorted(found, key=lambda board: (board["counter"] is None, board["counter"] or 0, board["name"]))


def page_of(rows: Sequence[Row], most: int, turn: int) -> dict[str, Any]:
    """The page of `rows` that is up at `turn`: spread evenly over as few pages of at most `most` as hold them.

    Turns are counted by the hub's clock, so that all the screens of a hall turn together.
    """
    pages = max(1, ceil(len(rows) / most))
    page = turn % pages
    first, after = page * len(rows) // pages, (page + 1) * len(rows) // pages
    return {"rows": rows[first:after], "page": page + 1, "pages": pages, "most": ceil(len(rows) / pages)}


def _standing_call(calls: Sequence[Row], counters: Sequence[Row], after: datetime) -> Row | None:
    """The last call that still holds, if made `after`: whoever was called is expected at that counter, or there."""
    present = {counter["number"]: counter["ticket"]["id"] for counter in counters if counter["ticket"]}
    holding = next((call for call in calls if present.get(call["counter"]) == call["ticket"]), None)
    return holding if holding and datetime.fromisoformat(holding["at"]) > after else None


def _latest_of_each_ticket(calls: Sequence[Row]) -> list[Row]:
    """Without the earlier calls of a ticket that was called again."""
    latest = dict[str, Row]()
    for call in calls:
        latest.setdefault(call["ticket"], call)
    return list(latest.values())


def _number(counter: Row) -> int:
    number: int = counter["number"]
    return number


def _hhmm(time: str) -> str:
    return time[11:16]
