"""What can be wrong with a text, an address or the bytes of a frame, in every family."""

from __future__ import annotations


class FrameError(ValueError):
    """Something that cannot be put into, or read out of, a frame."""


class CannotShow(FrameError):
    """This text has no form that the board could show."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"cannot show {text!r}: {reason}")
        self.text = text
        self.reason = reason


class AddressOutOfRangeError(FrameError):
    def __init__(self, address: int, address_format: str, lowest: int, highest: int) -> None:
        reason = f"does not fit the address format {address_format!r} ({lowest} to {highest})"
        super().__init__(f"address {address} {reason}")
        self.address = address


class NotThisFrameError(FrameError):
    """The bytes are not a frame of this template for this address."""

    def __init__(self, frame: bytes, reason: str) -> None:
        super().__init__(f"{frame.hex(' ') or 'no bytes'}: {reason}")
        self.frame = frame
        self.reason = reason
