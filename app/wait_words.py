"""What citizens are told of a wait on paper and in the first paint; app/static/wait-words.js says it on the pages."""

from collections.abc import Mapping

from app.i18n import gettext


def wait_words(language: str, forecast: Mapping[str, int] | None, before: int = 0) -> str:
    """`forecast`: {low_min, high_min} in minutes as the hub told it, or None where nobody will call.

    `before`: how many wait before whoever is told. With somebody before them nobody is called at once.
    """
    if forecast is None:
        return gettext(language, "no counter is open yet")
    low, high = forecast["low_min"], forecast["high_min"]
    if high <= 1 and before:
        return gettext(language, "you will be called soon")
    if high <= 1:
        return gettext(language, "you will be called at once")
    if low == 0:
        return gettext(language, "less than %(n)s minutes", n=high)
    return gettext(language, "about %(n)s minutes", n=low if low == high else f"{low}–{high}")
