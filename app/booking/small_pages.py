"""What the small pages for phones share: the mark that a phone is known by, and the words that their scripts say."""

import json
from collections.abc import Sequence

from flask import Response, current_app, request

from app.i18n import gettext
from app.parts import Parts
from app.phone_mark import DAY_S, PHONE_COOKIE, new_mark, phone_of


def its_parts() -> Parts:
    found: Parts = current_app.extensions["toiluot"]
    return found


def marked(answer: Response) -> Response:
    """The phone is known again for the rest of the day, by nothing but a random mark."""
    key = its_parts().one_each.key
    if phone_of(key, request.cookies.get(PHONE_COOKIE, "")) is None:
        mark = new_mark(key)
        answer.headers["Cache-Control"] = "private, no-cache"  # no proxy hands one phone's mark to another
        answer.set_cookie(PHONE_COOKIE, mark, max_age=DAY_S, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer


def catalogue_of(language: str, says: Sequence[str]) -> str:
    """The texts as JSON that may stand in a script element."""
    words = {text: gettext(language, text) for text in says}
    return json.dumps(words, ensure_ascii=False).replace("<", "\\u003c")
