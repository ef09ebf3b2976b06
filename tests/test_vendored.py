"""What is vendored is what was published, and no page asks another host for anything."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "app/static"
CHECKSUM = re.compile(r"^([0-9a-f]{64})  (\S+)$", re.MULTILINE)
# `//host` right after a quote or a bracket is a URL without a scheme
FOREIGN = re.compile(r"""(?:https?|wss?):?//(?!127\.0\.0\.1|localhost)[\w.-]+|["'(]//[\w-]+\.""")
ASKS_NOBODY = re.compile(r'xmlns(?::\w+)?="[^"]*"|^\s*(?://|\*).*$', re.MULTILINE)  # a namespace, a comment
PAGES = ("*.html", "*.css", "*.js", "*.svg")

CHECKSUMS = {name: digest for digest, name in CHECKSUM.findall((STATIC / "vendor/README.md").read_text())}


def page_files() -> list[Path]:
    rooms = [ROOT / room for room in ("app", "displays", "counters")]
    found = [path for room in rooms for pattern in PAGES for path in room.rglob(pattern)]
    return [path for path in found if "vendor" not in path.parts]


def test_every_vendored_file_is_listed():
    present = {
        str(path.relative_to(STATIC))
        for folder in ("vendor", "fonts")
        for path in (STATIC / folder).iterdir()
        if path.name != "README.md"
    }
    assert present == set(CHECKSUMS)


@pytest.mark.parametrize("name", sorted(CHECKSUMS))
def test_a_vendored_file_is_the_published_one(name: str):
    assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == CHECKSUMS[name]


@pytest.mark.parametrize("path", page_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_refers_to_another_host(path: Path):
    assert FOREIGN.findall(ASKS_NOBODY.sub("", path.read_text())) == []


TEMPLATES = [path for path in page_files() if path.suffix == ".html"]
# docs/decisions/0015: tests/system/test_pages_are_strict.py holds its served text against the policy
PINNED_STYLE = {"app/phone/templates/phone/bare.html": "<style>{{ style | safe }}</style>"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_needs_a_hole_in_the_content_security_policy(path: Path):
    text = path.read_text().replace(PINNED_STYLE.get(str(path.relative_to(ROOT)), "\0"), "", 1)
    assert not re.search(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", text)
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=\"", text)
