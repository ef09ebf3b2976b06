"""What a simulated clerk tells at the end of a visit."""

from collections import Counter as Tally
from random import Random

from app.core.hall import OVERRUN_REASONS, Dossiers
from app.demo.telling import AT_ONCE, HANDS_BACK, papers_of, why_so_long


def test_results_are_fetched_where_they_are_handed_back_and_most_are_in_time():
    told = Tally[str]()
    rng = Random(1)  # noqa: S311
    for _ in range(1000):
        told.update(papers_of(HANDS_BACK, rng))
    assert told.keys() == {"returned_before", "returned_on", "returned_after"}
    assert told["returned_before"] > told["returned_on"] > told["returned_after"]


def test_dossiers_come_online_and_in_person_elsewhere():
    told = Tally[str]()
    rng = Random(1)  # noqa: S311
    for _ in range(1000):
        told.update(papers_of("HT", rng))
    assert told.keys() == {"received_online", "received_in_person"}


def test_who_waits_for_a_certified_copy_takes_it_home():
    told = Dossiers(**papers_of(AT_ONCE, Random(1)))  # noqa: S311
    assert told.received_in_person == told.returned_before > 0


def test_some_clerks_say_why_it_took_so_long():
    rng = Random(1)  # noqa: S311
    assert {why_so_long(rng) for _ in range(1000)} == {"", *OVERRUN_REASONS}
