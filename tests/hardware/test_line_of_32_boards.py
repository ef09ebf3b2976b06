"""The fullest line that RS-485 allows, at its true speed. How fast it is, `make bench` says."""

from pathlib import Path

from tests.hardware.full_line import BOARDS, CALLED, FullLine


def test_ten_calls_in_a_second_end_right_on_all_32_boards_and_no_number_is_sent_after_it_was_replaced(tmp_path: Path):
    with FullLine.running(tmp_path, blink_s=0.6) as line:
        line.call_ten(blink_s=0.6, timeout_s=20)
        assert BOARDS <= len(line.necessary()) <= BOARDS + len(CALLED)
        for n, wanted in line.wanted.items():
            texts = [passed.changed_to for passed in line.far.passed if passed.address == n and passed.changed_to]
            assert texts == sorted(texts), f"board {n} went back"
            assert texts[-1] == wanted[-1].text
        assert line.stale() == []
