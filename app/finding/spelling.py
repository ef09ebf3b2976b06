"""What somebody may have meant who typed a word that no procedure has."""

import math
import re
from collections.abc import Iterable, Mapping

VOWELS = frozenset("aeiouy")
# Sounds that one region or another writes alike; a mistake among them is likelier than a slip of the finger.
ALIKE = frozenset(
    frozenset(pair)
    for pair in (("s", "x"), ("ch", "tr"), ("d", "gi"), ("d", "r"), ("gi", "r"), ("l", "n"), ("i", "y"), ("v", "d"),
                 ("n", "ng"), ("c", "t"), ("k", "c"), ("ng", "ngh"), ("g", "gh"), ("v", "gi"))
)  # fmt: skip
# Without marks: what can be one syllable of Vietnamese. Whoever typed such a word more likely meant just that word.
SYLLABLE = re.compile(r"(?:ngh|gh|kh|ng|nh|ph|th|tr|ch|gi|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?")
WELL_FORMED = 0.75
NEIGHBOURS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORTEST = 3  # letters: below that, nearly every word is one slip from another
LONGEST = 24
LONGEST_SYLLABLE = 7  # "nghieng"
TELEX, REGION, SLIP, OTHER = 0.95, 0.85, 0.8, 0.65


def forms(word: str) -> set[str]:
    """The word, and it with any one letter left out: two words that share a form are a slip apart, or two."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def without_keys(word: str) -> set[str]:
    """What a Telex or VNI keyboard would have made of the keys, without marks: "keets" -> "ket", "gia61y" -> "giay"."""
    single = "".join(sign for at, sign in enumerate(word) if at == 0 or sign != word[at - 1])
    letters = "".join(sign for sign in single if not sign.isdigit())
    first_vowel = next((at for at, sign in enumerate(letters) if sign in VOWELS), len(letters))
    rest = "".join(sign for sign in letters[first_vowel:] if sign not in "sfrxjwz")
    return {made for made in (single, letters, letters[:first_vowel] + rest) if made != word and len(made) > 1}


def pieces(word: str) -> set[str]:
    """Every part of the word that could be a syllable."""
    ends = range(2, LONGEST_SYLLABLE + 1)
    found = {word[at : at + length] for at in range(len(word)) for length in ends if at + length <= len(word)}
    return {piece for piece in found if SYLLABLE.fullmatch(piece)}


def taken_apart(word: str, known: Mapping[str, int]) -> tuple[str, ...]:
    """The fewest known syllables that a word typed without spaces is made of; or nothing. `known`: how often each is.

    Of two ways the one with the commoner syllables: "dangkykethon" -> dang ky ket hon, not ke thon.
    """
    best: list[tuple[tuple[float, float], tuple[str, ...]] | None] = [((0, 0), ()), *[None] * len(word)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - LONGEST_SYLLABLE), end - 1):
            before, piece = best[start], word[start:end]
            if before is not None and piece in known:
                (parts, common), taken = before
                longer = ((parts - 1, common + math.log(known[piece])), (*taken, piece))
                best[end] = max(longer, best[end] or longer)
    return (best[-1] or ((0, 0), ()))[1]


def closeness(typed: str, meant: str) -> float:
    """0 to 1: how likely `typed` stands for `meant`, which is at most one slip away; 0 where it is further."""
    if typed == meant:
        return 1.0
    found = _closeness(typed, meant)
    return found * WELL_FORMED if found < REGION and SYLLABLE.fullmatch(typed) else found


def _closeness(typed: str, meant: str) -> float:
    if min(len(typed), len(meant)) < SHORTEST - 1:
        return 0.0
    head = _shared(typed, meant)
    tail = _shared(reversed(typed[head:]), reversed(meant[head:]))
    one, other = typed[head : len(typed) - tail], meant[head : len(meant) - tail]
    if frozenset((one, other)) in ALIKE or _alike_with_context(typed, meant, head, tail):
        return REGION
    if len(one) <= 1 and len(other) <= 1:
        return _slip(typed, meant, one, other, head)
    return SLIP if len(one) == len(other) == 2 and one == other[::-1] else 0.0  # noqa: PLR2004 - two letters swapped


def _slip(typed: str, meant: str, one: str, other: str, head: int) -> float:
    if one and other:
        return SLIP if _neighbours(one, other) else OTHER
    doubled = one and head and typed[head - 1] == one
    left_out_inside = other and 0 < head < len(meant) - 1
    return SLIP if doubled or left_out_inside else OTHER


def _alike_with_context(typed: str, meant: str, head: int, tail: int) -> bool:
    """Sounds share letters ("ngh" and "ng"), so a letter or two before or after is looked at too."""
    return any(
        frozenset((typed[max(0, head - before) : len(typed) - tail + after],
                   meant[max(0, head - before) : len(meant) - tail + after])) in ALIKE
        for before, after in ((1, 0), (0, 1), (2, 0))
        if after <= tail
    )  # fmt: skip


def _neighbours(one: str, other: str) -> bool:
    return any(abs(row.index(one) - row.index(other)) == 1 for row in NEIGHBOURS if one in row and other in row)


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count
