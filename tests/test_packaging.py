"""A wheel holds all that a hub needs: pages, sounds, the schema."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NEEDED = (
    "schema.sql",
    "app/data/starting-centre.toml",
    "app/data/procedures.csv",
    "app/data/everyday-words.csv",
    "app/locales/vi.po",
    "app/static/link.js",
    "app/templates/base.html",
    "displays/static/",
    "counters/templates/",
    "app/voice/clips/vi-north/manifest.json",
    "app/voice/languages/vi.toml",
    "hardware/printers/font/BeVietnamPro_700Bold.ttf",
)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("toiluot-*.whl"))) as archive:
        return archive.namelist()


@pytest.mark.parametrize("needed", NEEDED)
def test_a_wheel_holds(wheel: list[str], needed: str) -> None:
    assert any(name.startswith(needed) for name in wheel)


def test_a_wheel_holds_no_tests(wheel: list[str]) -> None:
    assert not [name for name in wheel if name.startswith(("tests/", "bench/"))]
