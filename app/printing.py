"""Tickets on paper: what stands on one, which printer it goes to, and what is wrong where none comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Any, Protocol

from app.agents import AgentRefused
from app.core.errors import Invalid, Refused, Unknown
from app.core.permissions import Actor, Role
from app.health import Found
from app.i18n import gettext
from app.wait_words import wait_words

Block = dict[str, Any]
DEVICES = frozenset({Role.KIOSK, Role.ROBOT})
PRINT_S = 30  # a long ticket, drawn, over a line of 9600 baud, needs 22
TRIAL_NUMBER = "A000"  # nobody holds it: numbers begin at 001
LONGEST_TEXT = 120  # characters: the longest names of procedures are sentences, and paper is narrow


class NoPrinter(Unknown):
    code = "no_printer"
    text = "There is no ticket printer here. The number is valid without paper."


class WhichPrinter(Invalid):
    code = "which_printer"
    text = "There are several printers: %(printers)s. Say which one is to print."


class PrinterTrouble(Refused):
    """No paper came out. `reason` is the agent's code, `said` its own English."""

    code = "printer_failed"
    text = "The printer %(printer)s did not print. See what it shows, then print again."


class PaperOut(PrinterTrouble):
    code = "paper_out"
    text = "The printer %(printer)s is out of paper. Put in a new roll, then print again."


class CoverOpen(PrinterTrouble):
    code = "cover_open"
    text = "The cover of the printer %(printer)s is open. Close it, then print again."


class PrinterError(PrinterTrouble):
    code = "printer_error"
    text = "The printer %(printer)s reports a fault. Look for jammed paper, switch it off and on, then print again."


class PrinterSilent(PrinterTrouble):
    code = "no_answer"
    text = "The printer %(printer)s does not answer. See that it is switched on and its cable is plugged in."


class PortDown(PrinterTrouble):
    code = "port_down"
    text = "The line to the printer %(printer)s cannot be used. See to its cable; the agent's PC tries again by itself."


TROUBLES: dict[str, type[PrinterTrouble]] = {
    "paper_out": PaperOut,
    "cover_open": CoverOpen,
    "error": PrinterError,
    "printer_error": PrinterError,
    "no_answer": PrinterSilent,
    "network_refused": PrinterSilent,
    "network_unreachable": PrinterSilent,
    "closed": PrinterSilent,
    "down": PortDown,
    "stuck": PortDown,
}


class Ask(Protocol):
    """See Agents.ask."""

    def __call__(self, agent: Actor, what: str, data: Mapping[str, Any], timeout_s: float) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Printing:
    """`ask` waits for an agent's answer, `wait_s` seconds at most: never under the hub's lock."""

    ask: Ask
    wait_s: float = PRINT_S

    def print(self, printer: Found, job: str, blocks: Sequence[Block]) -> str:
        """Print, once for each `job`: "printed", or "sent" where the printer cannot tell.

        Raises PrinterTrouble, AgentAway, or AgentLost or AgentSilent: then the paper may be out or not.
        """
        name = printer.equipment.name
        data = {"printer": name, "job": job, "document": {"blocks": list(blocks)}, "within_s": self.wait_s}
        try:
            answer = self.ask(Actor(printer.agent, Role.AGENT), "print", data, self.wait_s)
        except AgentRefused as refused:
            raise _trouble(name, str(refused.facts["reason"]), str(refused.facts["detail"])) from None
        return "printed" if answer.get("result") == "printed" else "sent"


def _trouble(printer: str, reason: str, said: str) -> PrinterTrouble:
    kind = PortDown if reason.startswith("port_") else TROUBLES.get(reason, PrinterTrouble)
    return kind(printer=printer, reason=reason, said=said)


def printer_for(printers: Sequence[Found], asker: Actor, name: str | None) -> Found:
    """The printer that is named, else the one that stands in the asking device, else the staff's only one.

    Raises NoPrinter or WhichPrinter.
    """
    if name is not None:
        fitting = [each for each in printers if each.equipment.name == name][:1]
    elif asker.role in DEVICES:
        fitting = [each for each in printers if each.equipment.kiosk == asker.name][:1]
    else:
        fitting = [each for each in printers if each.online] or list(printers)
    if not fitting:
        raise NoPrinter
    if len(fitting) > 1:
        raise WhichPrinter(printers=", ".join(each.equipment.name for each in fitting))
    return fitting[0]


def document(ticket: Mapping[str, Any], centre: str, language: str, procedure: str, link: str | None) -> list[Block]:
    """What stands on the paper: the same as on the browser's slip (app/kiosk/static/slip.js), and the procedure.

    `ticket` is its holder's view; `link` the address of its page, None where no phone could open that.
    """
    words = [_text(sentence) for sentence in _expectation(ticket, language)]
    return [
        _text(centre, bold=True),
        {"kind": "rule"},
        _text(gettext(language, "Your number")),
        {"kind": "number", "text": ticket["number"]},
        _text(in_language(ticket, "service_name", language), size="large", bold=True),
        *([_text(_afterwards(ticket["then"], language))] if ticket["then"] else []),
        *([_text(procedure)] if procedure else []),
        *([_text(gettext(language, "Priority"), bold=True)] if ticket["priority"] else []),
        *([{"kind": "space"}, *words] if words else []),
        *([{"kind": "space"}, {"kind": "qr", "data": link}] if link else []),
        {"kind": "space"},
        _text(gettext(language, "When your number is called, go to the counter that the screen shows.")),
        _text(_when(datetime.fromisoformat(ticket["issued_at"])), size="small"),
    ]


def trial(centre: str, printed_at: datetime, link: str | None) -> list[Block]:
    """What stands on a ticket that only tries the printer: no citizen's number, in both languages of the staff."""
    return [
        _text(centre, bold=True),
        {"kind": "rule"},
        _text(" / ".join(gettext(language, "Test ticket") for language in ("vi", "en")), size="large", bold=True),
        {"kind": "number", "text": TRIAL_NUMBER},
        *([{"kind": "qr", "data": link}] if link else []),
        {"kind": "space"},
        _text(_when(printed_at), size="small"),
    ]


def in_language(named: Mapping[str, Any], field: str, language: str) -> str:
    """A name in a language; in Vietnamese where there is no other."""
    return str((language == "en" and named[f"{field}_en"]) or named[field])


def _afterwards(services: Sequence[Mapping[str, Any]], language: str) -> str:
    """What is still to come on this visit, in its order."""
    names = ", ".join(in_language(each, "name", language) for each in services)
    return gettext(language, "Then: %(services)s", services=names)


def _expectation(ticket: Mapping[str, Any], language: str) -> list[str]:
    if ticket["state"] != "waiting":
        return []
    ahead, forecast = _ahead(ticket["ahead"], language), ticket["forecast"]
    # that no counter is open is not for paper, which is still in a hand when one is
    return [ahead] if forecast is None else [ahead, wait_words(language, forecast, ticket["ahead"])]


def _ahead(ahead: int, language: str) -> str:
    if ahead == 0:
        return gettext(language, "You are next")
    if ahead == 1:
        return gettext(language, "One person before you")
    return gettext(language, "%(n)s people before you", n=ahead)


def _when(moment: datetime) -> str:
    return f"{moment:%H:%M · %d/%m/%Y}"


def _text(text: str, *, size: str = "normal", bold: bool = False) -> Block:
    short = shorten(text, LONGEST_TEXT, placeholder=" …")
    return {"kind": "text", "text": short, "size": size, "bold": bold, "align": "center"}
