"""What an installer writes of a pad, and what is said of mistakes."""

from typing import Any

import pytest
from pydantic import ValidationError

from hardware.hall import Ticket
from hardware.keypads.actions import Action, Request, Verb
from hardware.keypads.config import KeypadConfig, problems_of_keypads
from hardware.keypads.keys import HID_KEYS, hid_key

HERE = Ticket(id="t1", number="A001", state="called")
SERVED = Ticket(id="t1", number="A001", state="serving")


def pad(**settings: Any) -> KeypadConfig:
    standard = {"name": "pad 1", "counter": 1, "driver": "qsystem", "bus": "desks", "address": 0x25}
    wanted = {key: value for key, value in (standard | settings).items() if value is not None}
    return KeypadConfig.model_validate(wanted)


def usb(**settings: Any) -> KeypadConfig:
    device = {"device": "/dev/input/by-path/x-event-kbd", "bus": None, "address": None}
    return pad(**({"driver": "usb"} | device | settings))


def receiver(**settings: Any) -> KeypadConfig:
    return pad(**({"driver": "bytes", "address": None, "pattern": "EE A4 nn sum8", "keys": {"01": "next"}} | settings))


def words(config: KeypadConfig) -> dict[str, str]:
    return {key: ":".join(filter(None, (action.verb, action.service))) for key, action in config.actions().items()}


def test_the_keys_of_the_known_pads_do_what_is_printed_on_them():
    assert words(pad()) == {"31": "next", "32": "arrive", "34": "miss/finish"}
    assert words(usb())["KP_ENTER"] == "next"


def test_the_configuration_goes_before_and_adds_the_service_to_send_to():
    keys = {"33": "transfer:DD", "32": "recall", "34": "none"}
    assert words(pad(keys=keys)) == {"31": "next", "32": "recall", "33": "transfer:DD"}


def test_one_key_is_enough():
    assert words(receiver(pattern="AA 55 01", keys={})) == {"key": "next"}


def test_keys_are_known_by_all_their_usual_names():
    assert words(usb(keys={"KEY_KPENTER": "finish", "kp_1": "park", "code:163": "undo"})).items() >= {
        ("KP_ENTER", "finish"),
        ("KP_1", "park"),
        ("code:163", "undo"),
    }
    assert words(receiver(keys={"ab": "next"})) == {"AB": "next"}


def test_the_numbers_of_the_keys_are_those_of_linux():
    ecodes = pytest.importorskip("evdev").ecodes
    for code, name in HID_KEYS.items():
        assert getattr(ecodes, f"KEY_{name.replace('KP_', 'KP')}") == code
    assert hid_key(ecodes.KEY_KPENTER) == "KP_ENTER"
    assert hid_key(163) == "code:163"


@pytest.mark.parametrize(
    ("make", "settings", "words"),
    [
        (pad, {"address": 0x10}, "address of 32 to 254"),
        (pad, {"address": None}, "address of 32 to 254"),
        (pad, {"bus": None}, "has a bus and no device"),
        (pad, {"device": "/dev/input/event3"}, "has a bus and no device"),
        (pad, {"pattern": "EE A4 nn sum8"}, "a pattern is for the driver 'bytes'"),
        (pad, {"keys": {"33": "transfer"}}, "no action 'transfer'"),
        (pad, {"keys": {"33": "next:DD"}}, "no action 'next:DD'"),
        (pad, {"keys": {"33": "dance"}}, "no action 'dance'"),
        (pad, {"keys": {"next": "33"}}, "no key 'next' on this pad"),
        (pad, {"keys": {"31": "none", "32": "none", "34": "none"}}, "no key does anything"),
        (usb, {"device": None}, "a USB pad has a device"),
        (usb, {"bus": "desks"}, "a USB pad has a device"),
        (usb, {"keys": {"KP_10": "next"}}, "no key 'KP_10'"),
        (usb, {"refused_text": "  "}, "should match pattern"),
        (usb, {"refused_text": "Đã"}, "should match pattern"),
        (usb, {"has_digits": True}, "has_digits is for the driver 'qsystem'"),
        (receiver, {"pattern": None}, "needs a pattern"),
        (receiver, {"pattern": "nn"}, "too little to be told from noise"),
        (receiver, {"keys": {}}, "no key does anything"),
        (receiver, {"address": 5}, "go together"),
        (receiver, {"pattern": "EE A4 ii nn", "address": 256}, "too large for the pattern's 1 bytes"),
        (receiver, {"pattern": "AA 55 01", "keys": {"01": "next"}}, "it has one, called 'key'"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(make: Any, settings: dict[str, Any], words: str):
    with pytest.raises(ValidationError, match=words):
        make(**settings)


def test_pads_that_get_in_each_others_way_are_told():
    pads = [pad(), pad(), pad(name="board 1", bus="attic", address=0x26)]
    problems = [str(problem) for problem in problems_of_keypads(pads, ["desks"], ["board 1"])]
    assert problems == [
        "hardware.keypads[1]: the name 'pad 1' is already another board's or pad's; give each its own",
        "hardware.keypads[1]: another pad has this very device or address; one press would count for both",
        "hardware.keypads[2]: the name 'board 1' is already another board's or pad's; give each its own",
        "hardware.keypads[2]: there is no bus 'attic'; the buses are: desks",
    ]


def test_a_press_says_which_citizen_it_was_meant_for():
    assert Action(Verb.RECALL).request(HERE) == Request("recall", {"seen": "t1"})
    assert Action(Verb.ARRIVE).request(None) == Request("arrive", {"seen": ""})
    assert Action(Verb.TRANSFER, "DD").request(HERE) == Request("transfer", {"seen": "t1", "service": "DD"})


def test_a_press_on_next_or_pause_is_about_the_counter():
    assert Action(Verb.NEXT).request(HERE) == Request("next", {})
    assert Action(Verb.PAUSE).request(HERE) == Request("pause", {})


def test_the_key_for_two_ends_misses_whom_nobody_saw_and_finishes_who_is_here():
    both = Action.of("miss/finish")
    assert both.request(HERE).verb == "miss"
    assert both.request(SERVED).verb == "finish"
