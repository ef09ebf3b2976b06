"""From a sentence to what is meant: an intent, and the facts that were said with it."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.asking.matching import best, taken
from app.asking.phrases import Phrase, Phrases, phrases_of
from app.finding.everyday import everyday
from app.finding.text import WORD, Word, words

LONGEST = 300  # characters: what somebody says in one breath
MOST_WORDS = 40  # others press meanwhile
OTHER_LANGUAGE = 0.9
CODE = re.compile(r"(?<!\d)\d{3} ?\d{3}(?!\d)")
OLD = 60  # years: an age that is said for its own sake
AGE_WORTH, CODE_WORTH, NUMBER_WORTH = 3.0, 1.5, 1.0  # as many words of a phrase
OLDEST = 130
WEEKDAYS = frozenset("0123456")


class Intent(StrEnum):
    """The first of two that are as likely comes first here."""

    UNKNOWN = "unknown"
    CHECK_IN = "check_in"
    WAIT = "wait"
    PRIORITY = "priority"
    TAKE = "take"
    ASSISTANCE = "assistance"
    HOURS = "hours"
    PROCEDURE = "procedure"
    WHERE = "where"
    HELP = "help"
    THANKS = "thanks"
    GREETING = "greeting"


WEAK = frozenset({Intent.GREETING, Intent.THANKS, Intent.HELP})
WEIGHTS: Mapping[Intent, float] = {Intent.GREETING: 0.2, Intent.THANKS: 0.2, Intent.HELP: 0.6}
ABOUT = frozenset({Intent.TAKE, Intent.WAIT, Intent.WHERE, Intent.PROCEDURE, *WEAK})


@dataclass(frozen=True, slots=True)
class Served:
    """A service as the centre has it."""

    code: str
    letter: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A procedure that the catalogue answers with."""

    code: str
    service: str


Find = Callable[[str, str | None], Sequence[Found]]


@dataclass(frozen=True, slots=True)
class Asked:
    """`about`: the words that are left when the phrases are taken away. `aspect`: bring, time, fee, online or ""."""

    intent: Intent
    about: str = ""
    aspect: str = ""
    service: str | None = None
    procedures: tuple[str, ...] = ()
    number: str | None = None
    code: str | None = None
    age: int | None = None
    classes: tuple[str, ...] = ()
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class _Guess:
    intent: Intent
    aspect: str
    worth: float
    taken: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Hearing:
    """What a sentence is understood with; the citizen's own language comes first."""

    said: tuple[Word, ...]
    language: str
    tongues: Sequence[Phrases]
    services: Sequence[Served]
    find: Find

    def group(self, kind: str, name: str) -> tuple[Phrase, ...]:
        return tuple(phrase for tongue in self.tongues for phrase in tongue.of(kind).get(name, ()))

    def named(self, kind: str) -> tuple[str, ...]:
        """Of a kind, what the sentence names."""
        names = (name for tongue in self.tongues for name, group in tongue.of(kind).items() if best(self.said, group))
        return tuple(dict.fromkeys(names))


def understand(
    text: str, language: str, phrases: Mapping[str, Phrases], services: Sequence[Served], find: Find
) -> Asked:
    """`find` looks a text up in the catalogue of procedures, of one service where it is given."""
    tongues = sorted(phrases.values(), key=lambda each: (each.language != language, each.language))
    hearing = _Hearing(words(text[:LONGEST])[:MOST_WORDS], language, tongues, services, find)
    asked = _facts(text[:LONGEST], hearing)
    guess = _guess(asked, hearing)
    gone = guess.taken | taken(hearing.said, hearing.group("facts", "filling"))
    asked = replace(asked, intent=guess.intent, aspect=guess.aspect, about=_rest(text[:LONGEST], gone))
    if guess.intent not in ABOUT and guess.worth:
        return asked
    return _about_what(asked, hearing, gone, sure=guess.intent not in WEAK and guess.worth > 0)


def _guess(asked: Asked, hearing: _Hearing) -> _Guess:
    guesses = [guess for tongue in hearing.tongues for guess in _in(tongue, hearing)]
    if (asked.age or 0) >= OLD:
        guesses.append(_Guess(Intent.PRIORITY, "", AGE_WORTH, frozenset()))
    if asked.number:
        guesses.append(_Guess(Intent.WAIT, "", NUMBER_WORTH, frozenset()))
    if asked.code:
        guesses.append(_Guess(Intent.CHECK_IN, "", CODE_WORTH, frozenset()))
    order = list(Intent)
    nothing = _Guess(Intent.UNKNOWN, "", 0.0, frozenset())
    return max(guesses, key=lambda each: (each.worth, -order.index(each.intent)), default=nothing)


def _in(tongue: Phrases, hearing: _Hearing) -> list[_Guess]:
    sure = 1.0 if tongue.language == hearing.language else OTHER_LANGUAGE
    intents = [(Intent(name), "", group) for name, group in tongue.of("intents").items() if name in set(Intent)]
    aspects = [(Intent.PROCEDURE, name, group) for name, group in tongue.of("aspects").items()]
    return [
        _Guess(intent, aspect, found.worth * sure * WEIGHTS.get(intent, 1.0), taken(hearing.said, group))
        for intent, aspect, group in (*intents, *aspects)
        if (found := best(hearing.said, group))
    ]


def _about_what(asked: Asked, hearing: _Hearing, gone: frozenset[int], *, sure: bool) -> Asked:
    """Which service and which procedures the rest of the sentence speaks of. Not `sure`: it may be all there is."""
    left = tuple(each for at, each in enumerate(hearing.said) if at not in gone)
    service, named = _service(left, hearing)
    found: Sequence[Found] = ()
    if _says_more(left, named):
        found = (service and hearing.find(asked.about, service)) or hearing.find(asked.about, None)
    if not sure and (found or service):
        asked = replace(asked, intent=Intent.PROCEDURE)
    if asked.intent in (Intent.PROCEDURE, Intent.WHERE) and not found and not service:
        asked = replace(asked, intent=Intent.UNKNOWN)
    of = found[0].service if found else service
    return replace(asked, service=of, procedures=tuple(each.code for each in found))


def _service(left: Sequence[Word], hearing: _Hearing) -> tuple[str | None, frozenset[int]]:
    """The service that is named, and the places of its name."""
    named = [
        (match, each.code)
        for each in hearing.services
        if (match := best(left, (*phrases_of(each.names), *hearing.group("services", each.code))))
    ]
    if not named:
        return None, frozenset()
    match, code = max(named, key=lambda each: each[0].worth)
    return code, match.at


def _says_more(left: Sequence[Word], named: frozenset[int]) -> bool:
    """Does more than a service's name and filling stand there?"""
    rest = tuple(each for at, each in enumerate(left) if at not in named)
    filling = {at for span in everyday().spans(rest) if not span.means for at in range(span.first, span.last)}
    return len(filling) < len(rest)


def _facts(text: str, hearing: _Hearing) -> Asked:
    code = CODE.search(text)
    return Asked(
        Intent.UNKNOWN,
        age=_age(hearing),
        number=_number(hearing),
        code=code[0].replace(" ", "") if code else None,
        classes=hearing.named("classes"),
        weekday=next((int(day) for day in hearing.named("weekdays") if day in WEEKDAYS), None),
    )


def _age(hearing: _Hearing) -> int | None:
    found = best(hearing.said, hearing.group("facts", "age"))
    figures = (hearing.said[at].folded for at in sorted(found.at)) if found else iter(())
    age = next((int(figure[:4]) for figure in figures if figure.isdecimal()), 0)
    return age if 0 < age <= OLDEST else None


def _number(hearing: _Hearing) -> str | None:
    """A ticket's number: "A023"; or "số a 23", where a word for it stands before."""
    letters = "".join(sorted({re.escape(each.letter.lower()) for each in hearing.services if each.letter}))
    called = [" ".join(each.folded for each in phrase) for phrase in hearing.group("facts", "number")]
    if not letters or not called:
        return None
    plain = " ".join(each.folded for each in hearing.said)
    before = "|".join(map(re.escape, called))
    found = re.search(rf"\b([{letters}])(\d{{1,4}})\b", plain) or re.search(
        rf"\b(?:{before}) ([{letters}]) (\d{{1,4}})\b", plain
    )
    return f"{found[1].upper()}{int(found[2]):03d}" if found else None


def _rest(text: str, gone: frozenset[int]) -> str:
    """The words as they were typed, but for those at the places `gone`."""
    typed = WORD.findall(unicodedata.normalize("NFC", text[:LONGEST]).lower())[:MOST_WORDS]
    return " ".join(each for at, each in enumerate(typed) if at not in gone)
