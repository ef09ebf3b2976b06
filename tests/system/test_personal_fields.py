"""Home visits, and who learns of whom a booking is: those who need it, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.core import commands as cmd
from app.store.backup import backup
from tests.system import appointing
from tests.system.appointing import MARKS, MONDAY, TOLD, TUESDAY, book, bookings, citizen, clock, visit

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.system.within import Office


# the tests below ask for them by these names
ready, folder, office = appointing.ready, appointing.folder, appointing.office


# Home visits


def test_a_clerk_sees_where_to_go_and_nobody_elses_visits(office: Office) -> None:
    visit(office, "minh")
    [mine] = bookings(office, "minh", TUESDAY)
    assert mine["mine"]
    assert mine["personal"] == TOLD
    [others] = bookings(office, "lan", TUESDAY)
    assert (others["personal"], others["personal_state"]) == (None, "hidden")
    [leaders] = bookings(office, "phu-trach", TUESDAY)
    assert leaders["personal"] == TOLD


def test_nobody_takes_a_strangers_visit_to_learn_the_address(office: Office) -> None:
    id_ = visit(office, "minh")["id"]
    take = {"day": TUESDAY, "at": "14:00", "clerk": "lan"}
    assert office.refused("PUT", f"/bookings/{id_}", take, by="lan") == (403, "role_forbids")
    assert office.refused("POST", f"/bookings/{id_}/done", by="lan") == (403, "role_forbids")
    office.ok("PUT", f"/bookings/{id_}", take, by="minh")  # handed over
    assert bookings(office, "lan", TUESDAY)[0]["personal"] == TOLD
    assert office.ok("POST", f"/bookings/{id_}/done", by="lan")["state"] == "done"


def test_a_visit_is_moved_with_its_address_and_kept_as_long_again(office: Office) -> None:
    id_ = visit(office, "minh")["id"]
    office.ok("PUT", f"/bookings/{id_}", {"day": "2026-11-26", "at": "09:30", "clerk": "minh"})
    [moved] = bookings(office, "minh", "2026-11-26")
    assert moved["at"].startswith("2026-11-26T09:30")
    assert moved["personal"] == TOLD
    row = office.parts.store.reads.execute("SELECT keep_until FROM personal").fetchone()
    assert row == ("2026-12-26",)
    office.ok(
        "PUT", f"/bookings/{id_}", {"day": "2026-11-26", "at": "09:30", "clerk": "minh", "address": "5 Hùng Vương"}
    )
    assert bookings(office, "minh", "2026-11-26")[0]["personal"]["address"] == "5 Hùng Vương"


def test_citizens_and_machines_plan_no_visits(office: Office) -> None:
    wish = {"kind": "visit", "service": "XH", "day": TUESDAY, "at": "14:00", "clerk": "nobody-here"}
    refused = citizen(office, "POST", "/bookings", wish)
    assert refused.json is not None
    assert (refused.status_code, refused.json["code"]) == (403, "role_forbids")
    assert office.refused("POST", "/bookings", wish, by="kiosk-1") == (403, "role_forbids")
    assert office.refused("POST", "/bookings", wish) == (404, "unknown_person")


# Who knows of whom it is


def test_the_clerks_of_a_service_know_who_comes_and_others_do_not(office: Office) -> None:
    booking = book(office, "09:00", **TOLD)
    assert bookings(office, "lan")[0]["personal"] == TOLD
    assert bookings(office, "minh")[0]["personal_state"] == "hidden"
    office.parts.hub.handle(cmd.SaveSkills("minh", ("HT",)))
    assert bookings(office, "minh")[0]["personal"] == TOLD
    assert office.refused("GET", "/bookings", by="kiosk-1") == (403, "role_forbids")
    assert citizen(office, "GET", "/bookings").status_code == 401
    own = citizen(office, "GET", f"/bookings/{booking['id']}")
    assert own.status_code == 200
    assert not any(mark in own.text for mark in MARKS)


def test_nothing_personal_is_in_news_answers_errors_or_calendars(office: Office) -> None:
    staff, hall = office.follow("staff"), office.follow("hall")
    wish = {"kind": "slot", "service": "HT", "day": MONDAY, "at": "09:00", **TOLD}
    made, planned = citizen(office, "POST", "/bookings", wish), visit(office, "minh")
    mistakes: tuple[dict[str, Any], ...] = (
        {"phone": MARKS[0]},
        {"name": MARKS[0] * 20},
        {"name": [MARKS[0]]},
        {"at": MARKS[0]},
        {},
    )
    said = [made.text, *(citizen(office, "POST", "/bookings", wish | wrong).text for wrong in mistakes)]
    for id_ in (made.get_json()["id"], planned["id"]):
        said += [citizen(office, "GET", f"/bookings/{id_}{more}").text for more in ("", "/calendar.ics")]
    said += [office.ask("GET", path).text for path in (f"/bookings/visits.ics?day={TUESDAY}", "/hall", "/events")]
    said += [str(ear.client.get_received()) for ear in (staff, hall)]
    assert not [text for text in said for mark in MARKS if mark in text]
    assert bookings(office)[0]["personal"] == TOLD


def test_nothing_personal_is_in_any_file_or_in_the_servers_log(
    office: Office, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    wish = {"kind": "slot", "service": "HT", "day": MONDAY, "at": "09:00", **TOLD}
    for wrong in ({"phone": MARKS[0]}, {}, {}):
        citizen(office, "POST", "/bookings", wish | wrong, **{"Idempotency-Key": f"k {wrong}"})
    visit(office, "minh")
    office.parts.store.checkpoint()
    backup(folder / "centre.db", folder / "backup.db")
    key = (folder / "toiluot.key").read_bytes().strip()
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert not [name for name, held in files.items() for mark in MARKS if mark.encode() in held]
    assert [name for name, held in files.items() if key in held] == ["toiluot.key"]
    assert not [mark for mark in MARKS if mark in caplog.text]


def test_whoever_cancels_is_forgotten_at_once(office: Office) -> None:
    booking = book(office, "09:00", **TOLD)
    citizen(office, "POST", f"/bookings/{booking['id']}/cancel")
    [left] = bookings(office)
    assert (left["state"], left["personal_state"]) == ("cancelled", "none")
    assert office.parts.store.reads.execute("SELECT count(*) FROM personal").fetchone() == (0,)


def keep_for(office: Office, days: int) -> None:
    settings = office.parts.hub.hall.settings
    office.parts.hub.handle(cmd.SaveSettings(replace(settings, personal_days=days)))


def kept_until(office: Office) -> list[str]:
    return [day for (day,) in office.parts.store.reads.execute("SELECT keep_until FROM personal ORDER BY keep_until")]


def test_a_centre_that_keeps_names_shorter_keeps_those_it_has_shorter_too(office: Office) -> None:
    book(office, "09:00", **TOLD)
    book(office, "09:00", TUESDAY, **TOLD)
    keep_for(office, 3)
    assert kept_until(office) == ["2026-11-26", "2026-11-27"]
    keep_for(office, 60)
    assert kept_until(office) == ["2026-11-26", "2026-11-27"], "they were told so"
    clock(office, "07:00", TUESDAY)
    office.parts.hub.keep_time()
    keep_for(office, 0)
    assert kept_until(office) == [TUESDAY], "Monday's is over"
    clock(office, "07:00", "2026-11-25")
    office.parts.hub.keep_time()
    assert kept_until(office) == []


def test_what_the_command_line_has_shortened_is_shorter_from_the_next_day_on(office: Office) -> None:
    """Nobody listened when it was saved."""
    book(office, "09:00", **TOLD)
    office.parts.hub.listeners.remove(office.parts.one_each.hear)
    keep_for(office, 0)
    office.parts.hub.listeners.append(office.parts.one_each.hear)
    clock(office, "07:00", TUESDAY)
    office.parts.hub.keep_time()
    assert kept_until(office) == []


def test_who_tells_nothing_leaves_nothing(office: Office, folder: Path) -> None:
    book(office, "09:00")
    assert bookings(office)[0]["personal_state"] == "none"
    assert not (folder / "toiluot.key").exists()


def test_without_the_key_the_list_goes_on(office: Office, folder: Path) -> None:
    book(office, "09:00", **TOLD)
    (folder / "toiluot.key").unlink()
    assert bookings(office)[0]["personal_state"] == "key_missing"
    book(office, "09:30", **TOLD)
    assert [each["personal_state"] for each in bookings(office)] == ["other_key", "open"]
