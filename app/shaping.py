"""Strict models of the core's own dataclasses: a setting or a service is described once, in app/core/hall.py."""

from dataclasses import MISSING, fields
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, create_model


class Strict(BaseModel):
    """What somebody wrote. An unknown key is an error: a misspelt one must not be lost silently."""

    model_config = ConfigDict(extra="forbid", str_max_length=4000)


def model_of(kind: type[Any], name: str, *, without: tuple[str, ...] = ()) -> type[Strict]:
    """A model with the fields and defaults of a dataclass, but for those named in `without`."""
    hints = get_type_hints(kind)
    wanted: dict[str, Any] = {
        each.name: (hints[each.name], ... if each.default is MISSING else each.default)
        for each in fields(kind)
        if each.name not in without
    }
    return create_model(name, __base__=Strict, __doc__=kind.__doc__, **wanted)


def values_of(model: BaseModel) -> dict[str, Any]:
    """The model's fields as they are, to make a dataclass of."""
    return {name: getattr(model, name) for name in type(model).model_fields}
