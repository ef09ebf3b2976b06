"""How counters, the plan of the day and the centre itself follow from events; `evolve` is the door."""

from collections.abc import Callable
from typing import Any

from app.core import events as ev
from app.core.advice import Answered
from app.core.draft import Draft
from app.core.hall import LONG_AGO, Counter, CounterState
from app.core.values import changed


def _open(draft: Draft, _rec: ev.Recorded, event: ev.CounterOpened) -> None:
    counter = draft.counters[event.counter]
    draft.put_counter(changed(counter, state=CounterState.OPEN, clerk=event.clerk, until=None))


def _pause(draft: Draft, _rec: ev.Recorded, event: ev.CounterPaused) -> None:
    draft.put_counter(changed(draft.counters[event.counter], state=CounterState.PAUSED, until=event.until))


def _close_counter(draft: Draft, _rec: ev.Recorded, event: ev.CounterClosed) -> None:
    counter = draft.counters[event.counter]
    draft.put_counter(changed(counter, state=CounterState.CLOSED, clerk=None, until=None, press=None))


def _set_services(draft: Draft, _rec: ev.Recorded, event: ev.CounterServicesSet) -> None:
    draft.put_counter(changed(draft.counters[event.counter], own=event.own, help=event.help))


def _plan_breaks(draft: Draft, _rec: ev.Recorded, event: ev.BreaksPlanned) -> None:
    draft.put_counter(changed(draft.counters[event.counter], breaks=event.breaks))


def _accept(draft: Draft, rec: ev.Recorded, event: ev.AdviceAccepted) -> None:
    _answer(draft, event, Answered(rec.at, "accepted", event.counter, event.move.kind, event.move.services))


def _decline(draft: Draft, rec: ev.Recorded, event: ev.AdviceDeclined) -> None:
    answered = Answered(rec.at, "declined", event.counter, event.move.kind, event.move.services, event.reason)
    _answer(draft, event, answered)


def _answer(draft: Draft, event: ev.AdviceAccepted | ev.AdviceDeclined, answered: Answered) -> None:
    draft.answered = {**draft.answered, event.advice: answered}


def _start_day(draft: Draft, rec: ev.Recorded, _event: ev.DayStarted) -> None:
    """A new day: every series from 1, nobody waits; `decide` has ended what was left over."""
    for counter in list(draft.counters.values()):
        draft.put_counter(changed(counter, served=0, since_priority=LONG_AGO, press=None, breaks=()))
    draft.tickets, draft.queues, draft.kept, draft.series, draft.weave = {}, {}, {}, {}, {}
    draft.calls = ()
    draft.dossiers, draft.answered, draft.assistance = {}, {}, {}
    draft.bookings = {id_: booking for id_, booking in draft.bookings.items() if booking.day >= rec.day}
    draft.notices = {id_: notice for id_, notice in draft.notices.items() if notice.kind != "message"}


def _save_settings(draft: Draft, _rec: ev.Recorded, event: ev.SettingsSaved) -> None:
    draft.settings = event.settings


def _save_service(draft: Draft, _rec: ev.Recorded, event: ev.ServiceSaved) -> None:
    draft.services[event.service.code] = event.service


def _remove_service(draft: Draft, _rec: ev.Recorded, event: ev.ServiceRemoved) -> None:
    """Nobody is able to do any more what is not done here any more."""
    del draft.services[event.service]
    draft.slots = tuple(rule for rule in draft.slots if rule.service != event.service)
    draft.weave.pop(event.service, None)
    if any(event.service in services for services in draft.skills.values()):
        left = {clerk: tuple(s for s in able if s != event.service) for clerk, able in draft.skills.items()}
        draft.skills = {clerk: able for clerk, able in left.items() if able}


def _save_counter(draft: Draft, _rec: ev.Recorded, event: ev.CounterSaved) -> None:
    counter = draft.counters.get(event.counter) or Counter(event.counter)
    draft.put_counter(changed(counter, name=event.name, own=event.own, help=event.help, kind=event.kind))


def _remove_counter(draft: Draft, _rec: ev.Recorded, event: ev.CounterRemoved) -> None:
    del draft.counters[event.counter]
    if any(shift.counter == event.counter for shift in draft.rota):
        draft.rota = tuple(shift for shift in draft.rota if shift.counter != event.counter)


def _replace_catalogue(draft: Draft, _rec: ev.Recorded, event: ev.CatalogueReplaced) -> None:
    draft.procedures = dict(event.procedures)


def _save_skills(draft: Draft, _rec: ev.Recorded, event: ev.SkillsSaved) -> None:
    others = {clerk: services for clerk, services in draft.skills.items() if clerk != event.clerk}
    draft.skills = {**others, event.clerk: event.services} if event.services else others


def _save_rota(draft: Draft, _rec: ev.Recorded, event: ev.RotaSaved) -> None:
    draft.rota = event.shifts


def _note(_draft: Draft, _rec: ev.Recorded, _event: ev.Noted) -> None:
    """It stands in the log; the hall is as it was."""


def _save_slots(draft: Draft, _rec: ev.Recorded, event: ev.SlotsSaved) -> None:
    draft.slots = event.slots


def _save_closed_days(draft: Draft, _rec: ev.Recorded, event: ev.ClosedDaysSaved) -> None:
    draft.closed = event.closed


def _ask_assistance(draft: Draft, rec: ev.Recorded, event: ev.AssistanceAsked) -> None:
    draft.assistance = {**draft.assistance, event.place: rec.at}


def _give_assistance(draft: Draft, _rec: ev.Recorded, event: ev.AssistanceGiven) -> None:
    draft.assistance = {place: at for place, at in draft.assistance.items() if place != event.place}


def _save_notice(draft: Draft, _rec: ev.Recorded, event: ev.NoticeSaved) -> None:
    draft.notices = {**draft.notices, event.notice.id: event.notice}


def _remove_notice(draft: Draft, _rec: ev.Recorded, event: ev.NoticeRemoved) -> None:
    draft.notices = {id_: notice for id_, notice in draft.notices.items() if id_ != event.notice}


HANDLERS: dict[type[ev.Event], Callable[[Draft, ev.Recorded, Any], None]] = {
    ev.CounterOpened: _open,
    ev.CounterPaused: _pause,
    ev.CounterClosed: _close_counter,
    ev.CounterServicesSet: _set_services,
    ev.BreaksPlanned: _plan_breaks,
    ev.AdviceAccepted: _accept,
    ev.AdviceDeclined: _decline,
    ev.DayStarted: _start_day,
    ev.SettingsSaved: _save_settings,
    ev.ServiceSaved: _save_service,
    ev.ServiceRemoved: _remove_service,
    ev.CounterSaved: _save_counter,
    ev.CounterRemoved: _remove_counter,
    ev.CatalogueReplaced: _replace_catalogue,
    ev.SkillsSaved: _save_skills,
    ev.RotaSaved: _save_rota,
    ev.SlotsSaved: _save_slots,
    ev.ClosedDaysSaved: _save_closed_days,
    ev.AssistanceAsked: _ask_assistance,
    ev.AssistanceGiven: _give_assistance,
    ev.NoticeSaved: _save_notice,
    ev.NoticeRemoved: _remove_notice,
    ev.Noted: _note,
}
