"""What is on the paper: decoded from the very bytes, and read by a reader of QR codes."""

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fake_printer import LONG_SERVICE, PAGE, SHORT, TICKET, a_printer, a_text
from PIL import Image, ImageOps
from pydantic import ValidationError

from hardware.printers.document import Document
from hardware.printers.escpos_library import builder
from hardware.printers.paper import Paper
from hardware.printers.raster import FONT, text_lines
from hardware.printers.simulated import SimulatedPrinter
from hardware.printers.status import CLEAR_BUFFER, question
from hardware.printers.ticket import NumberTooLong, Ticket, ticket, without_commands
from hardware.printers.wrapping import wrap

WIDTHS = {80: 576, 58: 384}


def made(document: Any, **settings: Any) -> Ticket:
    return ticket(Document.model_validate(document), a_printer("virtual://hall", **settings))


def printed(document: Any, **settings: Any) -> Paper:
    config = a_printer("virtual://hall", **settings)
    printer = SimulatedPrinter(config.width)
    assert printer.receive(made(document, **settings).data) == b""
    assert printer.nonsense == b""
    assert printer.printed == 1
    return printer.tickets[0]


def read_qr(image: Image.Image, folder: Path) -> str:
    path = folder / "code.png"
    image.save(path)
    command = ["zbarimg", "--quiet", "--raw", "--oneshot", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


# the worked frames of the reference


def test_a_picture_as_wide_as_80_mm_paper_begins_as_in_the_reference():
    writer = builder(576)
    writer.hw("INIT")
    writer.image(Image.new("1", (576, 279), 1))
    assert writer.output[:10] == bytes.fromhex("1B 40 1D 76 30 00 48 00 17 01")
    assert len(writer.output) - 10 == 72 * 279


def test_every_picture_of_a_ticket_is_raster_of_whole_bytes_that_the_paper_is_wide_enough_for():
    for mm, width in WIDTHS.items():
        pieces = [piece for piece in made(TICKET, paper_mm=mm).pieces if piece[:4] == b"\x1dv0\0"]
        assert len(pieces) > 6
        for piece in pieces:
            columns, rows = piece[4] + 256 * piece[5], piece[6] + 256 * piece[7]
            assert columns * 8 <= width
            assert rows <= 960
            assert len(piece) == 8 + columns * rows


def test_a_ticket_begins_with_a_fresh_start():
    assert made(SHORT).data.startswith(b"\x1b@")


def test_the_number_is_printed_in_the_printers_own_letters_eight_times_as_large():
    assert b"\x1d!\x77" in made(SHORT).data
    assert b"A012\n" in made(SHORT).data
    assert b"\x1d!\x00" in made(SHORT).data.partition(b"A012")[2]


@pytest.mark.parametrize(
    ("cut", "ending"),
    [("full", "1B 64 06 1D 56 00"), ("partial", "1B 64 06 1D 56 01"), ("none", "1B 64 06")],
)
def test_paper_is_fed_past_the_knife_and_cut_as_configured(cut: str, ending: str):
    assert made(SHORT, cut=cut).data.endswith(bytes.fromhex(ending))


def test_a_buzzer_sounds_twice():
    assert made(SHORT, cut="full", buzzer=True).data.endswith(bytes.fromhex("1D 56 00 1B 42 02 02"))


def test_a_native_qr_code_is_five_commands_with_the_page_in_the_fourth():
    data = made({"blocks": [{"kind": "qr", "data": PAGE}]}).data
    start = data.index(b"\x1d(k")
    store = bytes([len(PAGE) + 3, 0]) + b"1P0" + PAGE.encode()
    module_dots = 8
    wanted = [b"\x04\x001A2\x00", b"\x03\x001C" + bytes([module_dots]), b"\x03\x001E1", store, b"\x03\x001Q0"]
    assert data[start:].startswith(b"".join(b"\x1d(k" + part for part in wanted))


# the paper


@pytest.mark.parametrize("mm", WIDTHS)
def test_a_ticket_has_its_number_and_its_code_in_the_middle(mm: int):
    paper = printed(TICKET, paper_mm=mm)
    (number,) = paper.numbers
    assert (number.text, number.times_wide, number.times_high, number.bold, number.align) == ("A012", 8, 8, True, 1)
    (code,) = paper.codes
    assert (code.data, code.align) == (PAGE, 1)
    assert 190 <= code.width <= 250, "25 to 30 mm"
    assert code.width <= WIDTHS[mm]


@pytest.mark.parametrize("mm", WIDTHS)
@pytest.mark.parametrize("qr", ["native", "raster"])
def test_a_telephone_reads_the_code_off_the_paper(mm: int, qr: str, tmp_path: Path):
    paper = printed(TICKET, paper_mm=mm, qr=qr)
    assert bool(paper.codes) is (qr == "native")
    assert read_qr(paper.image(), tmp_path) == PAGE


@pytest.mark.parametrize("qr", ["native", "raster"])
def test_a_code_has_four_modules_of_white_around_it(qr: str):
    blocks = [{"kind": "rule"}, {"kind": "qr", "data": PAGE}, {"kind": "rule"}]
    sheet = ImageOps.invert(printed({"blocks": blocks}, qr=qr).image())
    above_the_code = sheet.crop((0, 20, 576, 20 + 12 + 4 * 8 - 8))
    assert above_the_code.getbbox() is None
    assert sheet.crop((0, 0, 140, sheet.height)).crop((0, 30, 140, 250)).getbbox() is None


@pytest.mark.parametrize(("number", "times"), [("A012", 8), ("AB012", 6), ("B1-0123", 4), ("A", 8)])
def test_a_number_is_as_large_as_narrow_paper_allows(number: str, times: int):
    (native,) = printed({"blocks": [{"kind": "number", "text": number}]}, paper_mm=58).numbers
    assert (native.text, native.times_wide) == (number, times)


def test_a_number_that_the_paper_is_too_narrow_for_is_not_printed_in_two_rows():
    document = Document.model_validate({"blocks": [{"kind": "number", "text": "A" * 16}]})
    narrow = a_printer("virtual://hall").model_copy(update={"dots": 184})
    with pytest.raises(NumberTooLong, match="needs 192 dots"):
        ticket(document, narrow)


@pytest.mark.parametrize("slow", [False, True])
@pytest.mark.parametrize("mm", WIDTHS)
def test_no_mark_or_tail_is_clipped(mm: int, slow: bool):
    url = "/dev/ttyS0" if slow else "/dev/usb/lp0"
    texts = [
        a_text("ẤẦẨẪẮẰẲẴ ỖỮ gjpqyạợ(|", size=size, bold=bold)
        for size in ("small", "normal", "large")
        for bold in (0, 1)
    ]
    config = a_printer(url, paper_mm=mm)
    printer = SimulatedPrinter(config.width)
    printer.receive(ticket(Document.model_validate({"blocks": [*texts, a_text(LONG_SERVICE)]}), config).data)
    pictures = [picture.draw() for picture in printer.tickets[0].pictures]
    assert len(pictures) >= 7
    for picture in pictures:
        assert picture.crop((0, 0, picture.width, 1)).getextrema() == (255, 255)
        assert picture.crop((0, picture.height - 1, picture.width, picture.height)).getextrema() == (255, 255)


def test_every_mark_above_a_capital_is_on_the_paper():
    """Ẫ is higher than Â, and Â than A: a line too low would make them equal."""
    (a, a_hat, a_hat_tilde) = (_ink(letter) for letter in "AÂẪ")
    assert a < a_hat < a_hat_tilde


def _ink(letter: str) -> int:
    document = Document.model_validate({"blocks": [a_text(letter, align="left")]})
    (line,) = text_lines(document.blocks[0], 576)
    box = ImageOps.invert(line.convert("L")).getbbox()
    return box[3] - box[1]


def test_letters_whose_marks_come_apart_are_put_together():
    together, apart = "Hộ tịch", "Hộ tịch"
    assert made({"blocks": [a_text(apart)]}).data == made({"blocks": [a_text(together)]}).data


def test_a_long_name_breaks_between_words_into_lines_of_about_one_length():
    lines = wrap("Chứng thực bản sao từ bản chính", 26, len, balanced=True)
    assert lines == ["Chứng thực bản", "sao từ bản chính"]
    assert wrap("Chứng thực bản sao từ bản chính", 26, len, balanced=False) == ["Chứng thực bản sao từ bản", "chính"]


def test_a_word_wider_than_the_paper_is_broken_rather_than_lost():
    assert wrap("http://phuong.example/abc", 10, len, balanced=True) == ["http://phu", "ong.exampl", "e/abc"]


def test_a_slow_serial_line_gets_smaller_letters():
    fast, slow = (
        ticket(Document.model_validate(TICKET), a_printer("/dev/ttyS0", baudrate=b)) for b in (115_200, 9_600)
    )
    assert len(slow.data) < 0.65 * len(fast.data)


def test_what_a_printer_would_obey_at_once_is_never_within_a_picture():
    rows = b"".join((question(4), b"\x10\x05\x02", CLEAR_BUFFER)) + b"\x00"
    picture = Image.frombytes("1", (len(rows) * 8, 1), bytes(byte ^ 0xFF for byte in rows))
    writer = builder(len(rows) * 8)
    writer.image(without_commands(picture))
    printer = SimulatedPrinter(len(rows) * 8)
    assert printer.receive(writer.output) == b""
    assert printer.half_printed.pictures[0].rows == 1
    assert b"\x10\x05" not in writer.output


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        [{"kind": "picture"}],
        [{"kind": "number", "text": "Ấ012"}],
        [{"kind": "number", "text": "A\x1b@"}],
        [{"kind": "number", "text": ""}],
        [{"kind": "qr", "data": ""}],
        [{"kind": "text", "text": "a", "size": "huge"}],
        [{"kind": "text", "text": "a" * 301}],
        [{"kind": "rule"}] * 41,
    ],
)
def test_a_document_that_is_not_one_is_told_from_a_ticket(blocks: list[Any]):
    with pytest.raises(ValidationError):
        Document.model_validate({"blocks": blocks})


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\x1b@\x10\x04\x01", "中文 😀"])
def test_no_text_stops_a_ticket_or_commands_the_printer(text: str):
    assert printed({"blocks": [a_text(text), {"kind": "number", "text": "A012"}]}).numbers[0].text == "A012"


# the library


def test_loading_the_library_leaves_nothing_behind(tmp_path: Path):
    """It would configure the root logger and leave a folder in the temporary one."""
    code = (
        "import logging; from hardware.printers.escpos_library import builder; builder(576).text('A012');"
        "assert not logging.getLogger().handlers"
    )
    root = FONT.parents[2]
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_the_library_says_nothing_on_standard_output(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.DEBUG):
        made(TICKET, qr="raster")
    assert capsys.readouterr() == ("", "")
