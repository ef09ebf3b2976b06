"""Every way in which the rules refuse a command.

Each error has a stable `code` for programs, a sentence for people (an English message id, translated
where it is shown) and the facts that fill the sentence.
"""

from typing import ClassVar


class Refused(Exception):
    """A command that the rules do not allow; nothing has changed."""

    code: ClassVar[str] = "refused"
    text: ClassVar[str] = "This is not possible now."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.text % facts)


class Unknown(Refused):
    """Names something that is not there."""


class Conflict(Refused):
    """Was possible a moment ago, or will be: somebody else was first, or the state does not allow it."""


class Invalid(Refused):
    """Could never be right as it stands."""


class Forbidden(Refused):
    """Right for somebody, not for this actor."""


class UnknownService(Unknown):
    code = "unknown_service"
    text = "There is no service '%(service)s' in this centre."


class UnknownCounter(Unknown):
    code = "unknown_counter"
    text = "There is no counter %(counter)s in this centre."


class UnknownTicket(Unknown):
    code = "unknown_ticket"
    text = "There is no ticket '%(ticket)s' today."


class UnknownProcedure(Unknown):
    code = "unknown_procedure"
    text = "There is no procedure '%(procedure)s' in the service %(service)s."


class UnknownPriority(Unknown):
    code = "unknown_priority"
    text = "There is no priority class '%(priority)s' in this centre."


class ServiceInactive(Conflict):
    code = "service_inactive"
    text = "The service %(service)s takes no numbers at present."


class DailyLimitReached(Conflict):
    code = "daily_limit_reached"
    text = "The service %(service)s has given out its %(limit)s numbers for today."


class TicketIdTaken(Conflict):
    code = "ticket_id_taken"
    text = "The ticket id %(ticket)s is already in use."


class CounterNotOpen(Conflict):
    code = "counter_not_open"
    text = "Counter %(counter)s is not open. Open it first."


class CounterEmpty(Conflict):
    code = "counter_empty"
    text = "Nobody is at counter %(counter)s."


class CounterChanged(Conflict):
    code = "counter_changed"
    text = "Counter %(counter)s has moved on: somebody else's press came first."


class CounterBusy(Conflict):
    code = "counter_busy"
    text = "Number %(number)s is still at counter %(counter)s. Finish it first."


class CounterTaken(Conflict):
    code = "counter_taken"
    text = "%(clerk)s is at counter %(counter)s."


class CounterAlready(Conflict):
    code = "counter_already"
    text = "Counter %(counter)s is already %(state)s."


class ClerkElsewhere(Conflict):
    code = "clerk_elsewhere"
    text = "Number %(number)s is still at your counter %(counter)s. Finish it before you move."


class WrongState(Conflict):
    code = "wrong_state"
    text = "Number %(number)s is %(state)s: this is not possible for it now."


class JustMoved(Conflict):
    code = "just_moved"
    text = "Number %(number)s was moved a moment ago. Look again before you give it up."


class SameService(Conflict):
    code = "same_service"
    text = "Number %(number)s is already in the service %(service)s."


class ParkedElsewhere(Conflict):
    code = "parked_elsewhere"
    text = "Number %(number)s is kept by counter %(counter)s."


class NothingToUndo(Conflict):
    code = "nothing_to_undo"
    text = "There is no press at counter %(counter)s that can still be undone."


class UndoTooLate(Conflict):
    code = "undo_too_late"
    text = "Number %(number)s has moved on since; the press can no longer be undone."


class BreakOver(Conflict):
    code = "break_over"
    text = "The break from %(start)s to %(end)s is already over."


class NotServedHere(Conflict):
    code = "not_served_here"
    text = "Number %(number)s was not served at counter %(counter)s."


class AdviceStale(Conflict):
    code = "advice_stale"
    text = "The hall has changed since: this advice for counter %(counter)s no longer fits."


class AdviceAnswered(Conflict):
    code = "advice_answered"
    text = "This advice for counter %(counter)s has already been answered."


class NotAble(Conflict):
    code = "not_able"
    text = "%(clerk)s is not set down as able to do the service %(service)s."


class NotYourCounter(Forbidden):
    code = "not_your_counter"
    text = "You are not the clerk at counter %(counter)s."


class RoleForbids(Forbidden):
    code = "role_forbids"
    text = "The role '%(role)s' may not do this."


class NothingServed(Invalid):
    code = "nothing_served"
    text = "A counter needs at least one service of its own."


class ServiceBothWays(Invalid):
    code = "service_both_ways"
    text = "The service %(service)s can be the counter's own or one it helps with, not both."


class EndsBeforeStart(Invalid):
    code = "ends_before_start"
    text = "The time from %(start)s to %(end)s does not end after its start."


class NotToday(Invalid):
    code = "not_today"
    text = "A break from %(start)s to %(end)s is not within today."


class CounterOverlap(Invalid):
    code = "counter_overlap"
    text = "Counter %(counter)s has two times that overlap: one begins at %(start)s, before the other's end at %(end)s."


class ClerkOverlap(Invalid):
    code = "clerk_overlap"
    text = "%(clerk)s would be at the counters %(first)s and %(second)s at the same time, at %(start)s."


class NoDossiers(Invalid):
    code = "no_dossiers"
    text = "Enter at least one dossier."


class NoOverrun(Conflict):
    code = "no_overrun"
    text = "The handling of number %(number)s has not passed its target."


class LetterTaken(Conflict):
    code = "letter_taken"
    text = "The letter %(letter)s belongs to the service %(service)s."


class InUse(Conflict):
    code = "in_use"
    text = "%(what)s is in use (%(by)s) and cannot be removed."


class NoPriority(Conflict):
    code = "no_priority"
    text = "Number %(number)s is not of a priority class."


class NobodyBehind(Conflict):
    code = "nobody_behind"
    text = "Nobody waits behind number %(number)s."


class AlreadyRated(Conflict):
    code = "already_rated"
    text = "The service for number %(number)s has been rated already."


class RatingsOff(Conflict):
    code = "ratings_off"
    text = "This centre does not ask for ratings."


class SameServiceTwice(Invalid):
    code = "same_service_twice"
    text = "The service %(service)s is named twice for one visit."


class OutOfRange(Invalid):
    code = "out_of_range"
    text = "%(what)s must be %(bounds)s."
