"""What the figures are judged by: the targets in force, and the clock on the wall."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from app.core.hall import Hall

# Every offset from UTC is a whole number of quarters of an hour, so a quarter lies within one hour of any clock.
QUARTER_MS = 900_000


@dataclass(frozen=True)
class Standard:
    """Targets in ms by service; `otherwise` for a service that is no more."""

    waiting: Mapping[str, int]
    handling: Mapping[str, int]
    otherwise: int
    timezone: str
    _hours: dict[int, tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, hall: Hall) -> "Standard":
        services = hall.services.values()
        return cls(
            waiting={service.code: service.target_s * 1000 for service in services},
            handling={service.code: service.handle_target_s * 1000 for service in services},
            otherwise=hall.settings.target_s * 1000,
            timezone=hall.settings.timezone,
        )

    def wait_target(self, service: str) -> int:
        return self.waiting.get(service, self.otherwise)

    def handle_target(self, service: str) -> int:
        return self.handling.get(service, self.otherwise)

    @property
    def shared_handle_target(self) -> int | None:
        """The handling target of all services, where they have the same."""
        targets = {*self.handling.values()}
        return targets.pop() if len(targets) == 1 else None

    def hour(self, quarter: int) -> tuple[int, int]:
        """(weekday, hour) of a quarter of an hour, counted from the epoch; Monday is 0."""
        if quarter not in self._hours:
            moment = datetime.fromtimestamp(quarter * QUARTER_MS / 1000, ZoneInfo(self.timezone))
            self._hours[quarter] = (moment.weekday(), moment.hour)
        return self._hours[quarter]
