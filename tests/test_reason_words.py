"""Every reason that the agent gives by a code is said in words on the pages."""

import re
from itertools import chain
from pathlib import Path
from types import ModuleType

import hardware
from hardware.health import Code
from hardware.keypads import desk, door
from hardware.keypads import health as keypads
from hardware.printers import status as printers
from hardware.scanners import health as scanners

ROOT = Path(__file__).parents[1]
WORDS = ROOT / "app/static/reasons.js"
REFUSED_WITH = re.compile(r'\bRefused\(\s*"(\w+)"')


def test_no_code_of_the_agent_is_without_words() -> None:
    told = set(re.findall(r"\b(\w+): t\(", WORDS.read_text(encoding="utf-8")))
    wanted = {*(code.value for code in Code), *(each.code for each in printers.Condition), *named(), *spelt_out()}
    assert {"port_denied", "cover_open", "too_late", "unreadable", "crashed"} <= wanted, "the codes were not found"
    assert wanted - {""} <= told


def named() -> set[str]:
    """Codes that have a name of their own in their module."""
    return set(chain.from_iterable(map(constants, (desk, door, keypads, printers, scanners))))


def constants(module: ModuleType) -> set[str]:
    every = {value for name, value in vars(module).items() if name.isupper() and isinstance(value, str)}
    return {value for value in every if re.fullmatch(r"[a-z_]+", value)}


def spelt_out() -> set[str]:
    """Codes that stand where something is refused."""
    sources = Path(hardware.__file__).parent.rglob("*.py")
    return {code for source in sources for code in REFUSED_WITH.findall(source.read_text(encoding="utf-8"))}
