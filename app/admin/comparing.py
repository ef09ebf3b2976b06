"""What changes from one centre to another, fact by fact: shown before an import is carried out. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# What names an entry of a list, so that a service is compared with itself wherever it stands.
NAMING_KEYS = ("code", "number")


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact: `where` names it from the outside in; None stands for "is not there"."""

    where: tuple[str, ...]
    before: Any
    after: Any


def differences(before: Any, after: Any, where: tuple[str, ...] = ()) -> Iterator[Difference]:
    """From one plain value (tables, lists, texts, numbers) to another, in the order of the second."""
    if _is_named_list(before) and _is_named_list(after):
        yield from _order(list(_named(before)), list(_named(after)), where)
        before, after = _named(before), _named(after)
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*after, *(key for key in before if key not in after)]:
            yield from differences(before.get(key), after.get(key), (*where, key))
    elif before != after:
        yield Difference(where, before, after)


def _order(before: list[str], after: list[str], where: tuple[str, ...]) -> Iterator[Difference]:
    kept, kept_now = [name for name in before if name in after], [name for name in after if name in before]
    if kept != kept_now:
        yield Difference((*where, "order"), before, after)


def _is_named_list(value: Any) -> bool:
    return isinstance(value, Sequence) and bool(value) and all(_name(entry) for entry in value)


def _named(value: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {_name(entry): entry for entry in value}


def _name(entry: Any) -> str:
    """The empty text for what has no name."""
    if not isinstance(entry, Mapping):
        return ""
    return next((str(entry[key]) for key in NAMING_KEYS if key in entry), "")
