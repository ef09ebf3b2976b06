"""Turning what pydantic says of a configuration into sentences for whoever edits the file."""

from __future__ import annotations

import dataclasses
import difflib
import typing
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    Location = tuple[str | int, ...]


class BadHardwareConfig(ValueError):
    """All that is wrong with a [hardware] part, one line each."""

    def __init__(self, source: str, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"{source}: {problem}" for problem in problems))
        self.source = source
        self.problems = problems


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


def problems_of(error: ValidationError, model: type[BaseModel], at: Location) -> list[Problem]:
    """A Problem for each of pydantic's errors about `model`, which stands at `at` in the file."""
    return [_problem(details, model, at) for details in error.errors()]


def key_path(location: Location) -> str:
    """("hardware", "buses", 0) as hardware.buses[0]."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path.removeprefix(".")


def _problem(details: ErrorDetails, model: type[BaseModel], at: Location) -> Problem:
    location = details["loc"]
    if details["type"] in ("extra_forbidden", "unexpected_keyword_argument"):
        return Problem("", _unknown_key(str(location[-1]), location[:-1], model, at))
    if details["type"] in ("missing", "missing_argument"):
        return Problem(key_path(at + location[:-1]), f"the key '{location[-1]}' is missing; add it")
    return Problem(key_path(at + location), f"{details['msg']} (it is {details['input']!r})")


def _unknown_key(key: str, section: Location, model: type[BaseModel], at: Location) -> str:
    known = _keys_at(model, section)
    near = difflib.get_close_matches(key, known, n=1)
    advice = f"did you mean '{near[0]}'?" if near else f"the keys there are {', '.join(known)}"
    return f"unknown key '{key}' in {key_path(at + section)}; {advice}"


def _keys_at(model: type[Any], section: Location) -> list[str]:
    for part in section:
        if isinstance(part, str):
            model = _structure_in(typing.get_type_hints(model).get(part)) or model
    if dataclasses.is_dataclass(model):
        return [field.name for field in dataclasses.fields(model)]
    return list(model.model_fields)


def _structure_in(annotation: Any) -> type[Any] | None:
    """The model or dataclass within list[X], X | None and the like."""
    if isinstance(annotation, type) and (issubclass(annotation, BaseModel) or dataclasses.is_dataclass(annotation)):
        return annotation
    inner = (_structure_in(argument) for argument in typing.get_args(annotation))
    return next(filter(None, inner), None)
