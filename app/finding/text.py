"""Vietnamese words in the two shapes that they are compared in: without marks, and with marks told apart from tones."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

TONES = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
WORD = re.compile(r"[^\W_]+")
# "ky" and "ki" are one word spelled by two schools; after a vowel the letters differ ("tay", "tai").
FINAL_Y = re.compile(r"(?<=[bcdghklmnpqrstvx])y$")
PHRASES = re.compile(r"[;|\n]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `folded` without marks ("dang"), `marked` with its tone as a digit at the end ("đăng", "ki1").

    With the tone apart it does not matter on which vowel it stands: "hoà" and "hòa" are one word.
    """

    folded: str
    marked: str

    @property
    def has_marks(self) -> bool:
        return self.folded != self.marked


def words(text: str) -> tuple[Word, ...]:
    """The words of a text: "Đăng ký khai sinh" gives dang/đăng, ki/ki1, khai, sinh."""
    # composed first: a combining mark typed apart is no letter, and would end the word
    return tuple(map(word, WORD.findall(unicodedata.normalize("NFC", text).lower())))


@lru_cache(maxsize=8192)
def word(lower: str) -> Word:
    letters, tone = [], ""
    for sign in unicodedata.normalize("NFD", lower):
        if sign in TONES:
            tone = TONES[sign]
        else:
            letters.append(sign)
    plain = FINAL_Y.sub("i", "".join(letters))
    folded = "".join(sign for sign in plain.replace("đ", "d") if not unicodedata.combining(sign))
    return Word(folded, unicodedata.normalize("NFC", plain) + tone)


def folded(text: str) -> str:
    """Lower case without marks and signs: "Đăng ký khai sinh" -> "dang ki khai sinh"."""
    return " ".join(each.folded for each in words(text))


def phrases(text: str) -> tuple[tuple[Word, ...], ...]:
    """The phrases of a keywords column, parted by semicolons."""
    return tuple(found for part in PHRASES.split(text) if (found := words(part)))
