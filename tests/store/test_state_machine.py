"""Everything that people can do, in any order, with the clock going wrong and the hub restarted: what must always hold.

The run is the same every time, so that it also shows that each state is reached; test_every_kind_of_event.py walks
through every command and event.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from machine.citizens import Citizens
from machine.clerks import Clerks
from machine.going_wrong import GoingWrong
from machine.leaders import Leaders
from machine.soundness import Soundness

from app.core.event_data import EVENT_TYPES
from app.core.hall import CounterState, TicketState


class Centre(Citizens, Clerks, Leaders, GoingWrong, Soundness):
    """All of them at once."""


@pytest.mark.long
def test_whatever_people_do_the_centre_stays_sound():
    run_state_machine_as_test(
        Centre,
        settings=settings(
            max_examples=120,
            stateful_step_count=80,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert Centre.ticket_states == set(TicketState)
    assert Centre.counter_states == set(CounterState)
    assert Centre.happened == set(EVENT_TYPES.values())
