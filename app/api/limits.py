"""Throttling: guessing a password or a set-up link takes longer than a working life."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from flask import Response, g, request
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from app.api.problems import TooMany
from app.api.routes import LIMITED
from app.core.permissions import Role

View = Callable[..., Any]
counts = MemoryStorage()
limiter = FixedWindowRateLimiter(counts)


def limited(
    what: str,
    *,
    refusals_only: bool = False,
    of: Callable[[Any], str] | None = None,
    who: Callable[[], str] | None = None,
    roles: frozenset[Role] = frozenset(Role),
) -> Callable[[View], View]:
    """At most so many requests from one address, such as "10/minute;60/hour"; or only so many that are refused.

    `of` tells apart, by the parsed body, what is asked from one address: a whole office may sit behind one.
    `who` counts by whoever asks instead, wherever from: each robot has a token of its own. `roles`: only these are
    counted, of those who are signed in. Raises TooMany.
    """
    allowed = parse_many(what)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> Any:
            if g.actor and g.actor.role not in roles:
                return view(**values)
            about = of(values["body"]) if of else ""
            counted = (view.__name__, who() if who else request.remote_addr or "", about)
            _count(allowed, counted)
            answer: Response = view(**values)
            if refusals_only:
                _take_back(allowed, counted)
            return answer

        setattr(guarded, LIMITED, True)
        return guarded

    return decorate


def _count(allowed: Sequence[RateLimitItem], who: Sequence[str]) -> None:
    """Before the answer is known: a hundred guesses at once would all be let in otherwise. Raises TooMany."""
    for limit in allowed:
        if not limiter.hit(limit, *who):
            raise TooMany(retry_after_s=limit.get_expiry())


def _take_back(allowed: Sequence[RateLimitItem], who: Sequence[str]) -> None:
    for limit in allowed:
        counts.decr(limit.key_for(*who))
