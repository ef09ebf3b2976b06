"""Texts in a further language are a further file; a wrong file is told of and done without."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app import i18n

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
CALL = '\n#: app/static/x.js\nmsgid "Call next"\nmsgstr "%s"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    i18n.use([])


def known_message() -> str:
    return next(key for key in i18n.catalogue("vi") if "%(" not in key)


def test_a_further_file_is_a_further_language(folder: Path) -> None:
    message = known_message()
    (folder / "km.po").write_text(f'{HEADER}\nmsgid "{message}"\nmsgstr "KM"\n', "utf-8")
    assert i18n.use([folder]) == []
    assert i18n.languages() == ("vi", "en", "km")
    assert i18n.own_name("km") == "ខ្មែរ"
    assert i18n.gettext("km", message) == "KM"


def test_what_it_lacks_is_told_in_vietnamese_unless_it_says_otherwise(folder: Path) -> None:
    message = known_message()
    (folder / "hre.po").write_text(HEADER + '"Language-Team: Hrê <x@y.z>\\n"\n', "utf-8")
    (folder / "fr.po").write_text(HEADER + '"X-Fallback: en\\n"\n"X-Language-Name: Le français\\n"\n', "utf-8")
    assert i18n.use([folder]) == []
    assert i18n.gettext("hre", message) == i18n.gettext("vi", message) != message
    assert i18n.page_catalogue("hre") == i18n.page_catalogue("vi")
    assert i18n.gettext("fr", message) == message
    assert (i18n.own_name("hre"), i18n.own_name("fr")) == ("Hrê", "Le français")


def test_the_centre_may_word_vietnamese_its_own_way(folder: Path) -> None:
    message = known_message()
    (folder / "vi.po").write_text(f'{HEADER}\nmsgid "{message}"\nmsgstr "theo cách riêng"\n', "utf-8")
    i18n.use([folder])
    assert i18n.gettext("vi", message) == "theo cách riêng"
    assert i18n.languages() == ("vi", "en")


@pytest.mark.parametrize(
    ("name", "text", "line", "complaint"),
    [
        ("km.po", HEADER + '\nmsgid "%(n)s people"\nmsgstr "%(m)s"\n', 5, "%(m)s"),
        ("km.po", HEADER + '\nmsgid "%(n)s people"\nmsgstr "%(n)s 100% y"\n', 5, "cannot be filled in"),
        ("km.po", HEADER + '\nmsgid "a"\nmsgstr b"\n', 6, ""),
        ("km.po", HEADER + '\nmsgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n', 5, "plural"),
        ("khmer.po", HEADER, None, "language code"),
    ],
)
def test_a_wrong_file_is_named_with_its_line_and_done_without(
    folder: Path, name: str, text: str, line: int | None, complaint: str
) -> None:
    (folder / name).write_text(text, "utf-8")
    (folder / "sed.po").write_text(HEADER, "utf-8")
    (problem,) = i18n.use([folder])
    assert problem.startswith(f"{folder / name}, line {line}: " if line else f"{folder / name}: ")
    assert complaint in problem
    assert i18n.languages() == ("vi", "en", "sed")


def test_a_file_in_another_encoding_is_named(folder: Path) -> None:
    (folder / "km.po").write_bytes(HEADER.encode() + '\nmsgid "a"\nmsgstr "ế"\n'.encode("utf-16"))
    assert "km.po" in i18n.use([folder])[0]


def test_a_language_without_a_file_is_told_in_vietnamese() -> None:
    message = known_message()
    assert i18n.gettext("hre", message) == i18n.gettext("vi", message)
