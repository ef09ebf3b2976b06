"""Every role and every kind of command: who may, who may at the own counter only, who may not."""

import pytest
from office import LAND, Office

from app.core import commands as cmd
from app.core.decide import HANDLERS
from app.core.errors import NotYourCounter, RoleForbids
from app.core.hall import Expected, Move, Settings
from app.core.permissions import SYSTEM, Actor, Role, check

MOVE, EXPECTED = Move("open", 2), Expected(5.0, 2.0, 8.0, 0.9)
COMMANDS: list[cmd.Command] = [
    cmd.StartDay(),
    cmd.IssueTicket("x", "HT"),
    cmd.ReturnTicket("x"),
    cmd.CancelTicket("x"),
    cmd.CloseTicket("x"),
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
PRESSES = {"CallNext", "CallTicket", "Recall", "Arrive", "Finish", "Miss", "Park", "Transfer", "UndoPress"}
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
TICKETS = {"IssueTicket", "ReturnTicket", "CancelTicket"}

MAY = {
    Role.SYSTEM: EVERYTHING,
    Role.ADMIN: EVERYTHING,
    Role.SUPERVISOR: EVERYTHING - CENTRE,
    Role.CLERK: TICKETS | CLERKS_OWN | {"CloseTicket", "OpenCounter"},
    Role.KIOSK: TICKETS,
    Role.ROBOT: TICKETS,
    Role.AGENT: AT_THE_DESK,
    Role.DISPLAY: set(),
    Role.CITIZEN: {"CancelTicket"},
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


def test_a_clerk_cannot_seat_somebody_else(office: Office):
    with pytest.raises(RoleForbids):
        check(office.hall, cmd.OpenCounter(2, "minh"), Actor("lan", Role.CLERK))


def test_a_counter_that_is_not_there_is_for_the_rules_to_name(office: Office):
    check(office.hall, cmd.CallNext(9), Actor("lan", Role.CLERK))


def test_the_log_names_role_and_person():
    assert Actor("lan", Role.CLERK).label == "clerk:lan"
    assert SYSTEM.label == "system:hub"
