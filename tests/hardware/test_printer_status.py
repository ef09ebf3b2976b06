"""What a printer says of itself, byte for byte as in the reference, and what noise does not make it say."""

import random
from collections.abc import Mapping

import pytest

from hardware.printers.config import PrinterConfig, problems_of_printers
from hardware.printers.status import Condition, judge, question

WELL = {1: "12", 4: "12", 2: "12", 3: "12"}


def judged(answers: Mapping[int, str]) -> Condition:
    return judge({n: bytes.fromhex(answer) for n, answer in answers.items()}).condition


def test_the_questions_are_those_of_the_reference():
    assert [question(n) for n in (1, 2, 3, 4)] == [b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x03", b"\x10\x04\x04"]


@pytest.mark.parametrize(
    ("answers", "condition"),
    [
        ({}, Condition.READY),
        ({1: "1A"}, Condition.ERROR),
        ({1: "1A", 2: "16"}, Condition.COVER_OPEN),
        ({1: "1A", 2: "32"}, Condition.PAPER_OUT),
        ({1: "1A", 3: "1A"}, Condition.ERROR),
        ({1: "1A", 3: "32"}, Condition.ERROR),
        ({1: "1A", 3: "52"}, Condition.ERROR),
        ({4: "1E"}, Condition.PAPER_LOW),
        ({4: "72"}, Condition.PAPER_OUT),
        ({4: "7E"}, Condition.PAPER_OUT),
        ({1: "1A", 2: "36", 4: "7E"}, Condition.COVER_OPEN),
        ({4: "16"}, Condition.PAPER_LOW),
        ({4: "32"}, Condition.PAPER_OUT),
    ],
)
def test_each_condition_is_told_from_the_others(answers: dict[int, str], condition: Condition):
    assert judged(WELL | answers) is condition


@pytest.mark.parametrize("answers", [{1: ""}, {1: "12", 4: ""}, {}])
def test_silence_is_never_taken_for_paper(answers: dict[int, str]):
    assert judged(answers) is Condition.NO_ANSWER


def test_a_cheap_printer_that_answers_only_the_two_questions_that_matter_can_be_well():
    assert judged({1: "12", 4: "12", 2: ""}) is Condition.READY
    assert judged({1: "1A", 4: "12", 2: ""}) is Condition.ERROR


@pytest.mark.parametrize("nonsense", ["00", "FF", "11", "13", "92", "1212", "14001200"])
def test_what_makes_no_sense_is_no_answer_and_says_so(nonsense: str):
    status = judge({1: bytes.fromhex(nonsense)})
    assert status.condition is Condition.NO_ANSWER
    assert "makes no sense" in status.detail


def test_noise_is_never_an_error_and_hardly_ever_health():
    noise = random.Random(2026)  # noqa: S311 - noise, no secret
    for _ in range(20_000):
        heard = {n: noise.randbytes(noise.randrange(6)) for n in (1, 4, 2, 3)[: noise.randrange(5)]}
        if judge(heard).condition is not Condition.NO_ANSWER:
            assert all(not answer or (len(answer) == 1 and answer[0] & 0x93 == 0x12) for answer in heard.values())
            assert heard[1]


def test_each_trouble_has_the_code_that_a_job_is_refused_with():
    refused = {condition.value: condition.code for condition in Condition if condition.code}
    assert refused == {
        "paper_out": "paper_out",
        "cover_open": "cover_open",
        "error": "printer_error",
        "no_answer": "no_answer",
        "down": "port_down",
    }


# configuration


@pytest.mark.parametrize(("settings", "width"), [({}, 576), ({"paper_mm": 58}, 384), ({"dots": 512}, 512)])
def test_the_width_follows_from_the_paper_unless_it_is_given(settings: dict[str, int], width: int):
    assert PrinterConfig.model_validate({"name": "p", "url": "/dev/usb/lp0"} | settings).width == width


@pytest.mark.parametrize("url", ["tcp://10.0.0.5", "tcp://10.0.0.5:9100", "socket://10.0.0.5:9100"])
def test_a_network_printer_listens_at_9100(url: str):
    assert PrinterConfig(name="p", url=url).address == ("10.0.0.5", 9100)


@pytest.mark.parametrize("url", ["lpt://1", "tcp://", "http://printer/", "tcp://host:99999", "tcp://host:x"])
def test_a_way_that_does_not_exist_is_told_at_the_start(url: str):
    with pytest.raises(ValueError, match=r"(?i)no way|no host|port"):
        PrinterConfig(name="p", url=url)


def test_two_printers_cannot_have_one_name_or_one_port():
    twins = [PrinterConfig(name="p", url="/dev/usb/lp0")] * 2
    assert [str(problem).partition(":")[0] for problem in problems_of_printers(twins)] == ["hardware.printers[1]"] * 2
