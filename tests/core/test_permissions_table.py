"""Every role and every kind of command: who may, who may at the own counter only, who may not."""

from dataclasses import replace

import pytest
from office import LAND, Office

from app.core import commands as cmd
from app.core.advice import Expected, Move
from app.core.centre import Notice, Settings
from app.core.decide import HANDLERS
from app.core.errors import NotYourCounter, RoleForbids
from app.core.hall import CounterKind
from app.core.permissions import SYSTEM, Actor, Role, check

MOVE, EXPECTED = Move("open", 2), Expected(5.0, 2.0, 8.0, 0.9)
COMMANDS: list[cmd.Command] = [
    cmd.StartDay(),
    cmd.IssueTicket("x", "HT"),
    cmd.ReturnTicket("x"),
    cmd.CancelTicket("x"),
    cmd.CloseTicket("x"),
    cmd.GivePriority("x", "elderly"),
    cmd.ConfirmPriority("x"),
    cmd.LetPass("x"),
    cmd.RateService("x", 3),
    cmd.BookHome("b", "123456", "HT", 0),
    cmd.BookSlot("b", "123456", "HT", "2026-11-23", 0),
    cmd.BookVisit("b", "123456", "HT", "2026-11-23", 0),
    cmd.ChangeVisit("b", "2026-11-23", 0, "lan"),
    cmd.FinishVisit("b"),
    cmd.CancelBooking("b"),
    cmd.CheckIn("b", "x"),
    cmd.LapseBookings(),
    cmd.AskAssistance("counter:1"),
    cmd.GiveAssistance("counter:1"),
    cmd.SaveNotice(Notice("n", "text", "Nghỉ lễ")),
    cmd.RemoveNotice("n"),
    cmd.SaveSlots(()),
    cmd.SaveClosedDays(()),
    cmd.RefusePriority(1),
    cmd.CallNext(1),
    cmd.CallTicket(1, ticket="x"),
    cmd.Recall(1),
    cmd.Arrive(1),
    cmd.Finish(1),
    cmd.Miss(1),
    cmd.Park(1),
    cmd.Transfer(1, service="DD"),
    cmd.UndoPress(1),
    cmd.OpenCounter(1, "lan"),
    cmd.PauseCounter(1),
    cmd.CloseCounter(1),
    cmd.SetCounterServices(1, ("HT",), ()),
    cmd.PlanBreaks(1, ()),
    cmd.ExplainOverrun(1, "x", "papers"),
    cmd.RecordDossiers(1, "x", 1),
    cmd.AcceptAdvice("a", MOVE, EXPECTED),
    cmd.DeclineAdvice("a", MOVE, EXPECTED, "other"),
    cmd.SaveSkills("lan", ("HT",)),
    cmd.SaveRota(()),
    cmd.SaveSettings(Settings()),
    cmd.SaveService(LAND),
    cmd.RemoveService("DD"),
    cmd.SaveCounter(1, "", ("HT",), ()),
    cmd.RemoveCounter(1),
    cmd.ReplaceCatalogue(()),
    cmd.Note("what", "who"),
    cmd.Together((cmd.SaveSettings(Settings()), cmd.SaveService(LAND))),
]
PRESSES = {
    "CallNext",
    "CallTicket",
    "Recall",
    "Arrive",
    "Finish",
    "Miss",
    "Park",
    "Transfer",
    "UndoPress",
    "RefusePriority",
}
AT_THE_DESK = PRESSES | {"PauseCounter", "CloseCounter", "ExplainOverrun", "RecordDossiers"}
CLERKS_OWN = AT_THE_DESK | {"PlanBreaks"}
CENTRE = {
    "SaveSettings",
    "SaveService",
    "RemoveService",
    "SaveCounter",
    "RemoveCounter",
    "ReplaceCatalogue",
    "Note",
    "Together",
}
EVERYTHING = {type(command).__name__ for command in COMMANDS}
BY_CITIZENS = {"CancelTicket", "LetPass", "RateService", "BookHome", "BookSlot", "CancelBooking"}
IN_THE_HALL = BY_CITIZENS | {"IssueTicket", "ReturnTicket", "CheckIn", "AskAssistance", "GiveAssistance"}
BY_STAFF = {"GivePriority", "ConfirmPriority", "BookVisit", "ChangeVisit", "FinishVisit", "CloseTicket"}

MAY = {
    Role.SYSTEM: EVERYTHING,
    Role.ADMIN: EVERYTHING - {"RateService"},
    Role.SUPERVISOR: EVERYTHING - CENTRE - {"RateService"},
    # of notices, a clerk may take a message back: there is no other one "n" here
    Role.CLERK: (IN_THE_HALL - {"RateService"}) | BY_STAFF | CLERKS_OWN | {"OpenCounter", "RemoveNotice"},
    Role.KIOSK: IN_THE_HALL,
    Role.ROBOT: IN_THE_HALL,
    Role.AGENT: AT_THE_DESK,
    Role.DISPLAY: {"RateService"},
    Role.CITIZEN: BY_CITIZENS,
}


def test_the_table_knows_every_command_and_every_role():
    assert {type(command) for command in COMMANDS} == set(HANDLERS)
    assert set(MAY) == set(Role)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: type(command).__name__)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_table_says(office: Office, role: Role, command: cmd.Command):
    lan = Actor("lan", role)
    if type(command).__name__ in MAY[role]:
        check(office.hall, command, lan)
    else:
        with pytest.raises(RoleForbids) as refused:
            check(office.hall, command, lan)
        assert refused.value.facts == {"role": role}


@pytest.mark.parametrize(
    "command", [c for c in COMMANDS if type(c).__name__ in CLERKS_OWN], ids=lambda command: type(command).__name__
)
def test_a_clerk_presses_at_the_own_counter_only(office: Office, command: cmd.Command):
    with pytest.raises(NotYourCounter) as refused:
        check(office.hall, command, Actor("minh", Role.CLERK))
    assert refused.value.facts == {"counter": 1}


MESSAGE, PICTURE = Notice("m", "message", "11:30 nghỉ trưa quầy 3"), Notice("p", "text", "Nghỉ lễ")


def test_a_clerk_tells_the_hall_something_but_leaves_the_other_notices_alone(office: Office):
    lan = Actor("lan", Role.CLERK)
    check(office.hall, cmd.SaveNotice(MESSAGE), lan)
    office.do(cmd.SaveNotice(MESSAGE))
    office.do(cmd.SaveNotice(PICTURE))
    check(office.hall, cmd.RemoveNotice("m"), lan)
    for command in (cmd.RemoveNotice("p"), cmd.SaveNotice(replace(MESSAGE, id="p"))):
        with pytest.raises(RoleForbids):
            check(office.hall, command, lan)


def test_a_citizen_takes_a_number_on_the_own_phone_only_where_the_centre_lets_them(office: Office):
    citizen = Actor("", Role.CITIZEN)
    with pytest.raises(RoleForbids):
        check(office.hall, cmd.IssueTicket("x", "HT", channel="phone"), citizen)
    office.set(phone_numbers=True)
    check(office.hall, cmd.IssueTicket("x", "HT", channel="phone"), citizen)
    with pytest.raises(RoleForbids):
        check(office.hall, cmd.IssueTicket("x", "HT", channel="kiosk"), citizen)


def test_the_screen_of_a_station_presses_for_whoever_sits_there(office: Office):
    kiosk = Actor("may-1", Role.KIOSK)
    office.do(cmd.SaveCounter(7, "Máy 1", ("HT",), (), CounterKind.STATION))
    check(office.hall, cmd.CallNext(7), kiosk)
    with pytest.raises(RoleForbids):
        check(office.hall, cmd.CallNext(1), kiosk)


def test_a_clerk_cannot_seat_somebody_else(office: Office):
    with pytest.raises(RoleForbids):
        check(office.hall, cmd.OpenCounter(2, "minh"), Actor("lan", Role.CLERK))


def test_a_counter_that_is_not_there_is_for_the_rules_to_name(office: Office):
    check(office.hall, cmd.CallNext(9), Actor("lan", Role.CLERK))


def test_the_log_names_role_and_person():
    assert Actor("lan", Role.CLERK).label == "clerk:lan"
    assert SYSTEM.label == "system:hub"
