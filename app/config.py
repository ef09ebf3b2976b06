"""What belongs to this machine: toiluot.toml, then TOILUOT_… variables, then the command line.

The centre's own data (services, counters, people) live in the database instead.
"""

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

PREFIX = "TOILUOT_"
LISTS = {"voice_packs", "piper_voices", "language_files"}
COMMA_LISTS = {"webhook_events"}
OTHER_VARIABLES = {"TOILUOT_CONFIG", "TOILUOT_AGENT_TOKEN"}


class BadConfig(Exception):
    """A setting that cannot be used; names the key, where it stands and what to do."""


class Config(BaseModel):
    """Every setting of a hub's machine; documented in docs/settings.md."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    db: Path = Path("toiluot.db")
    key_file: Path | None = None
    host: str = "0.0.0.0"  # noqa: S104 - the hall's screens are other machines
    port: int = Field(default=8000, ge=0, le=65535)
    public_url: str = ""
    trusted_proxies: int = Field(default=0, ge=0, le=10)
    async_mode: Literal["eventlet", "gevent", "threading"] = "eventlet"
    voice: Literal["auto", "clips", "piper", "espeak"] = "auto"
    voice_rate: int = Field(default=130, ge=80, le=300)
    voice_cache: Path | None = None
    voice_packs: tuple[Path, ...] = ()
    piper_voices: tuple[str, ...] = ()
    language_files: tuple[Path, ...] = ()
    media_folder: Path | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    foresight: bool = True
    webhook_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    webhook_secret: str = ""
    webhook_events: tuple[str, ...] = ("issued", "near", "called", "missed")
    clock_start: str = ""
    clock_rate: float = Field(default=1.0, gt=0, le=1000)
    hardware: dict[str, Any] | None = None


def load(
    path: Path | None = None, environ: Mapping[str, str] = os.environ, options: Mapping[str, object] | None = None
) -> Config:
    """The settings in force. `path` None: toiluot.toml of the present folder, if there is one. Raises BadConfig."""
    named = path or (Path(environ["TOILUOT_CONFIG"]) if "TOILUOT_CONFIG" in environ else None)
    values = _from_file(named or Path("toiluot.toml"), must_exist=named is not None)
    values |= _from_environment(environ)
    values |= {key: value for key, value in (options or {}).items() if value is not None}
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        message = f"{key}: {first['msg']} (it is {first['input']!r})"
        raise BadConfig(message) from None


def _from_file(path: Path, *, must_exist: bool) -> dict[str, Any]:
    if not path.exists() and not must_exist:
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror})"
        raise BadConfig(message) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path}: is not valid TOML: {error}"
        raise BadConfig(message) from error
    for key in values:
        _check_key(key, f"{path}: ")
    return values


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for variable, value in environ.items():
        if not variable.startswith(PREFIX) or variable in OTHER_VARIABLES:
            continue
        key = variable.removeprefix(PREFIX).lower()
        _check_key(key, f"the variable {variable}: ")
        if key in COMMA_LISTS:
            values[key] = tuple(word.strip() for word in value.split(",") if word.strip())
            continue
        values[key] = tuple(filter(None, value.split(os.pathsep))) if key in LISTS else value
    return values


def _check_key(key: str, where: str) -> None:
    if key in Config.model_fields:
        return
    near = difflib.get_close_matches(key, Config.model_fields, n=1)
    hint = f"; did you mean '{near[0]}'?" if near else f"; the settings are {', '.join(Config.model_fields)}"
    message = f"{where}there is no setting '{key}'{hint}"
    raise BadConfig(message)
