"""The guide is true: every setting of the [hardware] part and every preset is in it, in both languages as many."""

import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from hardware.config import HardwareConfig
from hardware.drivers import families

DOCS = Path(__file__).parents[2] / "docs"
GUIDES = ("installing-boards.md", "installing-boards.vi.md")


def keys_of(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    for key, field in model.model_fields.items():
        yield model.__name__, key
        for kind in (field.annotation, *get_args(field.annotation)):
            if isinstance(kind, type) and not isinstance(kind, types.GenericAlias) and issubclass(kind, BaseModel):
                yield from keys_of(kind)


@pytest.mark.parametrize(("part", "key"), list(keys_of(HardwareConfig)))
def test_every_setting_is_documented(part: str, key: str):
    assert f"| `{key}` |" in (DOCS / "hardware.md").read_text(encoding="utf-8"), part


@pytest.mark.parametrize(
    ("family", "preset"), [(name, preset) for name, family in families().items() for preset in family.presets]
)
def test_every_preset_is_documented(family: str, preset: str):
    text = (DOCS / "hardware.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"| `{family}` |"))
    assert f"`{preset}`" in row


def test_the_presets_are_counted_right():
    text = (DOCS / "hardware.md").read_text(encoding="utf-8")
    assert f"({sum(len(family.presets) for family in families().values())} in all)" in text


@pytest.mark.parametrize("guide", GUIDES)
def test_what_a_guide_points_to_exists(guide: str):
    text = (DOCS / guide).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        assert (DOCS / target).exists(), target


def test_both_guides_say_the_same_commands_and_have_as_many_parts():
    english, vietnamese = ((DOCS / guide).read_text(encoding="utf-8") for guide in GUIDES)
    commands = re.compile(r"toiluot hardware \w+[^`\n]*")
    assert [c.split("#")[0].strip() for c in commands.findall(english)] == [
        c.split("#")[0].strip() for c in commands.findall(vietnamese)
    ]
    for mark in ("\n## ", "\n| ", "\n- "):
        assert english.count(mark) == vietnamese.count(mark), mark
