"""The documents are true: every command and every setting is in them, and every picture that they show exists."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from app.cli import cli
from app.config import Config

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.vi.md")


def commands(group: click.Group, before: str = "toiluot") -> Iterator[str]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}"


@pytest.mark.parametrize("command", list(commands(cli)))
def test_every_command_is_documented(command: str) -> None:
    assert f"`{command}" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", list(Config.model_fields))
def test_every_setting_is_documented(setting: str) -> None:
    assert f"| `{setting}` |" in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("readme", READMES)
def test_what_a_readme_points_to_exists(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (ROOT / target).exists(), f"{readme} points to {target}"


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_the_targets_of_the_makefile(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    for target in ("make run", "make test", "make check", "make bench"):
        assert target in text


def test_the_decisions_are_listed() -> None:
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    for path in (ROOT / "docs" / "decisions").glob("0*.md"):
        assert path.name in listed
