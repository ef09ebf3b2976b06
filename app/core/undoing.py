"""A press is remembered as it is made, so that it can be taken back."""

from typing import Any

from app.core import events as ev
from app.core.draft import Draft
from app.core.hall import LONG_AGO, Press
from app.core.values import changed

CALLING = "next"


def remember_press(draft: Draft, rec: ev.Recorded, verb: str, event: Any) -> None:
    """Keep what the counter looked like before a press; the events of one command are one press."""
    counter, ticket = draft.counters[event.counter], draft.tickets[event.ticket]
    weave = draft.weave.get(ticket.service, LONG_AGO)
    if counter.press and counter.press.command == rec.command:
        before = (*counter.press.before, ticket)
        press = changed(counter.press, verb=verb, last=rec.seq, before=before, weave=weave)
    else:
        press = Press(
            verb=verb,
            at=rec.at,
            command=rec.command,
            last=rec.seq,
            before=(ticket,),
            ticket=counter.ticket,
            weave=weave,
            since_priority=counter.since_priority,
            served=counter.served,
        )
    draft.put_counter(changed(counter, press=press))


def undo(draft: Draft, rec: ev.Recorded, event: ev.PressUndone) -> None:
    """The tickets stand as before the press; what was told since (why it took long, a claim is right) stays."""
    counter = draft.counters[event.counter]
    press = counter.press
    assert press is not None, "decide lets only a remembered press be undone"  # noqa: S101
    if press.verb == CALLING:
        _uncall(draft, press, event.counter)
    for before in press.before:
        now = draft.tickets[before.id]
        claimed = before.claimed and (now.claimed or not now.priority)  # refused now, or not judged yet
        draft.put(changed(before, changed=rec.seq, overrun=now.overrun, rated=now.rated, claimed=claimed))
    draft.put_counter(
        changed(counter, ticket=press.ticket, press=None, since_priority=press.since_priority, served=press.served)
    )


def _uncall(draft: Draft, press: Press, number: int) -> None:
    """The call was never made, nor what was repeated of it; what other counters called meanwhile still counts."""
    *_, called = press.before
    counted = 0 if called.priority else min(press.weave + 1, LONG_AGO)
    if not _priority_called_since(draft, press, called.service):
        count = press.weave + draft.weave[called.service] - counted
        draft.weave[called.service] = max(0, min(count, LONG_AGO))
    draft.calls = tuple(call for call in draft.calls if call.counter != number or call.seq < press.command)


def _priority_called_since(draft: Draft, press: Press, service: str) -> bool:
    since = [draft.tickets[call.ticket] for call in draft.calls if call.seq > press.last and not call.again]
    return any(ticket.priority and ticket.service == service for ticket in since)
