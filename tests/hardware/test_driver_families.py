"""What holds for every board of every family that is shipped."""

import random

import pytest
from boards import EVERY_PRESET, board, number
from hypothesis import given, settings
from hypothesis import strategies as st
from lines import Running, a_board, a_bus, configured

from hardware.drivers import families
from hardware.drivers.base import Driver, Frame, Panel, Verdict, level_of
from hardware.health import Condition
from hardware.protocols.errors import CannotShow

NEEDLE = "A012"
ANSWERING = {
    ("frame", "sunpn"),
    ("frame", "rice-lake"),
    ("alpha", "alpha-ack"),
    *((family, preset) for family, preset in EVERY_PRESET if family in ("modbus", "am03127")),
}
every_preset = pytest.mark.parametrize(("family", "preset"), EVERY_PRESET)
any_preset = st.sampled_from(EVERY_PRESET)


def frames_of(driver: Driver) -> list[Frame]:
    """Everything that the driver may ever say."""
    question = driver.probe()
    states = [number(NEEDLE), number(NEEDLE, blink_s=4), number(""), number("--")]
    spoken = [frame for state in states for frame in [*driver.frames(state), *driver.again(state)]]
    return [*driver.setup(), *spoken, *([question] if question else [])]


def test_there_are_six_families():
    assert set(families()) >= {"frame", "modbus", "alpha", "am03127", "dm-d", "cd5220"}


@every_preset
def test_a_called_number_is_read_on_the_board_that_takes_its_bytes_one_by_one(family: str, preset: str):
    driver = board(family, preset)
    simulated = driver.simulate()
    for frame in [*driver.setup(), *driver.frames(number(NEEDLE))]:
        for byte in frame.data:
            simulated.receive(bytes([byte]))
    assert simulated.shown.lstrip("A0") == "12"


@every_preset
def test_a_board_that_answers_is_shown_and_one_that_does_not_is_sent(family: str, preset: str):
    driver = board(family, preset)
    simulated = driver.simulate()
    answers = [(frame, simulated.receive(frame.data)) for frame in driver.setup() + driver.frames(number(NEEDLE))]
    expected = Verdict.SHOWN if (family, preset) in ANSWERING else Verdict.SENT
    assert driver.judge(*answers[-1]).verdict is expected


@every_preset
def test_a_frame_is_explained_completely_and_in_order(family: str, preset: str):
    driver = board(family, preset)
    for frame in frames_of(driver):
        pieces = driver.explain(frame)
        assert b"".join(piece.data for piece in pieces) == frame.data
        assert all(piece.data and piece.meaning for piece in pieces)
        assert not any(piece.meaning.startswith("not a ") for piece in pieces)


@every_preset
def test_a_question_for_finding_a_board_is_answered_and_changes_nothing(family: str, preset: str):
    driver = board(family, preset)
    simulated, question = driver.simulate(), driver.probe()
    for frame in [*driver.setup(), *driver.frames(number(NEEDLE))]:
        simulated.receive(frame.data)
    before = simulated.shown
    if question is not None:
        assert driver.judge(question, simulated.receive(question.data)).verdict is Verdict.SHOWN
        assert driver.judge(question, b"").verdict is Verdict.UNANSWERED
    assert simulated.shown == before


@every_preset
def test_a_brightness_is_kept_or_refused_in_a_sentence(family: str, preset: str):
    try:
        driver = board(family, preset, panel=Panel(brightness=50))
    except ValueError as refusal:
        assert "brightness" in str(refusal)  # noqa: PT017 - either way is right
    else:
        plain = board(family, preset)
        dimmed = driver.setup() + driver.frames(number("1"))
        assert dimmed != plain.setup() + plain.frames(number("1"))
        for frame in dimmed:
            assert not any(piece.meaning.startswith("not a ") for piece in driver.explain(frame))


@given(any_preset, st.binary(max_size=60))
def test_no_bytes_at_all_upset_a_judge(chosen: tuple[str, str], reply: bytes):
    driver = board(*chosen)
    for frame in frames_of(driver):
        assert driver.judge(frame, reply).verdict in Verdict


PARSERS = [
    ("frame", "sunpn", b"\x2a\x02\x0c\x00\x01\x39\x0a"),
    ("frame", "rice-lake", b"  A012,"),
    ("modbus", "led-485", b"\x01\x10\x00\x70\x00\x06\x41\xd0"),
    ("modbus", "led-046-number", b"\x01\x06\x00\x00\x00\x0c\x89\xcf"),
    ("alpha", "alpha-ack", b"\x06"),
    ("am03127", "am03127", b"ACK"),
]


@pytest.mark.parametrize(("family", "preset", "word"), PARSERS)
def test_a_hundred_thousand_noises_are_judged_and_none_is_an_answer_without_its_bytes(
    family: str, preset: str, word: bytes
):
    driver, noise = board(family, preset), random.Random(20261121)  # noqa: S311 - noise
    frame = driver.frames(number(NEEDLE))[-1]
    for _ in range(100_000):
        reply = noise.randbytes(noise.randrange(1, 40))
        assert driver.judge(frame, reply).verdict is not Verdict.SHOWN or word in reply


@given(any_preset, st.binary(max_size=60))
def test_any_bytes_are_explained_completely(chosen: tuple[str, str], data: bytes):
    assert b"".join(piece.data for piece in board(*chosen).explain(Frame(data))) == data


@given(any_preset, st.text(max_size=30))
def test_any_text_makes_frames_or_is_refused_by_name(chosen: tuple[str, str], text: str):
    driver = board(*chosen)
    try:
        frames = driver.frames(number(text))
    except CannotShow:
        return
    assert frames
    assert all(frame.data for frame in frames)


SHARERS = [
    ("frame", "led-485"),
    ("frame", "rice-lake"),
    ("frame", "ledmsg"),
    ("frame", "edi-ed400"),
    ("modbus", "led-485"),
    ("modbus", "led-046-segments"),
    ("alpha", "alpha-ack"),
    ("am03127", "am03127"),
]


@settings(max_examples=25)
@given(st.permutations(range(len(SHARERS))), st.lists(st.integers(100, 999), min_size=8, max_size=8, unique=True))
def test_boards_of_different_families_share_a_line_and_each_shows_its_own(order: list[int], called: list[int]):
    drivers = [board(*chosen, address) for address, chosen in enumerate(SHARERS, start=1)]
    on_the_line = [driver.simulate() for driver in drivers]
    for index in order:
        for frame in drivers[index].setup() + drivers[index].frames(number(str(called[index]))):
            answers = [simulated.receive(frame.data) for simulated in on_the_line]
            assert not any(answer for at, answer in enumerate(answers) if at != index)
    assert [simulated.shown for simulated in on_the_line] == [str(each) for each in called]


def test_one_bus_drives_boards_of_all_families_and_knows_of_each_what_it_shows():
    options = {"alpha": {"set_up_memory": False}}
    boards = [
        a_board(f"{family} {preset}", "hall", family, address=at, options={"preset": preset} | options.get(family, {}))
        for at, (family, preset) in enumerate([*SHARERS, ("cd5220", "cd5220")], start=1)
    ]
    with Running(configured([a_bus("hall", "virtual://hall")], boards)) as running:
        for at, named in enumerate(boards, start=1):
            running.show("hall", str(named["name"]), f"A{at:03}")
        for at, named in enumerate(boards, start=1):
            chosen = (str(named["driver"]), str(named["options"]["preset"]))
            expected = Condition.SHOWN if chosen in ANSWERING else Condition.SENT
            running.wait(str(named["name"]), expected, f"{at:03}" if "edi" in chosen[1] else f"A{at:03}")


# with these a few bytes of noise make a start that swallows the next frame, as on the real board: no distinct start
# and end marks (numeric-4byte), or commands of one byte
FRAGILE = {("frame", "numeric-4byte"), ("dm-d", "dm-d"), ("dm-d", "dm-d-behind-printer"), ("cd5220", "cd5220")}
robust_preset = st.sampled_from([chosen for chosen in EVERY_PRESET if chosen not in FRAGILE])


@settings(max_examples=200)
@given(robust_preset, st.lists(st.binary(max_size=40), max_size=6), st.from_regex("[A-F][0-9]{3}", fullmatch=True))
def test_noise_before_a_number_is_passed_over(chosen: tuple[str, str], noise: list[bytes], called: str):
    driver = board(*chosen)
    simulated = driver.simulate()
    for burst in noise:
        simulated.receive(burst)
    for frame in driver.frames(number(called)):
        simulated.receive(frame.data)
    assert simulated.shown.lstrip("ABCDEF0") == called[1:].lstrip("0")


@given(st.integers(1, 100), st.integers(1, 20))
def test_more_brightness_is_never_a_darker_step(percent: int, steps: int):
    levels = range(steps)
    assert level_of(100, levels) == steps - 1
    assert level_of(percent, levels) <= level_of(min(100, percent + 1), levels)
