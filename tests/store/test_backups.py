"""A backup is whole or not there; putting one back never leaves the office without a database."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from centre import HandClock, furnish, plain, running, take

from app.hub import Hub
from app.store.accounts import put_secret
from app.store.backup import backup, restore
from app.store.check import differences
from app.store.database import AlreadyRunning, Unusable, snapshot
from app.store.outgoing import Subscription, put_subscription
from app.store.persons import DAY_KEY, put_day_persons, put_priority_reason


class PowerCut(BaseException):
    pass


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """A disk that takes no file longer than this many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


@pytest.fixture
def stopped(path: Path, copy: Path, clock: HandClock) -> Path:
    """A database with one ticket more than its backup."""
    with running(path, clock) as hub:
        furnish(hub)
        take(hub)
        backup(path, copy)
        take(hub)
    return path


def tickets(path: Path) -> int:
    with snapshot(path) as reads:
        assert differences(reads) == []
        return reads.table("ticket").count


def test_a_folder_that_is_not_there_is_the_targets_fault(hub: Hub, tmp_path: Path):
    target = tmp_path / "no stick" / "copy.db"
    with pytest.raises(Unusable, match=rf"^{target}.part: cannot be created \(No such file or directory\)"):
        backup(hub.store.path, target)


def test_a_full_disk_is_the_targets_fault_and_no_half_backup_stays(hub: Hub, copy: Path):
    with room_for(30_000), pytest.raises(Unusable, match=rf"^{copy}.part: .*the disk has room"):
        backup(hub.store.path, copy)
    assert list(copy.parent.glob("copy.db*")) == []
    backup(hub.store.path, copy)
    assert tickets(copy) == 0


def test_a_damaged_database_is_the_sources_fault_and_no_half_backup_stays(path: Path, copy: Path):
    path.write_text("not a database " * 1000)
    with pytest.raises(Unusable, match=rf"^{path}: file is not a database"):
        backup(path, copy)
    assert list(copy.parent.glob("copy.db*")) == []


def test_a_backup_never_overwrites(hub: Hub, copy: Path):
    copy.write_text("last year")
    with pytest.raises(FileExistsError):
        backup(hub.store.path, copy)
    assert copy.read_text() == "last year"


def test_a_restored_database_takes_the_place_of_the_former_one_which_is_kept(stopped: Path, copy: Path):
    kept = restore(copy, stopped)
    assert kept is not None
    assert (tickets(stopped), tickets(kept), tickets(copy)) == (1, 2, 1)
    assert oct(stopped.stat().st_mode & 0o777) == "0o600"
    assert list(stopped.parent.glob("*.restoring*")) == []


def test_the_present_database_of_a_running_hub_is_not_replaced(hub: Hub, copy: Path):
    backup(hub.store.path, copy)
    with pytest.raises(AlreadyRunning):
        restore(copy, hub.store.path)


def test_what_only_the_journal_of_a_killed_hub_holds_is_kept_too(hub: Hub, copy: Path, tmp_path: Path):
    """The killed hub is played by its files, copied while it works."""
    backup(hub.store.path, copy)
    take(hub)
    killed = tmp_path / "killed.db"
    for end in ("", "-wal"):
        Path(f"{killed}{end}").write_bytes(Path(f"{hub.store.path}{end}").read_bytes())
    kept = restore(copy, killed)
    assert kept is not None
    assert (tickets(killed), tickets(kept)) == (0, 1)


def test_a_power_cut_in_a_restore_leaves_the_former_database_in_its_place(
    stopped: Path, copy: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
):
    replace = Path.replace

    def cut(self: Path, target: Path) -> Path:
        if target == stopped:
            raise PowerCut
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", cut)
    with pytest.raises(PowerCut):
        restore(copy, stopped)
    assert tickets(stopped) == 2
    with running(stopped, clock) as hub:
        take(hub)


def test_a_damaged_database_is_kept_as_it_is_and_replaced(stopped: Path, copy: Path):
    stopped.write_text("not a database " * 1000)
    kept = restore(copy, stopped)
    assert kept is not None
    assert kept.read_text().startswith("not a database")
    assert tickets(stopped) == 1


def test_on_a_file_system_without_links_the_former_database_is_copied(
    stopped: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
):
    def not_here(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("app.store.backup.os.link", not_here)
    stopped.write_text("not a database " * 1000)
    kept = restore(copy, stopped)
    assert kept is not None
    assert kept.read_text().startswith("not a database")
    assert tickets(stopped) == 1


def test_the_kept_database_holds_nothing_of_persons_that_a_backup_would_not(
    path: Path, copy: Path, tmp_path: Path, clock: HandClock
):
    with running(path, clock) as hub:
        furnish(hub)
        backup(path, copy)
        take(hub)
        put_of_today(hub)
    kept = restore(copy, path)
    assert kept is not None
    held = b"".join(file.read_bytes() for file in tmp_path.glob("*.before-*"))
    assert b"marked-" not in held
    with running(kept, clock) as again:
        assert len(again.hall.tickets) == 1, "it can be put back"


def test_no_room_for_the_kept_database_changes_nothing(stopped: Path, copy: Path):
    with sqlite3.connect(stopped) as large:
        large.execute("CREATE TABLE ballast (text)")
        large.execute("INSERT INTO ballast VALUES (zeroblob(2000000))")
    large.close()
    with room_for(1_000_000), pytest.raises(Unusable, match=r"\.before-.*the disk has room"):
        restore(copy, stopped)
    assert list(stopped.parent.glob("*.before-*")) + list(stopped.parent.glob("*.restoring*")) == []
    with sqlite3.connect(stopped) as present:
        assert present.execute("SELECT count(*) FROM ticket").fetchone() == (2,)
    present.close()


def test_a_backup_says_of_no_browser_which_it_is(hub: Hub, copy: Path):
    put_of_today(hub)
    backup(hub.store.path, copy)
    assert b"marked-" not in copy.read_bytes()


def put_of_today(hub: Hub) -> None:
    """Of each kind that is known for today only."""
    hub.store.commit([], also=put_day_persons("HT", ["marked-hash"], "x"))
    hub.store.commit([], also=put_priority_reason("x", "marked-class"))
    hub.store.commit([], also=put_secret(DAY_KEY, "2026-11-23 marked-key", 0))
    hub.store.commit(
        [], also=put_subscription(Subscription("x", "https://push.example/marked-browser", "k", "a", 5, 0))
    )


def test_a_backup_that_is_not_whole_changes_nothing(stopped: Path, copy: Path):
    with sqlite3.connect(copy) as tampered:
        tampered.execute("UPDATE ticket SET state = 'finished'")
    tampered.close()
    with pytest.raises(Unusable, match=rf"^{copy}: is not a whole backup: .*Nothing was changed"):
        restore(copy, stopped)
    assert tickets(stopped) == 2
    assert list(stopped.parent.glob("*.before-*")) + list(stopped.parent.glob("*.restoring*")) == []


def test_a_restore_from_nothing_is_refused(stopped: Path, tmp_path: Path):
    with pytest.raises(Unusable, match="there is no such backup"):
        restore(tmp_path / "nothing.db", stopped)


def test_the_first_database_of_a_machine_may_be_a_restored_one(stopped: Path, copy: Path, clock: HandClock):
    with running(stopped, clock) as hub:
        before = hub.hall
    elsewhere = copy.with_name("elsewhere.db")
    assert restore(copy, elsewhere) is None
    with running(elsewhere, clock) as hub:
        assert plain(hub.hall) != plain(before)
        assert len(hub.hall.tickets) == 1


def test_who_reads_sees_one_moment_while_the_hub_goes_on(hub: Hub):
    take(hub)
    with snapshot(hub.store.path) as reads:
        assert reads.table("ticket").count == 1
        take(hub)
        assert reads.table("ticket").count == 1
        assert differences(reads) == []
    assert tickets(hub.store.path) == 2


def test_what_was_deleted_long_ago_is_not_in_the_copys_free_pages(path: Path, copy: Path, clock: HandClock):
    """As a SQLite that was built to leave deleted rows where they were would have left them."""
    with running(path, clock) as hub:
        hub.store.db.execute("PRAGMA secure_delete = OFF")
        for n in range(500):
            hub.store.db.execute("INSERT INTO day_person VALUES ('HT', ?, 'x')", (f"marked-{n}-{'f' * 60}",))
        hub.store.db.execute("DELETE FROM day_person")
        hub.store.checkpoint()
        assert b"marked-" in path.read_bytes()
        backup(path, copy)
    assert b"marked-" not in copy.read_bytes()
