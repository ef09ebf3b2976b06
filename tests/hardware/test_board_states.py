"""What a board shows for a counter, and in which characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scripted import Script

from hardware.boards.charset import CharsetName, fit, render, strip_to_ascii
from hardware.boards.state import (
    EVERY_SEGMENT,
    BoardState,
    Kind,
    Look,
    board_state,
    lighting,
    offline_state,
    test_state,
)
from hardware.drivers.base import Frame
from hardware.hall import Counter
from hardware.protocols.errors import CannotShow

LOOK = Look(free="----", paused="PAUS", blink_s=3)


def counter(state: str = "open", number: str | None = None) -> Counter:
    ticket = {"id": "x", "number": number, "state": "called"} if number else None
    return Counter.model_validate({"number": 1, "state": state, "ticket": ticket, "own": ["HT"]})


def test_a_called_number_blinks_and_then_stands():
    assert board_state(counter(number="A012"), LOOK, fresh_call=True) == BoardState(Kind.NUMBER, "A012", 3)
    assert board_state(counter(number="A012"), LOOK) == BoardState(Kind.NUMBER, "A012")


def test_an_open_counter_with_nobody_shows_that_it_is_free():
    assert board_state(counter(), LOOK).text == "----"


def test_a_paused_counter_says_so_but_not_over_the_citizen_still_there():
    assert board_state(counter("paused"), LOOK) == BoardState(Kind.PAUSED, "PAUS")
    assert board_state(counter("paused", "A012"), LOOK).text == "A012"


def test_a_closed_or_unknown_counter_is_dark():
    assert board_state(counter("closed"), LOOK) == board_state(None, LOOK) == BoardState(Kind.CLOSED, "")


def test_the_offline_mark_is_the_boards_own_where_it_has_one():
    assert offline_state(LOOK, "--").text == "--"
    assert offline_state(Look(offline="EEEE"), "--").text == "EEEE"


def test_a_board_that_is_looked_for_blinks_with_every_segment_or_its_counters_number():
    assert test_state(LOOK, EVERY_SEGMENT) == BoardState(Kind.TEST, "8888", 10)
    assert test_state(Look(charset="digits"), "Q12", blink_s=3) == BoardState(Kind.TEST, "12", 3)


@pytest.mark.parametrize(
    ("charset", "text", "shown"),
    [
        ("ascii", "A012", "A012"),
        ("ascii", "Quầy Đ1", "Quay D1"),
        ("seg7", "A012", "A012"),
        *(("seg7", f"{letter}012", "012") for letter in "KMVWXkmvwx"),
        ("digits", "A012", "012"),
        ("digits", "--", "--"),
    ],
)
def test_what_the_board_cannot_draw_is_left_out(charset: CharsetName, text: str, shown: str):
    assert render(text, charset) == shown


def test_a_letter_can_be_told_by_a_digit():
    assert render("B012", "digits", {"A": "1", "B": "2"}) == "2012"


@pytest.mark.parametrize(("text", "width", "shown"), [("A012", 4, "A012"), ("A012", 3, "012"), ("A012", 2, "12")])
def test_a_narrow_board_drops_the_letter_then_leading_zeros(text: str, width: int, shown: str):
    assert fit(text, width) == shown


def test_no_digit_is_ever_cut():
    assert fit("A123", 2) == "A123"


@given(st.text())
def test_any_text_becomes_printable_ascii(text: str):
    assert all(" " <= character <= "~" for character in strip_to_ascii(text))


class NoEights(Script):
    """A board that has numbered lamps, up to 7."""

    def frames(self, state: BoardState) -> list[Frame]:
        if "8" in state.text:
            raise CannotShow(state.text, "there is no 8")
        return super().frames(state)


def test_a_board_that_has_no_eight_is_lit_with_its_counters_number():
    assert lighting(LOOK, NoEights(), 3).text == "3"
