"""What the process beside the hub told, kept in a file beside the database for the process after it (decision 0012).

It is no part of the centre's truth: without it the next process tells anew, and learns anew how wide ranges must be.
"""

import json
import logging
from collections import deque
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.core.hall import Hall, TicketState
from app.planning.calibration import REMEMBERED, Calibration, Case, Foreseen, Range
from app.planning.foresee import Newcomer
from app.planning.steady import Told
from app.planning.telling import Telling

log = logging.getLogger(__name__)
DIGITS = 2  # of a minute


def file_beside(database: Path) -> Path:
    return database.with_name(database.name + "-told.json")


def keep(database: Path, telling: Telling) -> None:
    """Where it cannot be written, only what happens after a restart is worse: a warning."""
    file = file_beside(database)
    new = file.with_name(file.name + ".new")
    try:
        new.touch(mode=0o600)  # an id of a ticket is its holder's secret
        new.write_text(json.dumps(_plain(telling), separators=(",", ":")), "utf-8")
        new.replace(file)
    except OSError as error:
        log.warning("what was told is not kept for a restart: %s", error)


def recall(database: Path, hall: Hall) -> Telling:
    """Of those who still wait in this hall; a fresh Telling where there is no such file, or none that can be read."""
    file = file_beside(database)
    try:
        return _telling_from(json.loads(file.read_text("utf-8")), hall)
    except FileNotFoundError:
        return Telling()
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("%s is not read, and ranges are learnt anew: %r", file, error)
        return Telling()


def _plain(telling: Telling) -> dict[str, Any]:
    cases = [(*_rounded(case.foreseen), round(case.came, DIGITS)) for case in telling.calibration.cases]
    return {
        "calibration": asdict(telling.calibration) | {"cases": cases},
        "newcomers": [(*who, *told.range, told.at, told.doubts) for who, told in telling.newcomers.items()],
        "waiting": [(*line, *told.range, told.at, told.doubts) for line, told in telling.waiting.items()],
        "at_issue": [(id_, *_rounded(foreseen)) for id_, foreseen in telling.at_issue.items()],
    }


def _rounded(foreseen: Foreseen) -> Foreseen:
    return Foreseen(round(foreseen.expected, DIGITS), round(foreseen.spread, DIGITS))


def _telling_from(plain: dict[str, Any], hall: Hall) -> Telling:
    """Whoever was called since, or came, is not known of; the hall tells who still waits."""
    known = plain["calibration"]
    cases = deque((Case(Foreseen(*foreseen), came) for *foreseen, came in known["cases"]), maxlen=REMEMBERED)
    waits = {id_ for id_, ticket in hall.tickets.items() if ticket.state is TicketState.WAITING}
    return Telling(
        Calibration(**known | {"cases": cases, "band": tuple(known["band"])}),
        {Newcomer(service, priority): _told(*told) for service, priority, *told in plain["newcomers"]},
        {(id_, service): _told(*told) for id_, service, *told in plain["waiting"] if id_ in waits},
        at_issue={id_: Foreseen(*foreseen) for id_, *foreseen in plain["at_issue"] if id_ in waits},
    )


def _told(low: int, high: int, at: int, doubts: int) -> Told:
    return Told(Range(low, high), at, doubts)
