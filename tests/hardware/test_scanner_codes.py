"""What a scanner sends, from bytes to what it is: pieces, noise, tickets, dossiers and citizen cards."""

import random
import re
import string
from datetime import date

import pytest

from hardware.hid import LOST, KeyPress
from hardware.scanners.assembling import MOST_BYTES, REPEAT_S, Assembler
from hardware.scanners.config import DOSSIER_PATTERN
from hardware.scanners.layout import PLAIN, SHIFTED, typed
from hardware.scanners.parsing import Scan, parse

TODAY = date(2026, 11, 21)
TICKET = "Zk3-xY_0aBcD9eFg"
URL = f"http://192.168.1.10:8000/t/{TICKET}?lang=vi"
DOSSIER = "000.00.00.H12-250701-0001"
CARD = "001048123456|012345678|Nguyễn Thị Ẩn|20111948|Nữ|Tổ 4, phường Trương Quang Trọng|15042021"
NEW_CARD = CARD.replace("012345678", "") + "|Nguyễn Văn Bố|Trần Thị Mẹ|"
DOSSIERS = re.compile(DOSSIER_PATTERN)


def assembler(suffix: bytes = b"\r") -> Assembler:
    return Assembler(suffix, timeout_s=0.25)


def read(text: str, pattern: str = DOSSIER_PATTERN) -> dict[str, object] | None:
    scan = parse(text.encode(), TODAY, re.compile(pattern))
    return scan.to_feed() if scan else None


# Bytes to codes


def test_a_code_may_come_in_any_pieces() -> None:
    heard = assembler()
    assert [heard.feed(bytes([byte]), n / 100) for n, byte in enumerate(b"A1\r")] == [[], [], [b"A1"]]
    assert heard.feed(b"B2\rC3\rD", 0.1) == [b"B2", b"C3"]
    assert heard.feed(b"4\r", 0.2) == [b"D4"]
    assert heard.garbage == 0


@pytest.mark.parametrize("suffix", [b"\r", b"\n", b"\r\n", b"\t"])
def test_each_suffix_ends_a_code_also_when_it_comes_in_two_pieces(suffix: bytes) -> None:
    heard = assembler(suffix)
    pieces = [b"A1" + suffix[:1], suffix[1:]]
    assert [code for n, piece in enumerate(pieces) for code in heard.feed(piece, n / 100)] == [b"A1"]


def test_a_scanner_that_sends_cr_and_lf_may_be_set_to_either() -> None:
    for suffix in (b"\r", b"\n"):
        heard = assembler(suffix)
        assert heard.feed(b"A1\r\n", 0) == [b"A1"]
        assert heard.feed(b"", 1) == []
        assert heard.feed(b"B2\r\n", 2) == [b"B2"]
        assert heard.garbage == 0


def test_half_a_code_is_not_the_start_of_the_next_one() -> None:
    heard = assembler()
    heard.feed(b"http://10.0.0.1/t/Zk3", 0)
    assert heard.feed(b"", 0.2) == []
    assert heard.garbage == 0
    assert heard.feed(b"", 0.3) == []
    assert heard.garbage == 1
    assert heard.feed(b"A1\r", 0.4) == [b"A1"]


def test_half_a_code_is_dropped_also_when_the_next_one_is_the_first_sign_of_time() -> None:
    heard = assembler()
    heard.feed(b"http://10.0.0.1/t/Zk3", 0)
    assert heard.feed(b"A1\r", 5) == [b"A1"]
    assert heard.garbage == 1


def test_what_was_begun_on_a_line_that_was_lost_is_not_continued() -> None:
    heard = assembler()
    heard.feed(b"half", 0)
    heard.reset()
    assert heard.feed(b"A1\r", 0.01) == [b"A1"]
    assert heard.garbage == 1


@pytest.mark.parametrize("noise", [b"A\x00B", b"\x1b[A", b"A\x7fB", b"A\tB"])
def test_control_characters_spoil_a_code_and_only_that_one(noise: bytes) -> None:
    heard = assembler()
    assert heard.feed(noise + b"\rA1\r", 0) == [b"A1"]
    assert heard.garbage == 1


@pytest.mark.parametrize("suffix", [b"\r", b"\r\n"])
def test_an_endless_code_takes_no_memory_and_spoils_nothing_after_it(suffix: bytes) -> None:
    heard = assembler(suffix)
    for n in range(100):
        assert heard.feed(b"U" * 997, n / 100) == []
        assert len(heard._begun) <= MOST_BYTES + 2
    codes = [code for piece in (suffix[:1], suffix[1:], b"A1", suffix) for code in heard.feed(piece, 1)]
    assert codes == [b"A1"]
    assert heard.garbage == 1


def test_a_code_read_twice_in_a_moment_was_scanned_once() -> None:
    heard = assembler()
    at = [n * REPEAT_S * 0.9 for n in range(5)]
    assert [heard.feed(b"A1\r", now) for now in at] == [[b"A1"], [], [], [], []]
    assert heard.feed(b"A1\r", at[-1] + REPEAT_S * 1.1) == [b"A1"]
    assert heard.feed(b"B2\rA1\r", at[-1] + REPEAT_S * 1.2) == [b"B2", b"A1"]
    assert heard.garbage == 0


# Keys to characters


def presses(text: str) -> list[KeyPress]:
    """As a scanner with the US layout types it; a letter that the layout does not have as another key."""
    plain, shifted = ({char: code for code, char in table.items()} for table in (PLAIN, SHIFTED))
    return [KeyPress(plain[c]) if c in plain else KeyPress(shifted.get(c, 0x1FF), c in shifted) for c in text]


def test_every_printable_character_is_on_the_us_layout() -> None:
    printable = string.digits + string.ascii_letters + string.punctuation + " \t"
    assert typed(presses(printable)) == printable.encode()


def test_both_enter_keys_end_a_code() -> None:
    assert typed([KeyPress(30, shift=True), KeyPress(28), KeyPress(48), KeyPress(96)], "\r\n") == b"A\r\nb\r\n"


def test_num_lock_means_nothing_and_any_other_key_spoils_the_code() -> None:
    ticket = presses(URL)
    assert read(typed([KeyPress(69), *ticket, KeyPress(69)]).decode()) is not None
    for code in (56, 59, 103, LOST):
        assert read(typed([*ticket[:9], KeyPress(code), *ticket[9:]]).decode()) is None


def test_a_card_can_be_read_though_the_scanner_cannot_type_vietnamese() -> None:
    assert read(typed(presses(CARD)).decode()) == {"kind": "citizen_card", "age": 78}


# Codes to what they are


@pytest.mark.parametrize(
    "url",
    [
        f"http://192.168.1.10:8000/t/{TICKET}",
        f"http://192.168.1.10:8000/t/{TICKET}?lang=vi",
        f"https://toiluot.phuong-thu-duc.gov.vn/t/{TICKET}?lang=en",
        f"http://[fd00::10]:8000/t/{TICKET}",
        f"https://xa.example/so-thu-tu/t/{TICKET}/",
        f"  http://192.168.1.10/t/{TICKET} ",
    ],
)
def test_the_code_on_a_paper_ticket_is_its_pages_address_at_whatever_host(url: str) -> None:
    assert read(url) == {"kind": "ticket", "ticket": TICKET}


def test_the_page_of_a_booking_is_a_booking() -> None:
    assert read(f"https://phuong.example/b/{TICKET}?lang=en") == {"kind": "booking", "booking": TICKET}


@pytest.mark.parametrize(
    "url",
    [
        f"http://192.168.1.10/t/{TICKET}x",
        f"http://192.168.1.10/t/{TICKET[:-1]}",
        f"http://192.168.1.10/x/{TICKET}",
        f"ftp://192.168.1.10/t/{TICKET}",
        f"javascript://x/t/{TICKET}",
        f"http://192.168.1.10/t/{TICKET}?a=<script>",
        f"see http://192.168.1.10/t/{TICKET}",
        TICKET,
    ],
)
def test_other_addresses_are_no_ticket(url: str) -> None:
    assert read(url) is None


@pytest.mark.parametrize("code", ["H12.34-250701-0001", DOSSIER, "H12-250701-0001", "000.02.18.H29-260105-00123"])
def test_a_dossiers_code_is_handed_on_as_it_is(code: str) -> None:
    assert read(code) == {"kind": "dossier", "code": code}


@pytest.mark.parametrize("code", ["", "8934567890123", "H12-250701", "X12-250701-0001", DOSSIER + "x", "H12.34-2507-1"])
def test_other_codes_are_no_dossier(code: str) -> None:
    assert read(code) is None


def test_a_province_with_codes_of_its_own_sets_the_pattern() -> None:
    pattern = r"(https://dvc\.example/tra-cuu\?ma=)?(?P<code>BN[0-9]{6})"
    assert read("https://dvc.example/tra-cuu?ma=BN000123", pattern) == {"kind": "dossier", "code": "BN000123"}
    assert read("BN000123", pattern) == {"kind": "dossier", "code": "BN000123"}
    assert read(DOSSIER, pattern) is None


@pytest.mark.parametrize("text", ["001048123456", "012345678", CARD, "Nguyễn Thị Ẩn", "20111948 Nữ", "x" * 65])
def test_a_pattern_that_takes_anything_takes_nothing_of_a_card(text: str) -> None:
    scanned = read(text, ".*")
    assert scanned is None or scanned["kind"] == "citizen_card"


@pytest.mark.parametrize("card", [CARD, NEW_CARD, CARD.encode().decode("cp1252", "replace"), CARD.replace("ễ", "?")])
def test_of_a_citizen_card_nothing_is_known_but_the_age(card: str) -> None:
    assert read(card) == {"kind": "citizen_card", "age": 78}


def test_a_birthday_is_a_birthday() -> None:
    def age_on(day: date, born: str = "29022000") -> object:
        scan = parse(CARD.replace("20111948", born).encode(), day, DOSSIERS)
        return scan and scan.to_feed()["age"]

    assert age_on(date(2026, 11, 19), "20111948") == 77
    assert age_on(date(2026, 11, 20), "20111948") == 78
    assert age_on(date(2027, 2, 28)) == 26
    assert age_on(date(2027, 3, 1)) == 27
    assert age_on(date(2028, 2, 29)) == 28


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (0, "00104812345"),
        (0, "0010481234567"),
        (0, "00104812345a"),
        (0, "٠٠١٠٤٨١٢٣٤٥٦"),
        (1, "12345"),
        (3, "31021948"),
        (3, "00001948"),
        (3, "1948"),
        (3, "20112048"),
        (3, "20111848"),
        (3, "1948-11-20"),
        (6, "15042121"),
        (6, "15041947"),
        (6, ""),
    ],
)
def test_what_does_not_fit_is_no_citizen_card(field: int, value: str) -> None:
    fields = CARD.split("|")
    fields[field] = value
    assert read("|".join(fields)) is None


def test_half_a_card_is_no_card() -> None:
    assert [cut for cut in range(len(CARD) - 8) if read(CARD[:cut]) is not None] == []
    assert read("|".join(CARD.split("|")[:6])) is None


@pytest.mark.parametrize("text", [CARD, URL, DOSSIER])
def test_nothing_of_a_code_is_seen_when_a_program_shows_its_values(text: str) -> None:
    heard = assembler()
    heard.feed(text.encode(), 0)
    shown = repr(heard)
    scan = parse(heard.feed(b"\r", 0)[0], TODAY, DOSSIERS)
    shown += repr(scan) + str(scan) + repr(heard)
    for secret in (*CARD.split("|"), "78", "1948", TICKET, DOSSIER):
        assert secret not in shown


# Noise


def test_100_000_pieces_of_noise_make_no_exception_and_nothing_that_is_not_well_formed() -> None:
    chance = random.Random(20261121)  # noqa: S311 - the same noise each time
    good = [URL.encode(), DOSSIER.encode(), CARD.encode(), NEW_CARD.encode()]
    heard, now, scans, codes = assembler(), 0.0, list[Scan](), 0
    for _ in range(100_000):
        now += chance.choice((0.001, 0.001, 0.3, 2.0))
        for code in heard.feed(noise(chance, good), now):
            codes += 1
            if scan := parse(code, TODAY, DOSSIERS):
                scans.append(scan)
    told = [scan.to_feed() for scan in scans]
    for each in told:
        assert set(each) in ({"kind", "ticket"}, {"kind", "code"}, {"kind", "age"})
        assert re.fullmatch("[A-Za-z0-9_-]{16}", each.get("ticket", TICKET))
        assert DOSSIERS.fullmatch(each.get("code", DOSSIER))
        assert 0 <= each.get("age", 0) <= 130
    assert {each["kind"] for each in told} == {"ticket", "dossier", "citizen_card"}
    assert heard.garbage > 1000
    assert codes > len(told)


def noise(chance: random.Random, good: list[bytes]) -> bytes:
    """Random bytes, a whole good code, part of one, or one with a byte gone wrong."""
    kind, code = chance.randrange(5), chance.choice(good)
    ending = chance.choice((b"\r", b"\r", b"\n", b""))
    if kind == 0:
        return chance.randbytes(chance.randrange(40)) + ending
    if kind == 1:
        return bytes(chance.choices(b"0123456789|/:.-Ht\r", k=chance.randrange(60))) + ending
    if kind == 2:
        return code + ending
    at = chance.randrange(len(code))
    if kind == 3:
        return code[at:] + ending if chance.random() < 0.5 else code[:at] + ending
    return code[:at] + chance.randbytes(1) + code[at + 1 :] + ending
