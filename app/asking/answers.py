"""What the hub answers to what it has understood: a text that can be spoken, and what can be done next."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.asking.understanding import Asked, Intent
from app.asking.words import Words

View = Mapping[str, Any]
Action = dict[str, Any]
PAPERS_TOLD = 4
LONGEST_PAPER = 90
OFFERED = 12  # as many services as a centre of a ward has: one that is left out is looked for in vain


@dataclass(frozen=True)
class Known:
    """What the hall and the catalogue say of what was asked; views of docs/feed.md.

    `ticket` is the one that is spoken of, or None. `hours`: (first, last) HH:MM of the rota on the day asked for, ()
    where nobody is planned on it, None where the centre has no rota. `breaks`: when by the rota no counter is open
    between these, as [(start, end)] HH:MM. `closed`: in words, that the centre is shut on the day asked for, "" where
    it is not. `right`: the priority class that fits.
    """

    services: Mapping[str, View]
    counters: Sequence[View]
    classes: Sequence[View]
    procedures: Sequence[View] = ()
    ticket: View | None = None
    hours: tuple[str, ...] | None = None
    breaks: Sequence[tuple[str, str]] = ()
    closed: str = ""
    right: View | None = None


@dataclass(frozen=True)
class Answer:
    text: str
    actions: list[Action] = field(default_factory=list)


def answer(asked: Asked, known: Known, words: Words) -> Answer:
    """In the language of `words`."""
    return ANSWERS[asked.intent](asked, known, words)


def _greeting(_asked: Asked, _known: Known, words: Words) -> Answer:
    text = words.t(
        "Hello. I can give you a number, tell you what to bring and how long the wait is. What do you need done?"
    )
    return Answer(text, [_assistance(words)])


def _thanks(_asked: Asked, _known: Known, words: Words) -> Answer:
    return Answer(words.t("You are welcome. Good bye."))


def _help(_asked: Asked, known: Known, words: Words) -> Answer:
    text = words.t(
        "Tell me what you come for, such as a birth certificate. I tell you what to bring, where to go and how long "
        "the wait is, and I give you a number. I can also call a member of staff."
    )
    return Answer(text, [*_takes(known, words), _assistance(words)])


def _unknown(_asked: Asked, _known: Known, words: Words) -> Answer:
    text = words.t("I am sorry, I have no answer to that. Shall I ask a member of staff to come?")
    return Answer(text, [_assistance(words)])


def _staff(_asked: Asked, _known: Known, words: Words) -> Answer:
    return Answer(words.t("Shall I ask a member of staff to come to you here?"), [_assistance(words)])


def _check_in(asked: Asked, _known: Known, words: Words) -> Answer:
    action: Action = {"kind": "check_in", "label": words.t("I have booked")} | (
        {"code": asked.code} if asked.code else {}
    )
    text = (
        words.t("Is %(code)s your code? Then touch the button and you get your number.", code=_apart(asked.code))
        if asked.code
        else words.t("Please type the six digits of your booking, or hold its QR code before the scanner.")
    )
    return Answer(text, [action, _assistance(words)])


def _take(asked: Asked, known: Known, words: Words) -> Answer:
    service = known.services.get(asked.service or "")
    if service is None:
        return Answer(
            words.t("What do you come for? Choose a service, or tell me what you need done."), _takes(known, words)
        )
    procedure = known.procedures[0] if known.procedures else None
    name = words.name(procedure or service)
    if _used_up(service):
        text = words.t("%(name)s: there are no more numbers today. Please ask the staff.", name=name)
        return Answer(text, [_assistance(words)])
    text = words.t("For %(name)s, touch the button to take a number.", name=name)
    return Answer(
        f"{text} {words.standing(service)}", [_take_action(service, procedure, words), *_sheets(known, words)]
    )


def _wait(asked: Asked, known: Known, words: Words) -> Answer:
    if known.ticket:
        return Answer(words.ticket(known.ticket), [])
    if asked.number:
        text = words.t("Number %(number)s is not waiting now. Please ask the staff.", number=asked.number)
        return Answer(text, [_assistance(words)])
    service = known.services.get(asked.service or "")
    if service:
        return Answer(f"{words.name(service)}. {words.standing(service)}", [_take_action(service, None, words)])
    waiting = sum(each["waiting"] for each in known.services.values())
    text = words.t(
        "%(n)s people are waiting in the whole hall. Which service do you mean, or what is your number?", n=waiting
    )
    return Answer(text, _takes(known, words))


def _where(asked: Asked, known: Known, words: Words) -> Answer:
    service = known.services.get(asked.service or "")
    if service is None:
        return _unknown(asked, known, words)
    procedure = known.procedures[0] if known.procedures else None
    return Answer(
        f"{words.name(procedure or service)}. {_counters(service, known, words)}",
        [_take_action(service, procedure, words), *_sheets(known, words)],
    )


def _hours(asked: Asked, known: Known, words: Words) -> Answer:
    if known.closed:
        return Answer(known.closed, [_assistance(words)])
    if known.hours is None:
        text = words.t(
            "I know neither the opening hours nor the lunch break. Please look at the notice at the entrance, or ask "
            "the staff."
        )
        return Answer(text, [_assistance(words)])
    day = words.weekday(asked.weekday)
    if not known.hours:
        return Answer(words.t("%(day)s: by the plan no counter is open.", day=day), [_assistance(words)])
    first, last = known.hours
    opened = words.t(
        "%(day)s: by the plan counters are open from %(first)s to %(last)s.", day=day, first=first, last=last
    )
    return Answer(f"{opened} {_breaks(known, words)}")


def _breaks(known: Known, words: Words) -> str:
    if not known.breaks:
        return words.t("There is no break for all: some counter is open all the time.")
    spans = "; ".join(words.t("from %(start)s to %(end)s", start=start, end=end) for start, end in known.breaks)
    return words.t("All counters have a break %(spans)s.", spans=spans)


def _priority(_asked: Asked, known: Known, words: Words) -> Answer:
    if not known.classes:
        text = words.t("Please ask the staff who may go first in this centre.")
        return Answer(text, [_assistance(words)])
    actions = [_class(each, words) for each in ([known.right] if known.right else known.classes)]
    if known.right:
        text = words.t(
            "You may go first: %(name)s. Touch the button and take a number; the clerk may ask for a paper.",
            name=words.name(known.right),
        )
        return Answer(text, [*actions, _assistance(words)])
    names = "; ".join(words.name(each) for each in known.classes)
    return Answer(words.t("These go first here: %(names)s.", names=names), [*actions, _assistance(words)])


def _procedure(asked: Asked, known: Known, words: Words) -> Answer:
    service = known.services.get(asked.service or "")
    if not known.procedures:
        return _where(asked, known, words)
    procedure = known.procedures[0]
    parts = [f"{words.name(procedure)}.", *(tell(procedure, words) for tell in ASPECTS.get(asked.aspect, USUAL))]
    if service:
        parts.append(_counters(service, known, words))
    actions = _sheets(known, words)
    if service and not _used_up(service):
        actions = [_take_action(service, procedure, words), *actions]
    return Answer(" ".join(part for part in parts if part), actions)


# What is said of a procedure


def _bring(procedure: View, words: Words) -> str:
    papers = procedure["bring"]
    if not papers:
        return words.t("I do not know what to bring: please ask at the counter.")
    if words.language != "vi":
        return words.t("What to bring is shown on the screen, in Vietnamese.")
    told = "; ".join(paper[:LONGEST_PAPER] for paper in papers[:PAPERS_TOLD])
    text = words.t("Please bring: %(papers)s.", papers=told)
    rest = len(papers) - PAPERS_TOLD
    if rest <= 0:
        return text
    more = words.t("And %(n)s more, on the screen.", n=rest)
    return f"{text} {more}"


def _time(procedure: View, words: Words) -> str:
    limit = procedure["time_limit"]
    if not limit:
        return words.t("How long it takes is told at the counter.")
    if words.language != "vi":
        return words.t("How long it takes is shown on the screen, in Vietnamese.")
    return words.t("It takes: %(time)s.", time=limit)


def _fee(procedure: View, words: Words) -> str:
    fee = procedure["fee"]
    if not fee:
        return words.t("I do not know the fee: please ask at the counter.")
    if words.language != "vi":
        return words.t("The fee is shown on the screen, in Vietnamese.")
    return words.t("The fee: %(fee)s.", fee=fee)


def _online(procedure: View, words: Words) -> str:
    told = {
        "full": words.t("This can be done online from beginning to end."),
        "partial": words.t("This can be filed online; for a part of it you come here."),
        "no": words.t("This cannot be filed online."),
    }
    return told.get(procedure["online"], words.t("Whether it can be filed online is told at the counter."))


ASPECTS: Mapping[str, Sequence[Callable[[View, Words], str]]] = {
    "bring": (_bring,),
    "time": (_time,),
    "fee": (_fee,),
    "online": (_online,),
}
USUAL = (_bring, _time)


def _counters(service: View, known: Known, words: Words) -> str:
    serving = [each for each in known.counters if service["code"] in each["own"]]
    opened = [each for each in serving if each["state"] == "open"]
    if not serving:
        return words.t("No counter does this now. Please ask the staff.")
    told = _listed(opened or serving, words)
    if len(opened or serving) > 1:
        return _several(told, is_open=bool(opened), words=words)
    if opened:
        return words.t("Counter %(counters)s.", counters=told)
    return words.t("Counter %(counters)s, which is not open now.", counters=told)


def _several(told: str, *, is_open: bool, words: Words) -> str:
    if is_open:
        return words.t("Counters %(counters)s.", counters=told)
    return words.t("Counters %(counters)s, which are not open now.", counters=told)


def _listed(counters: Sequence[View], words: Words) -> str:
    *some, last = [str(each["number"]) for each in counters]
    return words.t("%(some)s and %(last)s", some=", ".join(some), last=last) if some else last


# What can be done next


def _takes(known: Known, words: Words) -> list[Action]:
    return [_take_action(each, None, words) for each in known.services.values() if not _used_up(each)][:OFFERED]


def _take_action(service: View, procedure: View | None, words: Words) -> Action:
    label = words.name(service) if procedure is None else words.t("Take a number for this")
    return {"kind": "take", "label": label, "service": service["code"]} | (
        {"procedure": procedure["code"]} if procedure else {}
    )


def _sheets(known: Known, words: Words) -> list[Action]:
    return [
        {"kind": "open", "label": words.name(each), "url": f"/p/{each['code']}", "procedure": each["code"]}
        for each in known.procedures
    ]


def _class(each: View, words: Words) -> Action:
    return {"kind": "priority", "label": words.name(each), "priority": each["code"]}


def _assistance(words: Words) -> Action:
    return {"kind": "assistance", "label": words.t("Ask a member of staff to come")}


def _used_up(service: View) -> bool:
    return service["daily_limit"] is not None and bool(service["issued"] >= service["daily_limit"])


def _apart(code: str) -> str:
    return f"{code[:3]} {code[3:]}"


ANSWERS: Mapping[Intent, Callable[[Asked, Known, Words], Answer]] = {
    Intent.GREETING: _greeting,
    Intent.THANKS: _thanks,
    Intent.HELP: _help,
    Intent.UNKNOWN: _unknown,
    Intent.ASSISTANCE: _staff,
    Intent.CHECK_IN: _check_in,
    Intent.TAKE: _take,
    Intent.WAIT: _wait,
    Intent.WHERE: _where,
    Intent.HOURS: _hours,
    Intent.PRIORITY: _priority,
    Intent.PROCEDURE: _procedure,
}
