"""What a citizen is told: how many will be called before."""

import pytest
from office import Office

from app.core.routing import people_ahead


def told(office: Office) -> dict[str, int]:
    """What each one waiting for civil status would be told now."""
    queue = office.hall.queue("HT")
    waiting = [standing.ticket for line in (queue.ordinary, queue.priority) for standing in line]
    return {id_: people_ahead(office.hall, office.ticket(id_)) for id_ in waiting}


def called_in_fact(office: Office) -> list[str]:
    order = []
    while called := office.next(1):
        order.append(called)
    return order


@pytest.mark.parametrize("every", [1, 2, 3, 5])
@pytest.mark.parametrize("before", [0, 1, 2, 4])
@pytest.mark.parametrize("line", ["oopop", "ppooo", "ooooppp", "o", "p", "poooooopppoo"])
def test_what_is_told_is_what_comes(office: Office, every: int, before: int, line: str) -> None:
    """Whatever was called earlier in the day, and wherever the priority citizens stand."""
    office.set(priority_every=every)
    for kind in "poooo"[: before + 1]:
        office.take(priority="elderly" if kind == "p" else None)
        office.serve(1)
    for kind in line:
        office.take(priority="elderly" if kind == "p" else None)
    promised = told(office)
    assert promised == {id_: place for place, id_ in enumerate(called_in_fact(office))}
