"""What must hold of every new number, whichever way it is taken."""

from app.core import errors as err
from app.core.hall import Hall
from app.core.lookup import find_service


def check_service(hall: Hall, code: str) -> None:
    """Raise UnknownService or ServiceInactive."""
    if not find_service(hall, code).active:
        raise err.ServiceInactive(service=code)


def check_procedure(hall: Hall, procedure: str | None, service: str) -> None:
    """Raise UnknownProcedure where the service does not have it."""
    if procedure is not None and hall.procedures.get(procedure) != service:
        raise err.UnknownProcedure(procedure=procedure, service=service)


def next_number(hall: Hall, code: str) -> tuple[int, str]:
    """The next of a service's series, and as it is printed. Raises DailyLimitReached."""
    series, number = promised_number(hall, code)
    limit = hall.services[code].daily_limit
    if limit is not None and series > limit:
        raise err.DailyLimitReached(service=code, limit=limit)
    return series, number


def promised_number(hall: Hall, code: str) -> tuple[int, str]:
    """As `next_number`, for whoever was promised to be served today: the limit is for those who come without."""
    service = find_service(hall, code)
    series = hall.series.get(code, 0) + 1
    return series, f"{service.letter}{series:03d}"
