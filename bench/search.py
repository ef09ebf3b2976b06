"""How long does an answer take when somebody looks for a procedure among 2,500, and the page that they open?"""

import csv
import random
import time
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

from flask.testing import FlaskClient

from app import procedure_file
from app.core.permissions import Actor, Role
from app.store.catalogue import Procedure, put_procedures
from app.store.store import Store
from bench.table import Row, milliseconds, percentile
from tests.system.within import hub_within

QUERIES = Path(__file__).parents[1] / "tests" / "finding" / "queries.csv"
PROCEDURES = 2_500  # about as many as all ministries have put to the communes and provinces together
SHOWN = 10
ROUNDS = 3
BAR_S = 0.05
PAGES = ("/find", "/find?service=HT", "/find?q=giay+khai+sihn", "/p/1.001193", "/api/v1/procedures")
DRAWN = 20  # times; the door lets no more in of one address
ACTS = ("Cấp", "Cấp lại", "Cấp đổi", "Gia hạn", "Thu hồi", "Đăng ký", "Thẩm định", "Phê duyệt", "Công nhận", "Xác nhận")
THINGS = (
    "giấy phép hoạt động", "giấy chứng nhận đủ điều kiện", "chứng chỉ hành nghề", "phương án khai thác", "hồ sơ dự án",
    "kế hoạch sử dụng", "báo cáo đánh giá tác động", "quyết định thành lập", "thẻ hành nghề", "giấy xác nhận khai báo",
)  # fmt: skip
FIELDS = (
    "thủy sản", "lâm nghiệp", "thú y", "bảo vệ thực vật", "khám bệnh, chữa bệnh", "dược phẩm", "an toàn thực phẩm",
    "giáo dục nghề nghiệp", "quảng cáo", "du lịch", "viễn thông", "xuất bản", "hóa chất", "điện lực", "khoáng sản",
    "tài nguyên nước", "đường thủy nội địa", "vận tải đường bộ", "đo lường", "sở hữu trí tuệ", "lao động nước ngoài",
)  # fmt: skip
EVERYDAY = ("giấy tờ", "làm mới", "bị mất", "hết hạn", "mở cơ sở", "xin phép", "đổi chủ", "sửa thông tin")


def answers_among_many(folder: Path) -> list[Row]:
    """Median and 99th percentile of all everyday queries over a made-up catalogue, and the writing of its index."""
    with QUERIES.open(encoding="utf-8", newline="") as file:
        queries = [row["query"] for row in csv.DictReader(file)]
    with Store.opened(folder / "centre.db") as store:
        procedures = _made_up()
        began = time.perf_counter()
        write = put_procedures(procedures)
        prepared = time.perf_counter()
        store.commit((), also=write)
        written = time.perf_counter()
        taken = [_answer(store, query) for _ in range(ROUNDS) for query in queries]
    size = f"{PROCEDURES:,} procedures"
    return [
        Row(f"an answer among {size}, median of {len(queries)} queries", milliseconds(percentile(taken, 50))),
        Row("the same, 99th percentile", milliseconds(percentile(taken, 99)), bar=f"at most {BAR_S * 1000:.0f} ms"),
        *(
            Row(
                f"{path} among {size}, median", milliseconds(percentile(each, 50)), bar=f"at most {BAR_S * 1000:.0f} ms"
            )
            for path, each in _pages(folder, procedures).items()
        ),
        Row(f"a catalogue of {size} made ready, nobody waits", milliseconds(prepared - began)),
        Row("the same, written: a press waits so long", milliseconds(written - prepared)),
    ]


def _answer(store: Store, query: str) -> float:
    began = time.perf_counter()
    store.procedures(query, None, SHOWN)
    return time.perf_counter() - began


def _pages(folder: Path, procedures: list[Procedure]) -> dict[str, list[float]]:
    """Seconds that each page took, within this process."""
    (place := folder / "pages").mkdir()
    with hub_within(place, "2026-11-23T08:00", ("lan",)) as office:
        procedure_file.take(office.parts.hub, procedures, Actor("", Role.SYSTEM))
        browser = office.flask.test_client()
        return {path: [_drawn(browser, path) for _ in range(DRAWN)] for path in PAGES}


def _drawn(browser: FlaskClient, path: str) -> float:
    began = time.perf_counter()
    assert browser.get(path).status_code == HTTPStatus.OK
    return time.perf_counter() - began


def _made_up() -> list[Procedure]:
    """The shipped catalogue, and as many made-up procedures as are missing; the same on each run."""
    known = procedure_file.shipped()
    rng = random.Random(5)  # noqa: S311 - not for secrets
    return known + [_another(rng, number, known[0]) for number in range(PROCEDURES - len(known))]


def _another(rng: random.Random, number: int, like: Procedure) -> Procedure:
    field = rng.choice(FIELDS)
    thing = f"{rng.choice(THINGS)} {rng.choice(THINGS)}"
    return replace(
        like,
        code=f"3.{number:06}",
        name=f"{rng.choice(ACTS)} {thing} trong lĩnh vực {field} đối với tổ chức, cá nhân",
        name_en=f"Permit {number} of {field}",
        field=field.capitalize(),
        keywords="; ".join(f"{word} {field}" for word in rng.sample(EVERYDAY, 4)),
    )
