"""What can be wrong with the database's file, its disk and the settings: named in one line, and nothing lost."""

import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.running_hub import ROOT, RunningHub
from tests.system.crowd import assert_clean, assert_refused

HubFactory = Callable[..., RunningHub]


def run(*options: str, cwd: Path = ROOT, variables: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A hub that is expected to refuse."""
    line = [sys.executable, "-m", "app", "run", "--host", "127.0.0.1", *options]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TOILUOT_")}
    environment = kept | (variables or {}) | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(line, cwd=cwd, env=environment, capture_output=True, text=True, timeout=30, check=False)


def assert_refuses(refused: subprocess.CompletedProcess[str], *named: object) -> None:
    """Exit code 1 and one line that names the things, no traceback."""
    assert refused.returncode == 1, refused
    assert "Traceback" not in refused.stderr
    for name in named:
        assert str(name) in refused.stderr


@pytest.mark.parametrize(
    "content", [b"Danh sach cong dan", bytes(range(256)) * 64, b"SQLite format 3\x00" + b"\xff" * 8000], ids=repr
)
def test_a_file_that_is_no_database_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "list.db"
    file.write_bytes(content)
    assert_refuses(run("--db", str(file)), file, "restore")
    assert file.read_bytes() == content


def test_a_database_with_damaged_pages_is_named(hub: RunningHub) -> None:
    for _ in range(60):
        hub.take_number()
    hub.stop()
    with hub.db.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(hub.db.stat().st_size - 4096))
    assert_refuses(run("--db", str(hub.db)), hub.db, "damaged")
    checked = hub.command("check")
    assert checked.returncode == 1
    assert "Traceback" not in checked.stderr


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "photos.db"
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE photo (id INTEGER)")
    db.close()
    assert_refuses(run("--db", str(file)), file, "another program")


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "no" / "such" / "centre.db"
    assert_refuses(run("--db", str(missing)), missing.parent)


def test_a_folder_in_place_of_the_file_is_named(tmp_path: Path) -> None:
    refused = run("--db", str(tmp_path))
    assert refused.returncode == 2, "a wrong option, for the command line"
    assert str(tmp_path) in refused.stderr


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte; for those who may mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_read_only_database_is_named(small_disk: Path) -> None:
    hub = RunningHub(small_disk).start()
    hub.close()
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert_refuses(run("--db", str(hub.db)), hub.db, "read-only")
    subprocess.run(["mount", "-o", "remount,rw", small_disk], check=True)


def test_on_a_full_disk_nothing_is_half_done_and_with_room_again_all_goes_on(small_disk: Path) -> None:
    hub = RunningHub(small_disk).start()
    hub.open_counter(1)
    kept = [hub.take_number()["number"]]
    filler = small_disk / "filler"
    with filler.open("wb") as file:
        free = os.statvfs(small_disk)
        file.write(b"0" * (free.f_bavail * free.f_frsize - 64 * 1024))
    refused = take_numbers_until_refused(hub, kept)
    assert refused["code"] == "write_failed"
    assert hub.kiosk.ok("GET", "/hall")["services"][0]["waiting"] == len(kept)
    filler.unlink()
    assert hub.take_number()["number"] == f"A{len(kept) + 1:03d}"
    assert hub.supervisor.ok("POST", "/counters/1/next")["ticket"]["number"] == "A001"
    assert_clean(hub)
    hub.close()


def test_where_no_byte_more_may_be_written_the_answer_says_so(hub: RunningHub) -> None:
    """The same without root: a limit on the size of the hub's files."""
    hub.open_counter(1)
    kept = [hub.take_number()["number"]]
    assert hub.process is not None
    resource.prlimit(hub.process.pid, resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    refused = take_numbers_until_refused(hub, kept)
    assert refused["code"] == "write_failed"
    resource.prlimit(hub.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert hub.take_number()["number"] == f"A{len(kept) + 1:03d}"
    assert hub.supervisor.ok("POST", "/counters/1/next")["ticket"]["number"] == "A001"
    assert_clean(hub)
    hub.kill()
    hub.start()
    assert hub.kiosk.ok("GET", "/hall")["services"][0]["issued"] == len(kept) + 1


def take_numbers_until_refused(hub: RunningHub, kept: list[str]) -> dict[str, object]:
    for _ in range(3000):
        answer = hub.kiosk.post("/tickets", json={"service": "HT"})
        if answer.status_code != 201:
            return assert_refused(answer, 507, "write_failed")
        kept.append(answer.json()["number"])
    pytest.fail("the disk never filled up")


# Settings


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"TOILUOT_PROT": "8000"}, ("TOILUOT_PROT", "'port'")),
        ({"TOILUOT_PASSWORD": "x"}, ("TOILUOT_PASSWORD",)),
        ({"TOILUOT_CLOCK_RATE": "fast"}, ("clock_rate", "fast")),
        ({"TOILUOT_CLOCK_START": "gestern"}, ("clock_start", "gestern")),
        ({"TOILUOT_ASYNC_MODE": "fibers"}, ("async_mode", "fibers")),
        ({"TOILUOT_CONFIG": "/nowhere/toiluot.toml"}, ("/nowhere/toiluot.toml",)),
    ],
    ids=str,
)
def test_a_wrong_variable_is_named(tmp_path: Path, variables: dict[str, str], named: tuple[str, ...]) -> None:
    assert_refuses(run("--db", str(tmp_path / "centre.db"), variables=variables), *named)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("prot = 8000", ("prot", "'port'")),
        ("port = 'many'", ("port", "many")),
        ("port = 99999", ("port", "99999")),
        ("port = ", ("TOML",)),
        ("voice = 'loud'", ("voice", "loud")),
        ("[hub]\nport = 1", ("hub",)),
    ],
)
def test_a_wrong_key_of_the_settings_file_is_named_with_the_file(
    tmp_path: Path, text: str, named: tuple[str, ...]
) -> None:
    (tmp_path / "toiluot.toml").write_text(text)
    refused = run("--db", str(tmp_path / "centre.db"), cwd=tmp_path)
    assert_refuses(refused, *named)
    assert not (tmp_path / "centre.db").exists()


def test_an_option_that_is_no_number_is_named(tmp_path: Path) -> None:
    refused = run("--db", str(tmp_path / "centre.db"), "--port", "many")
    assert refused.returncode == 2
    assert "many" in refused.stderr
