"""Everything a user reads is in Vietnamese too."""

import re

import pytest
from babel.messages.pofile import read_po

from app.i18n import LOCALES, SOURCE_LANGUAGE, gettext, languages
from tools.catalogues import gathered, texts_asked_for

TRANSLATED = [language for language in languages() if language != SOURCE_LANGUAGE]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_pages_and_errors_is_translated(language: str) -> None:
    with (LOCALES / f"{language}.po").open("rb") as file:
        kept = read_po(file, locale=language)
    known = {message.id: message.string for message in kept if message.id}
    wanted = {message.id for message in gathered(language, kept) if message.id}
    assert sorted(str(text) for text in wanted if not known.get(text)) == [], "translate these (make i18n adds them)"
    assert sorted(str(text) for text in known if text not in wanted) == [], "nobody uses these (make i18n drops them)"


def test_a_text_is_found_wherever_python_asks_for_it() -> None:
    source = """f"{words.t('Number %(number)s', number=n)}: {_('in ' 'parts')}"; gettext(language, "second"); t(name)"""
    assert sorted(texts_asked_for(source)) == ["Number %(number)s", "in parts", "second"]


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_fills_in_the_same_facts(language: str) -> None:
    with (LOCALES / f"{language}.po").open("rb") as file:
        for message in read_po(file, locale=language):
            if message.id:
                asked, told = (set(PLACEHOLDER.findall(str(text))) for text in (message.id, message.string))
                assert asked == told, message.id


def test_a_text_without_translation_is_told_in_english() -> None:
    assert gettext("vi", "No such text %(n)s.", n=3) == "No such text 3."


def test_vietnamese_comes_first() -> None:
    assert "vi" in TRANSLATED
