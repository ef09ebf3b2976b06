"""Numbers in words, as they are said aloud. Pure.

Vietnamese rules (standard usage):

- one after a ten is "mốt", five after a ten is "lăm" (also in 15), four after a ten is "tư" (not in 14);
- an empty tens place inside a number is "linh" in the North, "lẻ" in the Centre and South;
- a thousand is "nghìn" in the North, "ngàn" in the Centre and South;
- an empty hundreds place after a thousand is said: 1005 is "một nghìn không trăm linh năm".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from app.voice.errors import NumberOutOfRange

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Region = Literal["north", "central", "south"]
Style = Literal["hybrid", "whole", "digits"]

LARGEST_VIETNAMESE = 999_999
LARGEST_ENGLISH = 9_999

VIETNAMESE_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
ENGLISH_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")

_AFTER_A_TEN = {1: "mốt", 4: "tư", 5: "lăm"}
_EMPTY_TENS: dict[Region, str] = {"north": "linh", "central": "lẻ", "south": "lẻ"}
_THOUSAND: dict[Region, str] = {"north": "nghìn", "central": "ngàn", "south": "ngàn"}

_ENGLISH_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ENGLISH_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def printed_number(digits: str, style: Style, names: Sequence[str], whole: Callable[[int], str]) -> str:
    """Words for the digits of a ticket as they are printed, such as "023".

    `digits`: each digit by its name ("không hai ba"), the safest in noise. `whole`: the number alone ("hai
    mươi ba"). `hybrid`: the printed zeros, then the number ("không hai mươi ba"). The hybrid reads a number
    without leading zeros whole, and not digit by two digits: "hai mười lăm" (215) would be heard as "hai mươi
    lăm" (25).
    """
    if style == "digits":
        return digit_by_digit(digits, names)
    if style == "whole":
        return whole(int(digits))
    number = digits.lstrip("0")
    zeros = [names[0]] * (len(digits) - len(number))
    return " ".join([*zeros, whole(int(number))] if number else zeros)


def digit_by_digit(digits: str, names: Sequence[str]) -> str:
    return " ".join(names[int(digit)] for digit in digits)


def vietnamese(number: int, region: Region = "north") -> str:
    """Vietnamese words for 0 to 999,999, else `NumberOutOfRange`."""
    _check(number, LARGEST_VIETNAMESE)
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _vietnamese_below_1000(rest, region)
    words = [_vietnamese_below_1000(thousands, region), _THOUSAND[region]]
    if rest:
        words.append(_vietnamese_hundreds(rest, region))
    return " ".join(words)


def english(number: int) -> str:
    """English words for 0 to 9,999, else `NumberOutOfRange`; without "and", which only takes time."""
    _check(number, LARGEST_ENGLISH)
    thousands, below_1000 = divmod(number, 1000)
    hundreds, below_100 = divmod(below_1000, 100)
    words = []
    if thousands:
        words += [ENGLISH_DIGITS[thousands], "thousand"]
    if hundreds:
        words += [ENGLISH_DIGITS[hundreds], "hundred"]
    if below_100 or not words:
        words.append(_english_below_100(below_100))
    return " ".join(words)


def _check(number: int, largest: int) -> None:
    if not 0 <= number <= largest:
        raise NumberOutOfRange(number, largest)


def _vietnamese_below_1000(number: int, region: Region) -> str:
    return _vietnamese_hundreds(number, region) if number >= 100 else _vietnamese_below_100(number)  # noqa: PLR2004


def _vietnamese_hundreds(number: int, region: Region) -> str:
    """Three places, the hundreds said even when they are none."""
    hundreds, rest = divmod(number, 100)
    words = [VIETNAMESE_DIGITS[hundreds], "trăm"]
    if 0 < rest < 10:  # noqa: PLR2004
        words.append(_EMPTY_TENS[region])
    if rest:
        words.append(_vietnamese_below_100(rest))
    return " ".join(words)


def _vietnamese_below_100(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return VIETNAMESE_DIGITS[ones]
    if tens == 1:
        return " ".join(["mười", *([_after_mười(ones)] if ones else [])])
    one = _AFTER_A_TEN.get(ones, VIETNAMESE_DIGITS[ones])
    return " ".join([VIETNAMESE_DIGITS[tens], "mươi", *([one] if ones else [])])


def _after_mười(ones: int) -> str:  # noqa: PLC2401 - the word itself is what tells it from "mươi"
    return "lăm" if ones == 5 else VIETNAMESE_DIGITS[ones]  # noqa: PLR2004


def _english_below_100(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return ENGLISH_DIGITS[ones]
    if tens == 1:
        return _ENGLISH_TEENS[ones]
    return " ".join([_ENGLISH_TENS[tens], *([ENGLISH_DIGITS[ones]] if ones else [])])
