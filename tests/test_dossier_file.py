"""A file of the dossier system: nothing is lost of it without a word, and nobody who presses waits for it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from app import dossier_mistakes as mistakes
from app.core.events import Noted
from app.core.hall import Hall
from app.core.permissions import SYSTEM
from app.csv_file import CsvUnreadable, CsvValueTooLong
from app.dossier_file import FIRST_PART, LONGEST_PROCEDURE, keep, read, take
from app.hub import Hub
from app.store.database import WriteFailed
from app.store.dossiers import Dossier
from app.store.store import Store

HEAD = "Mã hồ sơ;Thủ tục;Hình thức;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả\n"
H1 = "H1;Khai sinh;online;01/07/2025;;\n"
TODAY = "2025-07-10"
MANY = [Dossier(f"N{n}", "", "", "online", "2025-07-01", None, None) for n in range(3 * FIRST_PART)]


class Noon:
    """2025-07-10, 12:00 in Vietnam."""

    def now(self) -> int:
        return 1_752_123_600_000


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with Store.opened(tmp_path / "centre.db") as store:
        yield Hub(store, Noon())


def found(lines: str) -> list[Dossier]:
    return read((HEAD + lines).encode(), Hall(), TODAY)


def kept(hub: Hub) -> dict[str, Any]:
    return dict(hub.store.reads.execute("SELECT code, returned_on FROM dossier").fetchall())


@pytest.mark.parametrize(
    "wrong",
    [
        'H2;"Đăng ký;online;01/07/2025;;\n',
        'H2;"Đăng\nký";online;01/07/2025;;\n',
        'H2;"Đăng" ký;online;01/07/2025;;\n',
        "H2;Đăng\u2028ký;online;01/07/2025;;\n",
    ],
)
def test_a_quotation_mark_left_open_takes_no_other_line_with_it(wrong: str) -> None:
    with pytest.raises(mistakes.DossierLineBroken) as refused:
        found(H1 + wrong + 'H3;"Kết hôn";online;01/07/2025;;\n')
    assert refused.value.facts == {"line": 3}


def test_the_mistakes_of_all_lines_are_told_at_once() -> None:
    with pytest.raises(mistakes.DossierDateUnclear) as refused:
        found("H1;;online;31/06/2025;;\n" + 'H2;"Đăng;online;01/07/2025;;\n' + "H3;;online;01/07/2025;;\nH4;;fax;;;\n")
    told = [(each.code, each.facts["line"]) for each in (refused.value, *refused.value.further)]
    assert told == [("dossier_date_unclear", 2), ("dossier_line_broken", 3), ("dossier_channel_unclear", 5)]


def test_what_stands_in_quotation_marks_may_have_signs_in_it() -> None:
    (dossier,) = found('H1;"Sao ""y""; chứng thực";online;01/07/2025;;\r\n')
    assert dossier.procedure == 'Sao "y"; chứng thực'


def test_empty_lines_above_the_headings_are_no_mistake() -> None:
    assert read(("\ufeff\r\n;;\r\n" + HEAD + H1).encode(), Hall(), TODAY) == found(H1)


def test_what_is_no_text_is_refused_with_advice() -> None:
    with pytest.raises(CsvUnreadable, match="CSV UTF-8"):
        read((HEAD + H1).encode() + b"\0", Hall(), TODAY)


def test_a_procedure_has_an_end() -> None:
    assert found(f"H1;{'x' * LONGEST_PROCEDURE};online;01/07/2025;;\n")
    with pytest.raises(CsvValueTooLong, match="Line 2, column 'thủ tục'"):
        found(f"H1;{'x' * (LONGEST_PROCEDURE + 1)};online;01/07/2025;;\n")


@pytest.mark.parametrize(("received", "returned"), [("11/07/2025", ""), ("01/07/2025", "2026-07-01")])
def test_nothing_was_received_or_returned_after_today(received: str, returned: str) -> None:
    assert found("H1;;online;10/07/2025;01/01/2026;10/07/2025 08:30\n")
    with pytest.raises(mistakes.DossierDayToCome) as refused:
        found(f"H1;;online;{received};;{returned}\n")
    column = "ngày trả" if returned else "ngày tiếp nhận"
    assert refused.value.facts == {"line": 2, "column": column, "value": returned or received}


def test_a_dossier_stands_in_a_file_once() -> None:
    assert len(found(H1 + H1.replace("H1", " h1 "))) == 1
    with pytest.raises(mistakes.DossierTwice, match="Line 4, column 'mã hồ sơ': 'h1' stands in line 2 already"):
        found(H1 + H1.replace("H1", "H2") + H1.replace("H1;", "h1;").replace("2025;;", "2025;;02/07/2025"))


def test_a_dossier_is_known_however_its_code_is_written(hub: Hub) -> None:
    take(hub, (HEAD + "HĐ-Ộ1;;online;01/07/2025;;\n").encode(), "a.csv", SYSTEM)
    again = "hđ-O\u0302\u03231;;online;01/07/2025;;02/07/2025\n"
    assert take(hub, (HEAD + again).encode(), "b.csv", SYSTEM) == {"new": 0, "changed": 1, "same": 0}
    assert kept(hub) == {"HĐ-Ộ1": "2025-07-02"}


def test_the_hubs_day_judges_a_file(hub: Hub) -> None:
    with pytest.raises(mistakes.DossierDayToCome):
        take(hub, (HEAD + "H1;;online;11/07/2025;;\n").encode(), "a.csv", SYSTEM)
    assert take(hub, (HEAD + "H1;;online;10/07/2025;;\n").encode(), "a.csv", SYSTEM)["new"] == 1


def test_a_press_finds_the_hub_free_while_a_file_is_compared_and_between_its_parts(hub: Hub) -> None:
    turns: list[int] = []

    def on_thread(work: Callable[[], Any]) -> Any:
        """As a press from elsewhere would find the hub meanwhile."""
        with ThreadPoolExecutor(1) as elsewhere:
            assert elsewhere.submit(hub.lock.acquire, blocking=False).result()
            elsewhere.submit(hub.lock.release).result()
        turns.append(len(kept(hub)))
        return work()

    keep(hub, MANY, "a.csv", SYSTEM, dry_run=True, run=on_thread)
    assert turns == [0]
    keep(hub, MANY, "a.csv", SYSTEM, run=on_thread)
    assert turns[:4] == [0, 0, 0, FIRST_PART]
    assert len(kept(hub)) == len(MANY)
    told = f"{len(MANY)} new, 0 changed, 0 same; system:hub"
    notes = [each.event for each in hub.store.events(0, 10) if isinstance(each.event, Noted)]
    assert notes == [Noted(f"dossiers {what}", "a.csv", told) for what in ("import begun", "imported")]


def test_a_disk_that_refuses_in_the_middle_is_told_and_the_same_file_adds_the_rest(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = hub.store.commit

    def refuse_later(*arguments: Any, **more: Any) -> None:
        if kept(hub):
            raise WriteFailed
        commit(*arguments, **more)

    monkeypatch.setattr(hub.store, "commit", refuse_later)
    with pytest.raises(mistakes.DossiersCutShort) as refused:
        keep(hub, MANY, "a.csv", SYSTEM)
    monkeypatch.undo()
    assert refused.value.facts == {"kept": FIRST_PART, "count": len(MANY)}
    assert len(kept(hub)) == FIRST_PART
    assert keep(hub, MANY, "a.csv", SYSTEM) == {"new": len(MANY) - FIRST_PART, "changed": 0, "same": FIRST_PART}
