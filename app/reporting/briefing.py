"""The one-page briefing for a visiting leader: its figures, and the sentence in the form that such reports take."""

from collections.abc import Callable
from typing import Any, NamedTuple

from app.reporting.tables import Report

Facts = dict[str, Any]


class Language(NamedTuple):
    """The words for what was returned and what is open, and how numbers are written."""

    past: dict[str, str]
    undated: str
    in_time: str
    late: str
    number: Callable[[int], str]
    percent: Callable[[int, int], str]


def briefing(report: Report, centre: str) -> Facts:
    """The dossiers of a report with its period, the centre's name, and the sentence in Vietnamese and English."""
    first, last, told = report["from"], report["to"], report["dossiers"]
    kept = {key: report[key] for key in ("from", "to", "waits", "handling", "tickets")}
    said = {"sentence_vi": in_vietnamese(first, last, told), "sentence_en": in_english(first, last, told)}
    return {**kept, "centre": centre, **told, **said}


def in_vietnamese(first: str, last: str, told: Facts) -> str:
    """What came in and how, what was resolved and when, what is open: one sentence, numbers as in Vietnam."""
    when = _period_vi(first, last)
    if told["source"] == "none":
        return f"{when} chưa có số liệu hồ sơ"
    parts = [f"{when} tiếp nhận {_count_vi(told['received'])} hồ sơ"]
    if told["received"]:
        online = _percent_vi(told["online"], told["received"])
        parts[0] += f", {_count_vi(told['online'])} trực tuyến ({online})"
    if told["carried"]:
        parts.append(f"kỳ trước chuyển sang {_count_vi(told['carried'])}")
    parts.append(f"đã giải quyết {_count_vi(told['returned'])}" + _returned(told, VIETNAMESE))
    if told["open"] is not None:
        parts.append(f"đang giải quyết {_count_vi(told['open'])}" + _open(told, VIETNAMESE))
    return "; ".join(parts)


def in_english(first: str, last: str, told: Facts) -> str:
    """The same facts for a reader of English."""
    when = _period_en(first, last)
    if told["source"] == "none":
        return f"{when}: no dossier figures yet"
    parts = [f"{when}: {_count_en(told['received'])} dossiers received"]
    if told["received"]:
        parts[0] += f", {_count_en(told['online'])} online ({_percent_en(told['online'], told['received'])})"
    if told["carried"]:
        parts.append(f"{_count_en(told['carried'])} carried over")
    parts.append(f"{_count_en(told['returned'])} resolved" + _returned(told, ENGLISH))
    if told["open"] is not None:
        parts.append(f"{_count_en(told['open'])} in progress" + _open(told, ENGLISH))
    return "; ".join(parts)


def _returned(told: Facts, how: Language) -> str:
    """All before the date is told as a share of the dated; otherwise each kind with its number."""
    dated = told["before"] + told["on"] + told["after"]
    kinds = [(word, told[kind]) for kind, word in how.past.items() if told[kind]]
    if len(kinds) == 1:
        word, count = kinds[0]
        said = [f"{word} {how.number(count)}/{how.number(dated)} ({how.percent(count, dated)})"]
    else:
        said = [
            f"{word} {how.number(count)}" + (f" ({how.percent(count, dated)})" if n == 0 else "")
            for n, (word, count) in enumerate(kinds)
        ]
    if told["undated"]:
        said.append(f"{how.undated} {how.number(told['undated'])}")
    return "".join(f", {each}" for each in said)


def _open(told: Facts, how: Language) -> str:
    if not told["open"]:
        return ""
    if not told["open_late"]:
        return f", {how.in_time}"
    if not told["open_in_time"]:
        return f", {how.late}"
    return f", {how.in_time} {how.number(told['open_in_time'])}, {how.late} {how.number(told['open_late'])}"


def _period_vi(first: str, last: str) -> str:
    if first == last:
        return f"ngày {_day_vi(first)}/{first[:4]}"
    year = "" if first[:4] == last[:4] else f"/{first[:4]}"
    return f"từ {_day_vi(first)}{year} đến {_day_vi(last)}/{last[:4]}"


def _day_vi(day: str) -> str:
    """01/7: the usual way of writing it has two digits for the day and as many as are needed for the month.

    January and February keep their nought, as the rules for official documents want it (Decree 30/2020/ND-CP).
    """
    month = int(day[5:7])
    return f"{day[8:]}/{month:02d}" if month <= 2 else f"{day[8:]}/{month}"  # noqa: PLR2004 - as the rule has it


def _period_en(first: str, last: str) -> str:
    """Days as the pages write them."""
    return f"On {_day_en(first)}" if first == last else f"From {_day_en(first)} to {_day_en(last)}"


def _day_en(day: str) -> str:
    return f"{day[8:]}/{day[5:7]}/{day[:4]}"


def _count_vi(count: int) -> str:
    return _count_en(count).replace(",", ".")


def _count_en(count: int) -> str:
    return f"{count:,}"


def _percent_vi(part: int, whole: int) -> str:
    return _percent_en(part, whole).replace(".", ",").replace("%", " %")


def _percent_en(part: int, whole: int) -> str:
    """One decimal, none where it is a nought; never 100 for less than all, nor 0 for more than none."""
    tenths = round(1000 * part / whole)
    if part < whole:
        tenths = min(tenths, 999)
    if part:
        tenths = max(tenths, 1)
    return f"{tenths // 10}%" if tenths % 10 == 0 else f"{tenths / 10:.1f}%"


VIETNAMESE = Language(
    {"before": "trước hạn", "on": "đúng hạn", "after": "quá hạn"},
    "không hẹn ngày",
    "trong hạn",
    "quá hạn",
    _count_vi,
    _percent_vi,
)
ENGLISH = Language(
    {"before": "before the date", "on": "on the date", "after": "late"},
    "with no date",
    "in time",
    "late",
    _count_en,
    _percent_en,
)
