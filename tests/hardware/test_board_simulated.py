"""A simulated board takes bytes as the real one would: in pieces, amid noise, and only its own."""

from hypothesis import given
from hypothesis import strategies as st

from hardware.boards.state import BoardState, Kind
from hardware.drivers import build
from hardware.protocols import rtu

OPTIONS = {"preset": "led-485", "reply": {"expect": "4F4B"}}


def test_a_frame_in_pieces_between_noise_is_understood_and_answered():
    board = build("frame", 1, OPTIONS).simulate()
    answers = [board.receive(piece) for piece in (b"\xff$00", b"1,A0", b"12#$0")]
    assert board.shown == "A012"
    assert answers == [b"", b"", b"OK"]


def test_a_board_ignores_what_is_meant_for_its_neighbour():
    board = build("frame", 2, OPTIONS).simulate()
    assert board.receive(b"$001,A012#") == b""
    assert board.shown == ""


def test_a_broken_frame_does_not_hide_the_good_one_after_it():
    board = build("frame", 1, OPTIONS).simulate()
    board.receive(b"$001,A0$001,A012#")
    assert board.shown == "A012"


def test_a_test_question_is_answered_without_a_change():
    driver = build("frame", 1, OPTIONS)
    board, question = driver.simulate(), driver.probe()
    board.receive(b"$001,A012#")
    assert question is not None
    assert question.data == b"$001,01&"
    assert board.receive(question.data) == b"OK"
    assert board.shown == "A012"


def test_a_slave_refuses_registers_that_it_does_not_have():
    board = build("modbus", 1, {"preset": "dm56a04"}).simulate()
    assert board.receive(rtu.write_register(1, 9, 1)) == rtu.with_crc(bytes([1, 0x86, 2]))
    assert board.receive(rtu.with_crc(bytes([1, 0x2B, 0, 0]))) == rtu.with_crc(bytes([1, 0xAB, 1]))


def test_a_broadcast_is_taken_in_silence():
    board = build("modbus", 1, {"preset": "led-046-number"}).simulate()
    assert board.receive(rtu.write_register(0, 0, 12)) == b""
    assert board.shown == "12"


def test_a_slave_can_be_read():
    driver = build("modbus", 1, {"preset": "led-046-number"})
    board, question = driver.simulate(), driver.probe()
    board.receive(rtu.write_register(1, 0, 12))
    assert question is not None
    assert board.receive(question.data) == rtu.with_crc(bytes([1, 3, 2, 0, 12]))


families = st.sampled_from([("frame", OPTIONS), ("modbus", {"preset": "led-485"}), ("modbus", {"preset": "dm56a04"})])


@given(families, st.from_regex(r"[A-Z][0-9]{3}", fullmatch=True), st.lists(st.binary(max_size=40), max_size=8))
def test_no_noise_keeps_a_board_from_its_next_number(
    family: tuple[str, dict[str, object]], number: str, noise: list[bytes]
):
    driver = build(family[0], 1, family[1])
    board = driver.simulate()
    for burst in noise:
        board.receive(burst)
    for frame in driver.frames(BoardState(Kind.NUMBER, number)):
        board.receive(frame.data)
    assert board.shown == number
