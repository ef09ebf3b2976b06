"""The names of a USB number pad's keys, and what the keys of each family do unless the configuration says otherwise."""

from __future__ import annotations

from typing import Final

HID_KEYS: Final = {
    1: "ESC",
    14: "BACKSPACE",
    15: "TAB",
    28: "ENTER",
    55: "KP_ASTERISK",
    57: "SPACE",
    71: "KP_7",
    72: "KP_8",
    73: "KP_9",
    74: "KP_MINUS",
    75: "KP_4",
    76: "KP_5",
    77: "KP_6",
    78: "KP_PLUS",
    79: "KP_1",
    80: "KP_2",
    81: "KP_3",
    82: "KP_0",
    83: "KP_DOT",
    96: "KP_ENTER",
    98: "KP_SLASH",
    111: "DELETE",
    117: "KP_EQUAL",
    121: "KP_COMMA",
    179: "KP_LEFTPAREN",
    180: "KP_RIGHTPAREN",
} | {2 + n: str((n + 1) % 10) for n in range(10)}
"""Linux's key codes, as linux/input-event-codes.h has them without KEY_."""

OTHER_KEY: Final = "code:"
"""A key that has no name above is called by its number: `code:163`."""

QSYSTEM_ACTIONS: Final = {"31": "next", "32": "arrive", "34": "miss/finish"}
"""As that software's own pads mean them; 33 sends the citizen on, and to where only the configuration knows."""

HID_ACTIONS: Final = {
    "KP_ENTER": "next",
    "ENTER": "next",
    "KP_PLUS": "recall",
    "KP_0": "arrive",
    "KP_MINUS": "miss",
    "KP_ASTERISK": "finish",
    "KP_SLASH": "park",
    "BACKSPACE": "undo",
}


def hid_key(code: int) -> str:
    return HID_KEYS.get(code, f"{OTHER_KEY}{code}")
