"""The dossiers of a span of days, of the whole centre and by service."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from app.store import dossiers
from app.store.load import select
from app.store.reports.gather import DOSSIERS

Facts = dict[str, Any]
Entered = Mapping[str, Mapping[str, int]]

BY_SERVICE = """SELECT service AS code, sum(came) AS received, sum(online) AS online, sum(went) AS returned,
                       sum("before") AS "before", sum("on") AS "on", sum("after") AS "after" FROM (
                  SELECT service, 1 AS came, channel = 'online' AS online,
                         0 AS went, 0 AS "before", 0 AS "on", 0 AS "after"
                  FROM dossier WHERE received_on BETWEEN ?1 AND ?2
                  UNION ALL
                  SELECT service, 0, 0, 1, ifnull(returned_on < due_on, 0), ifnull(returned_on = due_on, 0),
                         ifnull(returned_on > due_on, 0)
                  FROM dossier WHERE returned_on BETWEEN ?1 AND ?2)
                GROUP BY service ORDER BY service"""


def of_dossiers(db: Database, first: str, last: str, today: str, entered: Entered, *, timezone: str) -> Facts:
    """As `dossiers.told`, and what each service received and returned; `entered`: the clerks' counts by service.

    A service that the centre does not know is called as the dossier system calls it, "" where it says nothing.
    """
    whole = {name: sum(counts[name] for counts in entered.values()) for name in DOSSIERS}
    told = dossiers.told(db, first, last, today, whole, timezone=timezone)
    of_the_system = told["source"] == "system"
    services = select(db, BY_SERVICE, first, last) if of_the_system else _of_the_clerks(entered)
    return {**told, "services": [*services]}


def _of_the_clerks(entered: Entered) -> Iterator[Facts]:
    for code, counts in sorted(entered.items()):
        returned = {when: counts[f"returned_{when}"] for when in ("before", "on", "after")}
        yield {
            "code": code,
            "received": counts["received_online"] + counts["received_in_person"],
            "online": counts["received_online"],
            "returned": sum(returned.values()),
            **returned,
        }
