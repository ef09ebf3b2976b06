"""One live number for each person, and for each telephone, in a service: known by hashes of today only.

An appointment is of a later day, for which there is no key yet: it is known by the telephone that was told for it,
which is kept sealed for as long as the appointment anyhow.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from app.core.bookings import BookingKind, BookingState
from app.core.change import Change
from app.core.errors import Conflict, Invalid
from app.core.events import DayStarted, SettingsSaved
from app.core.hall import ENDED, Hall
from app.day_key import DayKey
from app.sealing import BadKeyFile, CannotOpen, Keyring
from app.store.log import Also
from app.store.persons import day_persons, drop_day_persons, put_day_persons, sealed_of, shorten_personal
from app.store.store import Store

CARD_DIGITS: Final = 12
PHONE_DIGITS: Final = 10
COUNTRY: Final = "84"


class PersonNeeded(Invalid):
    code = "person_needed"
    text = "This centre gives one number to each person. Please enter the number of your citizen card or telephone."


class NotAPerson(Invalid):
    code = "not_a_person"
    text = "This is neither the 12 digits of a citizen card nor the 10 digits of a telephone number."


class PhoneNeeded(Invalid):
    code = "phone_needed"
    text = "This centre gives one appointment to each person. Please enter your telephone number, ten digits."


class PersonHolds(Conflict):
    """Says nothing of the number: whoever types somebody else's card shall not learn it."""

    code = "person_holds"
    text = "For this card or telephone number there is already a number or an appointment in this service that day."


class PhoneHolds(Conflict):
    code = "phone_holds"
    text = "This phone already holds number %(number)s for this service."


@dataclass
class OneEach:
    """All of it under the hub's lock. `_held`: the ticket's or booking's id by service and hash."""

    store: Store
    key: DayKey
    _held: dict[tuple[str, str], str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._held = day_persons(self.store.reads)

    @contextmanager
    def claimed(self, hall: Hall, service: str, holder: str, person: str | None, phone: str | None) -> Iterator[Also]:
        """Gives what to hand to `Hub.handle` as `also`; if the command is refused, nothing is claimed.

        `person` as typed; `phone` is the id of the device. Raises PersonNeeded, NotAPerson, PersonHolds or PhoneHolds.
        """
        hashes = self._hashes(hall, person, phone)
        self._check(hall, service, hashes)
        yield put_day_persons(service, hashes.values(), holder)
        self._held |= {(service, each): holder for each in hashes.values()}

    def held_by(self, hall: Hall, phone: str) -> list[dict[str, str]]:
        """The live numbers of a telephone by its id: each with its `number`, and the `url` of its page."""
        mark = self.key.digest("phone", phone)
        holders = dict.fromkeys(holder for (_, each), holder in self._held.items() if each == mark)
        return [_told(hall, holder) for holder in holders if is_live(hall, holder)]

    def _hashes(self, hall: Hall, person: str | None, phone: str | None) -> dict[str, str]:
        hashes = {"phone": self.key.digest("phone", phone)} if phone else {}
        if hall.settings.one_per_person:
            if not person:
                raise PersonNeeded
            hashes["person"] = self.key.digest("person", plain_number(person))
        return hashes

    def _check(self, hall: Hall, service: str, hashes: Mapping[str, str]) -> None:
        for what, each in hashes.items():
            holder = self._live(hall, service, each)
            if holder is not None and what == "person":
                raise PersonHolds
            if holder is not None:
                raise PhoneHolds(**_told(hall, holder))

    def check_number(self, hall: Hall, service: str, telephone: str) -> None:
        """Whether somebody already holds a number of today, known by a telephone's digits. Raises PersonHolds."""
        if self._live(hall, service, self.key.digest("person", telephone)) is not None:
            raise PersonHolds

    def check_appointment(self, hall: Hall, service: str, day: str, number: str, keyring: Keyring) -> None:
        """Whether somebody has an appointment on `day`, known by the digits of a `number`. Raises PersonHolds.

        One that cannot be opened, for its key is lost, is nobody's.
        """
        appointments = [each for each in hall.bookings.values() if each.kind is BookingKind.SLOT]
        live = [
            each.id for each in appointments if (each.service, each.day) == (service, day) and is_live(hall, each.id)
        ]
        sealed = sealed_of(self.store.reads, live)
        if any(_phone_of(keyring, id_, blob) == number for id_, blob in sealed.items()):
            raise PersonHolds

    def _live(self, hall: Hall, service: str, hash_: str) -> str | None:
        holder = self._held.get((service, hash_))
        return holder if holder is not None and is_live(hall, holder) else None

    def hear(self, changes: Sequence[Change]) -> None:
        """A listener of the hub: what has ended is forgotten at once, and with the new day all of it."""
        hall, events = changes[-1].hall, [change.recorded.event for change in changes]
        if any(isinstance(each, DayStarted) for each in events):
            self._held.clear()
        if any(isinstance(each, DayStarted | SettingsSaved) for each in events):
            # at the day's start too: settings may have been saved where nobody listened, by the command line
            self.store.commit([], also=shorten_personal(hall.settings.personal_days, hall.day))
        touched = {id_ for change in changes for id_ in _holders(change)}
        ended = {each for each in touched & set(self._held.values()) if not is_live(hall, each)}
        if ended:
            self._held = {what: holder for what, holder in self._held.items() if holder not in ended}
            self.store.commit([], also=drop_day_persons(ended))


def telephone(typed: str) -> str:
    """The digits of a telephone, which alone an appointment is known by. Raises PhoneNeeded."""
    try:
        number = plain_number(typed)
    except NotAPerson:
        raise PhoneNeeded(field="phone") from None
    if len(number) != PHONE_DIGITS:
        raise PhoneNeeded(field="phone")
    return number


def plain_number(typed: str) -> str:
    """A card's or telephone's number as digits alone, the telephone's beginning with 0. Raises NotAPerson."""
    digits = "".join(each for each in typed if each.isdecimal() and each.isascii())
    if typed.strip().startswith("+") or len(digits) == PHONE_DIGITS + 1:
        digits = "0" + digits.removeprefix(COUNTRY) if digits.startswith(COUNTRY) else digits
    is_phone = len(digits) == PHONE_DIGITS and digits.startswith("0")
    # every card's number begins with its province, 001 to 096: a telephone with 84 and 0 before it is none
    is_card = len(digits) == CARD_DIGITS and digits.startswith("0")
    if not (is_phone or is_card) or not set(typed) <= set("0123456789 .-+()"):
        raise NotAPerson
    return digits


def _phone_of(keyring: Keyring, booking: str, sealed: bytes) -> str | None:
    try:
        return plain_number(keyring.open(booking, sealed).phone)
    except (CannotOpen, BadKeyFile, NotAPerson):
        return None


def is_live(hall: Hall, holder: str) -> bool:
    """Whether a booking still waits for its citizen, or a ticket, also one that a booking became, has not ended."""
    booking = hall.bookings.get(holder)
    if booking is not None and booking.state is BookingState.BOOKED:
        return True
    ticket = hall.tickets.get(booking.ticket or "" if booking else holder)
    return ticket is not None and ticket.state not in ENDED


def _holders(change: Change) -> Iterator[str]:
    """Every id that what happened may have ended."""
    yield from change.touched.bookings
    for id_ in change.touched.tickets:
        yield id_
        ticket = change.hall.tickets.get(id_)
        if ticket is not None and ticket.booking:
            yield ticket.booking


def _told(hall: Hall, holder: str) -> dict[str, str]:
    """The number, and the page to go back to: it is the phone's own."""
    booking = hall.bookings.get(holder)
    ticket = hall.tickets.get((booking.ticket or "") if booking else holder)
    if ticket is not None:
        return {"number": ticket.number, "url": f"/t/{ticket.id}"}
    return {"number": booking.number or booking.code if booking else "", "url": f"/b/{holder}"}
