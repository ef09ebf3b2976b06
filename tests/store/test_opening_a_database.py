"""A hub that cannot have its database says which file, why, and what to do; and it spoils nothing."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from centre import HandClock, furnish, plain, running, take
from filelock import FileLock

from app.core import commands as cmd
from app.hub import Hub
from app.store.database import AlreadyRunning, StoreError, Unusable, WriteFailed
from app.store.store import Store

ROOT = Path(__file__).parents[2]


def refused(path: Path, error: type[StoreError] = Unusable) -> str:
    with pytest.raises(error) as told:
        Store(path)
    assert str(told.value).startswith(f"{path}: ")
    return str(told.value)


def test_a_second_hub_in_the_same_process_is_refused(hub: Hub):
    assert "a hub is already running on this database. Stop it first, or give another --db." in refused(
        hub.store.path, AlreadyRunning
    )


def test_a_second_hub_in_another_process_is_refused(hub: Hub):
    program = f"from pathlib import Path; from app.store.store import Store; Store(Path({str(hub.store.path)!r}))"
    other = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert other.returncode == 1
    assert f"AlreadyRunning: {hub.store.path}: a hub is already running on this database." in other.stderr


def test_a_hub_that_was_killed_leaves_no_lock_behind(path: Path):
    """Killed in the middle of its work: what it said it had kept is there, and the next one starts at once."""
    program = (
        "import os, signal; from pathlib import Path; from app.clock import WallClock; from app.hub import Hub;"
        "from app.core import commands as cmd; from app.store.store import Store;"
        f"hub = Hub(Store(Path({str(path)!r})), WallClock()); hub.handle(cmd.Note('kept', 'lan'));"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert killed.returncode == -9, killed.stderr
    with Store.opened(path) as store:
        assert store.events(0, -1)[-1].event.what == "kept"


def test_after_closing_the_next_hub_may_start(path: Path, clock: HandClock):
    with running(path, clock) as hub:
        furnish(hub)
        take(hub)
        before = hub.hall
    with running(path, clock) as again:
        assert plain(again.hall) == plain(before)


def test_a_database_that_cannot_be_opened_is_not_left_locked(path: Path):
    path.write_text("not a database at all, but long enough to look like one " * 100)
    refused(path)
    path.unlink()
    Store(path).close()


def test_an_empty_file_becomes_a_database(path: Path):
    path.touch()
    with Store.opened(path) as store:
        assert store.load_hall().seq == 0


def test_a_folder_that_is_not_there_is_named_and_not_made(tmp_path: Path):
    told = refused(tmp_path / "no such folder" / "centre.db")
    assert f"the folder {tmp_path / 'no such folder'} does not exist" in told
    assert not (tmp_path / "no such folder").exists()


def test_a_folder_is_not_a_database(tmp_path: Path):
    (tmp_path / "centre.db").mkdir()
    assert "unable to open database file" in refused(tmp_path / "centre.db")


def test_a_text_file_is_not_a_database(path: Path):
    path.write_text("The quick brown fox jumps over the lazy dog.\n" * 200)
    assert "file is not a database. The file is damaged or is not a Tới Lượt database" in refused(path)
    assert path.read_text().startswith("The quick brown fox")


def test_another_programs_database_is_left_alone(path: Path):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    other.close()
    assert "is the database of another program" in refused(path)
    kept = sqlite3.connect(path)
    assert kept.execute("SELECT name FROM sqlite_schema").fetchall() == [("recipe",)]
    kept.close()


def test_a_newer_versions_database_is_left_alone(path: Path):
    with Store.opened(path) as store:
        store.db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('toiluot', 'from_2030', '')"
        )
    assert "was made by a newer version (it has from_2030)" in refused(path)


@pytest.mark.parametrize("damage", ["cut in half", "garbage in the first page", "garbage in all other pages"])
def test_a_damaged_database_is_told_as_damaged(path: Path, damage: str):
    Store(path).close()
    whole = path.read_bytes()
    garbage = b"\xa5" * len(whole)
    path.write_bytes(
        {
            "cut in half": whole[: len(whole) // 2],
            "garbage in the first page": whole[:100] + garbage[100:4096] + whole[4096:],
            "garbage in all other pages": whole[:4096] + garbage[4096:],
        }[damage]
    )
    assert "use `toiluot restore BACKUP`" in refused(path)


def test_damage_that_shows_only_when_the_hall_is_read_is_told_too(path: Path, clock: HandClock):
    with running(path, clock) as hub:
        furnish(hub)
        (page,) = hub.store.db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'counter'").fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    with Store.opened(path) as store, pytest.raises(Unusable, match="malformed"):
        Hub(store, clock)


def test_a_database_damaged_while_the_hub_works_does_not_stop_it(hub: Hub):
    """The press is refused with the file's name; the hall is as before."""
    take(hub)
    hub.store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (page,) = hub.store.db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'counter'").fetchone()
    with hub.store.path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)
    hub.store.db.execute("PRAGMA shrink_memory")
    hall = hub.hall
    with pytest.raises(WriteFailed, match=r"centre.db: database disk image is malformed. Nothing of this command"):
        hub.handle(cmd.CallNext(1))
    assert hub.hall is hall


def test_a_read_only_file_is_told_before_anything_is_tried(path: Path, monkeypatch: pytest.MonkeyPatch):
    """The tests may run as root, for whom nothing is read-only; so the system's answer is played."""
    Store(path).close()
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    assert "is read-only for this user. Give the hub's user the right to write it." in refused(path)


def test_a_folder_where_nothing_can_be_written_is_named(path: Path, monkeypatch: pytest.MonkeyPatch):
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(FileLock, "acquire", denied)
    assert "cannot be locked (Permission denied). The folder must be writable" in refused(path)


def test_a_database_that_has_become_read_only_refuses_presses_and_goes_on_later(hub: Hub):
    take(hub)
    hub.store.db.execute("PRAGMA query_only = ON")
    hall = hub.hall
    with pytest.raises(WriteFailed, match="attempt to write a readonly database"):
        hub.handle(cmd.CallNext(1))
    assert hub.hall is hall
    hub.store.db.execute("PRAGMA query_only = OFF")
    hub.handle(cmd.CallNext(1))
    assert hub.hall.counters[1].ticket
