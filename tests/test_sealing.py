"""Names and addresses: shut without the key file, and each in its own place."""

import stat
from pathlib import Path

import pytest

from app.sealing import BadKeyFile, CannotOpen, Keyring, Personal, key_file

MRS_HOA = Personal("Nguyễn Thị Hoa", "0912345678", "12 Lê Lợi, tổ 3", "đi lại khó")


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "toiluot.key")


def shut(ring: Keyring, booking: str, sealed: bytes) -> str:
    with pytest.raises(CannotOpen) as why:
        ring.open(booking, sealed)
    return why.value.reason


def test_what_was_sealed_for_a_booking_is_opened_for_it(ring: Keyring) -> None:
    assert ring.open("b1", ring.seal("b1", MRS_HOA)) == MRS_HOA


def test_nothing_of_it_can_be_read_and_twice_the_same_looks_different(ring: Keyring) -> None:
    first, second = ring.seal("b1", MRS_HOA), ring.seal("b1", MRS_HOA)
    assert first != second
    assert b"Hoa" not in first
    assert b"0912" not in first


def test_what_is_copied_to_another_booking_stays_shut(ring: Keyring) -> None:
    assert shut(ring, "b2", ring.seal("b1", MRS_HOA)) == "other_key"


def test_what_was_altered_stays_shut(ring: Keyring) -> None:
    sealed = ring.seal("b1", MRS_HOA)
    assert shut(ring, "b1", sealed[:-1] + bytes([sealed[-1] ^ 1])) == "other_key"
    assert shut(ring, "b1", sealed[:5]) == "other_key"


def test_the_key_is_made_at_first_need_and_for_its_owner_only(ring: Keyring) -> None:
    assert not ring.path.exists()
    ring.seal("b1", MRS_HOA)
    first = ring.path.read_text()
    ring.seal("b2", MRS_HOA)
    assert ring.path.read_text() == first
    assert stat.S_IMODE(ring.path.stat().st_mode) == 0o600
    assert [path.name for path in ring.path.parent.iterdir()] == ["toiluot.key"]


def test_a_lost_key_is_told_and_one_that_is_brought_back_opens_again(ring: Keyring) -> None:
    sealed, kept = ring.seal("b1", MRS_HOA), ring.path.read_text()
    ring.path.unlink()
    assert shut(ring, "b1", sealed) == "key_missing"
    later = ring.seal("b2", MRS_HOA)  # the office goes on, with a new key
    assert shut(ring, "b1", sealed) == "other_key"
    ring.path.write_text(ring.path.read_text() + kept)
    assert ring.open("b1", sealed) == ring.open("b2", later) == MRS_HOA


@pytest.mark.parametrize("text", ["not a key\n", "c2hvcnQ=\n", "khóa\n"])
def test_a_file_that_holds_no_key_is_never_written_over(ring: Keyring, text: str) -> None:
    ring.path.write_text(text, encoding="utf-8")
    with pytest.raises(BadKeyFile):
        ring.seal("b1", MRS_HOA)
    assert ring.path.read_text(encoding="utf-8") == text


def test_a_traceback_shows_nothing_of_a_person() -> None:
    assert "Hoa" not in repr(MRS_HOA)
    assert not Personal()


def test_the_key_lies_beside_the_database_unless_the_machine_says_otherwise() -> None:
    assert key_file(None, Path("/srv/centre.db")) == Path("/srv/toiluot.key")
    assert key_file(Path("/etc/toiluot.key"), Path("/srv/centre.db")) == Path("/etc/toiluot.key")
