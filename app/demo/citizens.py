"""Simulated citizens: they take numbers, some give up, some come back."""

from collections.abc import Mapping
from typing import Any

from app.demo.office import Office
from app.demo.stage import Story
from app.demo.voice import Refused
from app.planning.chance import arrivals, early_arrivals

SPEAKS_ENGLISH = 0.03
KNOWS_THE_PROCEDURE = 0.6
GIVES_UP = 0.01
PATIENCE_MIN = 20
COMES_BACK = 0.5
AWAY_MIN = (3.0, 10.0)
TWO_MATTERS = 0.05
FORM_FIRST = 0.06
SEVERAL_DOSSIERS = 0.08
SAYS_HOW_IT_WAS = 0.25
SAYS_IT_AFTER_MIN = (1.0, 4.0)
FACES = {3: 0.56, 2: 0.35, 1: 0.09}
WHY_NOT = {"wait": 40, "guidance": 20, "papers": 20, "attitude": 8, "place": 5, "other": 7}
TOO_EARLY_TO_RATE = ("wrong_state", "unknown_ticket", "already_rated", "ratings_off")


def coming(office: Office, *, early_min: float = 0) -> Story:
    """The day's citizens, each at the machine in their minute; first those of `early_min` minutes before."""
    catalogue = _procedures(office)
    classes = office.sight.priority_classes()
    early = early_arrivals(office.scenario, early_min)
    for arrival in [*early, *arrivals(office.scenario, office.rng)]:
        late_min = office.minute() - arrival.minute
        if late_min < 0:
            yield -late_min
        if office.is_over():
            return  # a slow machine lets the last ones come after the doors were shut
        wish: dict[str, Any] = {"service": arrival.service, "channel": "kiosk"}
        if arrival.priority and classes:
            wish |= {"priority": office.rng.choice(classes), "claimed": True}
        if office.rng.random() < SPEAKS_ENGLISH:
            wish["language"] = "en"
        if catalogue.get(arrival.service) and office.rng.random() < KNOWS_THE_PROCEDURE:
            wish["procedure"] = office.rng.choice(catalogue[arrival.service])
        _take_number(office, _whole_visit(office, wish))


def _whole_visit(office: Office, wish: dict[str, Any]) -> dict[str, Any]:
    """Some fill in the form first, some come for two things, some with several dossiers."""
    service = wish["service"]
    if office.form and office.rng.random() < FORM_FIRST:
        without = {name: value for name, value in wish.items() if name != "procedure"}
        return without | {"service": office.form, "then": (service,)}
    others = sorted(each.code for each in office.scenario.services if each.code != service)
    more = dict(wish)
    if others and office.rng.random() < TWO_MATTERS:
        more["then"] = (office.rng.choice(others),)
    if office.rng.random() < SEVERAL_DOSSIERS:
        more["dossiers"] = office.rng.choice((2, 2, 3))
    return more


def rating(office: Office, ticket: str) -> Story:
    """On the phone or at the counter's tablet, some minutes after; many say nothing."""
    if office.rng.random() > SAYS_HOW_IT_WAS:
        return
    face = office.rng.choices(list(FACES), list(FACES.values()))[0]
    reason = office.rng.choices(list(WHY_NOT), list(WHY_NOT.values()))[0] if face == 1 else None
    yield office.rng.uniform(*SAYS_IT_AFTER_MIN)
    try:
        office.door.ask("POST", f"/tickets/{ticket}/rating", {"face": face, "reason": reason})
    except Refused as refusal:
        if refusal.code not in TOO_EARLY_TO_RATE:
            raise
        return
    office.tally["rated"] += 1


def _take_number(office: Office, wish: Mapping[str, Any]) -> None:
    try:
        ticket = office.door.ask("POST", "/tickets", wish)
    except Refused as refusal:
        office.tally["turned away"] += 1
        office.say_once(refusal.code, f"Citizens are turned away: {refusal}")
        return
    office.tally["issued"] += 1
    if office.rng.random() < GIVES_UP:
        office.begin(_giving_up(office, ticket["id"]))


def _giving_up(office: Office, ticket: str) -> Story:
    yield PATIENCE_MIN
    if _still_possible(office, f"/tickets/{ticket}/cancel"):
        office.tally["gave up"] += 1


def coming_back(office: Office, ticket: str, *, parked_at: int | None = None) -> Story:
    """Somebody who was away when called, or who went to photocopy, is here again."""
    if parked_at is None and office.rng.random() > COMES_BACK:
        return
    yield office.rng.uniform(*AWAY_MIN)
    if office.is_over():
        return  # too late for today: the clerk who would serve this one may have gone
    if _still_possible(office, f"/tickets/{ticket}/return") and parked_at is not None:
        office.back[parked_at] += 1


def _still_possible(office: Office, path: str) -> bool:
    """Ask for it; by now the ticket may have been called, served or closed by somebody."""
    try:
        office.door.ask("POST", path)
    except Refused as refusal:
        if refusal.code not in ("wrong_state", "unknown_ticket"):
            raise
        return False
    return True


def _procedures(office: Office) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in office.door.ask("GET", "/procedures")["procedures"]:
        found.setdefault(each["service"], []).append(each["code"])
    return found
