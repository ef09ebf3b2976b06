"""The [hardware] part of a toiluot.toml, read and rewritten with everybody's comments kept."""

from __future__ import annotations

import os
import shutil
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from hardware.config import part_of
from hardware.config_errors import BadHardwareConfig, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

SECRET: Final = "token"  # noqa: S105 - the key's name, not its value
"""Stays in the file whatever is saved, and is told to nobody."""

KEPT: Final = frozenset({SECRET, "hub"})
"""Stay in the file whatever is saved: at its next start the agent would give its token to any hub written there."""

TOMLKIT_FAULTS: Final = (TOMLKitError, LookupError, TypeError, ValueError, AttributeError)
"""What tomlkit raises over tables whose parts stand far apart, or in forms that it cannot change."""


class SettingsNotWritten(Exception):
    """The file is as it was; `reason` says why, for a person."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class PartNotKept(Exception):
    """Written into the file, the part would not read as it was given, or the rest of the file would not."""

    def __init__(self) -> None:
        super().__init__("the [hardware] part cannot be changed in the form that it has; write it as [hardware] tables")


def read_part(path: Path) -> dict[str, Any]:
    """The [hardware] part as it stands there, without the token; empty where there is none, or no file.

    Raises BadHardwareConfig where the file cannot be read.
    """
    return {key: value for key, value in (part_of(path) or {}).items() if key != SECRET}


def write_part(path: Path, part: Mapping[str, Any]) -> None:
    """Make `part`, which has been checked, the file's [hardware] part; the file as it was stays beside it as .bak.

    Raises:
        BadHardwareConfig: what is there cannot be read.
        SettingsNotWritten: it cannot be written.
    """
    target = path.resolve()  # the file itself, not a link to it
    old = _text(path)
    try:
        text = with_part(old or "", part)
    except tomllib.TOMLDecodeError as error:
        raise BadHardwareConfig(str(path), [Problem("", f"is not valid TOML: {error}")]) from error
    except PartNotKept as error:
        raise SettingsNotWritten(path, str(error)) from error
    try:
        if old is not None:
            shutil.copy2(target, target.with_name(target.name + ".bak"))
        _replace(target, text)
    except OSError as error:
        raise SettingsNotWritten(path, f"cannot be written: {error.strerror}") from error


def with_part(text: str, part: Mapping[str, Any]) -> str:
    """`text` with this [hardware] part; what is KEPT in it and all else is as it was, comments too if that can be.

    Where its form cannot be changed in place, the part is written anew at the end, without its comments.

    Raises:
        tomllib.TOMLDecodeError: `text` cannot be read.
        PartNotKept: neither way gives a file that reads as it should.
    """
    before = tomllib.loads(text)
    old = before.get("hardware")
    kept = {key: value for key, value in old.items() if key in KEPT} if isinstance(old, dict) else {}
    section = kept | {key: value for key, value in part.items() if key not in KEPT}
    for write in (_in_place, _anew):
        written = write(text, section)
        if written is not None and _reads_as(written, before | {"hardware": section}):
            return written
    raise PartNotKept


def _in_place(text: str, section: Mapping[str, Any]) -> str | None:
    try:
        document = tomlkit.parse(text)
        if "hardware" not in document:
            document["hardware"] = tomlkit.table()
        table: Any = document["hardware"]
        _update(table, section)
        return tomlkit.dumps(document)
    except TOMLKIT_FAULTS:
        return None


def _anew(text: str, section: Mapping[str, Any]) -> str | None:
    try:
        rest = tomlkit.parse(text)
        if "hardware" in rest:
            del rest["hardware"]
        table = tomlkit.table()
        _update(table, section)
        own = tomlkit.document()
        own["hardware"] = table
        return f"{tomlkit.dumps(rest).rstrip()}\n\n{tomlkit.dumps(own)}".lstrip()
    except TOMLKIT_FAULTS:
        return None


def _reads_as(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def without_nulls(value: Any) -> Any:
    """What is null is not set, and TOML has no word for it."""
    if isinstance(value, dict):
        return {key: without_nulls(each) for key, each in value.items() if each is not None}
    return [without_nulls(each) for each in value] if isinstance(value, list) else value


def _update(table: MutableMapping[str, Any], wanted: Mapping[str, Any]) -> None:
    """Change only what differs: what is not touched keeps its comments and its form."""
    for key in [key for key in table if key not in wanted]:
        del table[key]
    for key, value in wanted.items():
        old = table.get(key)
        if old is not None and _plain(old) == value:
            continue
        if isinstance(old, AoT) and _are_tables(value):
            _update_tables(old, value)
        elif isinstance(old, dict) and isinstance(value, dict):
            _update(old, value)
        else:
            table[key] = as_tables(value) if _are_tables(value) else _compact(value)


def _update_tables(tables: AoT, wanted: list[dict[str, Any]]) -> None:
    """Entries are the same ones if they have the same name; the order becomes the wanted one."""
    by_name = {str(table.get("name")): table for table in tables}
    while len(tables):
        del tables[len(tables) - 1]
    for entry in wanted:
        table = by_name.pop(str(entry.get("name")), None)
        if table is None:
            tables.append(_entry(entry))
        else:
            _update(table, entry)
            tables.append(table)


def as_tables(entries: list[dict[str, Any]]) -> AoT:
    tables = tomlkit.aot()
    for entry in entries:
        tables.append(_entry(entry))
    return tables


def _entry(entry: Mapping[str, Any]) -> tomlkit.items.Table:
    table = tomlkit.table()
    for key, value in entry.items():
        table[key] = _compact(value)
    return table


def _compact(value: Any) -> Any:
    """Tables within an entry on one line: options = {preset = "led-485"}."""
    if isinstance(value, dict):
        table = tomlkit.inline_table()
        table.update({key: _compact(each) for key, each in value.items()})
        return table
    if isinstance(value, list):
        array = tomlkit.array()
        array.extend(_compact(each) for each in value)
        return array
    return value


def _are_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _plain(item: Any) -> Any:
    return item.unwrap() if hasattr(item, "unwrap") else item


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsNotWritten(path, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadHardwareConfig(str(path), [Problem("", f"is not valid TOML: {error}")]) from error


def _replace(target: Path, text: str) -> None:
    """All of it or nothing, also when the current goes in between; readable by its owner alone unless it was not."""
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, name)
        Path(name).replace(target)
    except OSError:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
