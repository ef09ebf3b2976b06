"""Posters as others see them: a reader of QR codes, a reader of PDF text, a renderer."""

import io
import subprocess
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pypdfium2
import pytest
import segno
from PIL import Image, ImageChops
from pypdf import PdfReader

from app import procedure_file
from app.api.posters import _procedure as procedure_of
from app.posters.index import list_poster
from app.posters.posters import FRAME_TOP, ROOM_END, procedure_poster, service_poster, take_poster
from app.posters.sheet import INK, Sheet
from app.posters.values import Centre, Link, Procedure, Service, Size

CENTRE = Centre("Trung tâm Phục vụ hành chính công phường Cẩm Thành", "Public Service Centre, Cẩm Thành Ward")
BIRTH = Procedure(
    "1.001193",
    "Thủ tục đăng ký khai sinh",
    "Birth registration",
    ("Tờ khai", "Giấy chứng sinh", "Văn bản ủy quyền nếu có"),
    "trong ngày",
    "miễn phí",
)
LONG = Procedure(
    "2.000815",
    "Chứng thực bản sao từ bản chính giấy tờ do cơ quan, tổ chức có thẩm quyền của Việt Nam; cơ quan của nước ngoài; "
    "cơ quan của Việt Nam liên kết với cơ quan, tổ chức có thẩm quyền của nước ngoài cấp hoặc chứng nhận",
    "Certified true copy from the original",
    tuple(f"Giấy tờ thứ {n}, bản chính kèm bản sao có chứng thực của cơ quan có thẩm quyền" for n in range(1, 30)),
    "2 ngày làm việc",
    "2.000 đồng một trang",
    verified=False,
)
CIVIL = Service("Hộ tịch", "Civil status", "", (BIRTH, LONG))
LINK = Link("http://192.168.1.10:8000/p/1.001193", local=True)
DPI = 100
MM = DPI / 25.4
POSTERS: dict[str, Callable[[Size], bytes]] = {
    "procedure": lambda size: procedure_poster(CENTRE, BIRTH, LINK, size),
    "long procedure": lambda size: procedure_poster(CENTRE, LONG, LINK, size),
    "service": lambda size: service_poster(CENTRE, CIVIL, LINK, size),
    "list": lambda size: list_poster(CENTRE, [CIVIL], LINK, size),
    "take": lambda size: take_poster(CENTRE, LINK, size),
}
EVERY = [(name, size) for name in POSTERS for size in Size]


@pytest.mark.parametrize(("name", "size"), EVERY)
def test_a_phone_reads_the_code_of_every_poster(name: str, size: Size, tmp_path: Path) -> None:
    picture = tmp_path / "poster.png"
    drawn(POSTERS[name](size)).save(picture)
    read = subprocess.run(["zbarimg", "-q", "--raw", str(picture)], capture_output=True, text=True, check=True)
    assert read.stdout.strip() == LINK.url


@pytest.mark.parametrize(("name", "size"), EVERY)
def test_the_code_is_large_and_has_white_around_it(name: str, size: Size) -> None:
    page = drawn(POSTERS[name](size))
    left, top, right, bottom = black(page)
    assert min(right - left, bottom - top) / MM >= {Size.A4: 80, Size.A5: 50}[size]
    white = 4 * (right - left) / modules()
    around = page.crop((round(left - white), round(top - white), round(right + white), round(bottom + white)))
    code = page.crop((left - 1, top - 1, right + 1, bottom + 1))
    around.paste(Image.new("L", code.size, 255), (round(white) - 1, round(white) - 1))
    assert ImageChops.invert(around).getbbox() is None


@pytest.mark.parametrize(("name", "size"), EVERY)
def test_nothing_runs_off_the_paper_or_where_a_printer_cannot_reach(name: str, size: Size) -> None:
    page = drawn(POSTERS[name](size))
    left, top, right, bottom = ImageChops.invert(page).getbbox() or (0, 0, 0, 0)
    edge = 6 * MM
    assert left >= edge
    assert top >= edge
    assert right <= page.width - edge
    assert bottom <= page.height - edge


FULL = Centre(
    "Trung tâm Phục vụ hành chính công phường An Khánh thành phố Thủ Đức trực thuộc trung ương, cơ sở 2 đường số 5",
    "Public Service Centre of An Khanh ward, second house",
)


@pytest.mark.parametrize("centre", [CENTRE, FULL])
def test_however_much_there_is_to_say_it_keeps_clear_of_the_code(centre: Centre) -> None:
    talkative = replace(LONG, time_limit="nhận hồ sơ sau 15 giờ: ngày làm việc tiếp theo " * 9, fee="2.000đ/trang " * 9)
    shipped = [procedure_of(asdict(each)) for each in procedure_file.shipped()]
    for each in [talkative, *shipped]:
        page = drawn(procedure_poster(centre, each, LINK, Size.A4))
        above = page.crop((0, int(ROOM_END / 72 * DPI) + 4, page.width, int(FRAME_TOP / 72 * DPI) - 4))
        assert min(above.tobytes()) > 250, each.code


def test_a_long_name_of_a_centre_leaves_the_page_number_its_room() -> None:
    page = drawn(list_poster(FULL, [CIVIL], LINK, Size.A4))
    before_the_number = page.crop((int(168 * MM), int(280 * MM), int(172 * MM), page.height))
    assert min(before_the_number.tobytes()) > 250


def test_the_text_is_vietnamese_in_its_composed_form() -> None:
    text = words(procedure_poster(CENTRE, BIRTH, LINK, Size.A4))
    assert "Thủ tục đăng ký khai sinh" in text
    assert "Văn bản ủy quyền nếu có" in text
    assert "192.168.1.10:8000/p/1.001193" in text
    assert "Birth registration" in text
    assert text == unicodedata.normalize("NFC", text)


def test_a_name_that_comes_decomposed_is_printed_composed() -> None:
    apart = unicodedata.normalize("NFD", "Đăng ký nuôi con nuôi ở Quảng Ngãi")
    text = words(procedure_poster(CENTRE, Procedure("9.9", apart), LINK, Size.A5))
    assert "Đăng ký nuôi con nuôi ở Quảng Ngãi" in " ".join(text.split())


def test_what_does_not_fit_is_counted() -> None:
    text = words(procedure_poster(CENTRE, LONG, LINK, Size.A4))
    shown = sum(f"Giấy tờ thứ {n}," in text for n in range(1, 30))
    assert 0 < shown < 29
    assert f"{29 - shown} more" in text


def test_an_unverified_entry_says_so_and_a_fee_that_nobody_knows_is_not_made_up() -> None:
    unsure = words(procedure_poster(CENTRE, Procedure("9.9", "Việc lạ", verified=False), LINK, Size.A4))
    assert "Please check at the counter" in unsure
    assert "Fee" not in unsure
    assert "Please check at the counter" not in words(procedure_poster(CENTRE, BIRTH, LINK, Size.A4))


def test_the_list_holds_every_procedure_and_each_page_says_which_it_is() -> None:
    many = tuple(Procedure(f"1.{n:06}", f"Thủ tục thứ {n} của lĩnh vực hộ tịch") for n in range(120))
    pages = PdfReader(io.BytesIO(list_poster(CENTRE, [Service("Hộ tịch", procedures=many)], LINK, Size.A4))).pages
    text = "\n".join(page.extract_text() for page in pages)
    assert [n for n in range(120) if f"1.{n:06}" not in text] == []
    assert len(pages) > 2
    assert all("Hộ tịch" in page.extract_text() for page in pages)
    assert f"{len(pages)}/{len(pages)}" in pages[-1].extract_text()


def test_a_phone_outside_the_centres_network_is_told_only_where_that_matters() -> None:
    public = Link("https://motcua.phuong.example/find")
    assert "Wi-Fi" in words(take_poster(CENTRE, LINK, Size.A4))
    assert "Wi-Fi" not in words(take_poster(CENTRE, public, Size.A4))


def test_the_file_says_its_title_its_language_and_its_paper() -> None:
    reader = PdfReader(io.BytesIO(procedure_poster(CENTRE, BIRTH, LINK, Size.A5)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Thủ tục đăng ký khai sinh · 1.001193"
    assert reader.metadata.author == CENTRE.name
    assert reader.trailer["/Root"]["/Lang"] == "vi-VN"  # type: ignore[index]
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [148, 210]


def test_words_in_the_centres_own_colour_are_ink_where_the_colour_is_too_light_to_read() -> None:
    assert Sheet(Size.A4, "", "", "#f5c542").accent_ink == INK
    assert Sheet(Size.A4, "", "", "#7a0019").accent_ink == Sheet(Size.A4, "", "", "#7a0019").accent


def drawn(pdf: bytes) -> Image.Image:
    """The first page, as grey at DPI."""
    return pypdfium2.PdfDocument(pdf)[0].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")


def black(page: Image.Image) -> tuple[int, int, int, int]:
    """Where the code is: nothing else is quite black."""
    box = page.point(lambda level: 255 if level < 8 else 0).getbbox()
    assert box is not None
    return box


def modules() -> int:
    return int(segno.make(LINK.url, error="m", micro=False).symbol_size(border=0)[0])


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
