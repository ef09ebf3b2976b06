"""What a robot asks the hub: a sentence, a code; with a token of its own, in the citizen's language."""

from __future__ import annotations

import io
import os
import re
import subprocess
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests

from app.asking.phrases import SHIPPED, load
from examples import robot_client
from tests.running_hub import RunningHub
from tests.system.crowd import assert_refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.running_hub import Client

CARD = "049150001234|201234567|Nguyễn Thị Kín|01021950|Nữ|12 Đường Mật, Phường Kín|15042021"
YOUNG = "049199001234||Trần Văn Trẻ|01021999|Nam|12 Đường Mật, Phường Kín|15042021"
PER_MINUTE = 60
NUMBERS_PER_MINUTE = 30
DOCUMENT = Path(__file__).parents[2] / "docs" / "robots.md"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    hub = RunningHub(tmp_path_factory.mktemp("centre"), {"clock_start": "2026-11-23T08:00"}).start()
    for number in (1, 3):
        hub.open_counter(number)
    yield hub
    hub.close()


@pytest.fixture
def robot(centre: RunningHub, request: pytest.FixtureRequest) -> Client:
    return centre.device("robot", f"robot-{abs(hash(request.node.name)) % 10**9}")


def asked(robot: Client, text: str, **wishes: Any) -> dict[str, Any]:
    answer: dict[str, Any] = robot.ok("POST", "/ask", json={"text": text, "speak": False, **wishes})
    return answer


def kinds(answer: dict[str, Any]) -> list[str]:
    return [each["kind"] for each in answer["actions"]]


# Asking


def test_a_citizen_says_what_they_need_and_gets_a_number_for_it(robot: Client) -> None:
    answer = asked(robot, "cho tôi lấy số làm giấy khai sinh")
    assert answer["intent"] == "take"
    take = answer["actions"][0]
    assert (take["kind"], take["service"], take["procedure"]) == ("take", "HT", "1.001193")
    wish = {"service": take["service"], "procedure": take["procedure"], "channel": "robot", "language": "vi"}
    assert robot.ok("POST", "/tickets", json=wish)["number"].startswith("A")


def test_the_answer_can_be_heard(centre: RunningHub, robot: Client) -> None:
    answer = robot.ok("POST", "/ask", json={"text": "xin chào", "language": "vi"})
    sound = requests.get(centre.url + answer["speech"], timeout=10)
    assert sound.content.startswith(b"RIFF")


def test_what_to_bring_how_long_and_where(robot: Client) -> None:
    answer = asked(robot, "đăng ký kết hôn cần mang theo gì")
    first = answer["procedures"][0]
    assert (answer["intent"], first["code"]) == ("procedure", "1.000894")
    assert first["bring"][0] in answer["text"]
    assert answer["services"][0]["counters"] == [1]
    assert "1" in answer["text"]


def test_in_english(robot: Client) -> None:
    answer = asked(robot, "which counter for certified copies", language="en")
    assert (answer["intent"], answer["language"]) == ("where", "en")
    assert "Counter 3" in answer["text"]
    answer = asked(robot, "how long does a birth certificate take", language="en")
    limit = answer["procedures"][0]["time_limit"]
    assert limit
    assert limit not in answer["text"], "an English voice cannot say it"
    assert answer["text"].isascii()


def test_in_a_language_without_texts_the_answer_is_vietnamese_and_says_so(robot: Client) -> None:
    answer = asked(robot, "xin chào", language="km")
    assert answer["language"] == "vi"


def test_how_long_for_ones_own_number_and_for_a_number_that_is_said(centre: RunningHub, robot: Client) -> None:
    ticket = centre.take_number("CT")
    own = asked(robot, "còn bao lâu nữa", ticket=ticket["id"])
    assert ticket["number"] in own["text"]
    said = asked(robot, f"số {ticket['number']} còn lâu không")
    assert said["text"].startswith(f"Số {ticket['number']}. ")
    assert ticket["id"] not in str(said)  # the id is the holder's: with it the number could be given back
    assert "A999" in asked(robot, "số A999 còn lâu không")["text"]
    assert robot.post("/ask", json={"text": "còn bao lâu", "ticket": "nobody"}).status_code == HTTPStatus.NOT_FOUND


def test_an_age_that_gives_a_right_is_offered_as_priority(robot: Client) -> None:
    answer = asked(robot, "tôi 80 tuổi có được ưu tiên không")
    assert [each["priority"] for each in answer["actions"] if each["kind"] == "priority"] == ["elderly"]
    younger = asked(robot, "tôi 62 tuổi có được ưu tiên không")
    assert len([each for each in younger["actions"] if each["kind"] == "priority"]) > 1


def test_hours_are_those_of_the_plan_or_honestly_not_known(centre: RunningHub, robot: Client) -> None:
    assert kinds(asked(robot, "mấy giờ đóng cửa")) == ["assistance"]
    shift = {"weekday": 0, "counter": 1, "clerk": "", "start": "07:30", "end": "16:30"}
    centre.admin.ok("PUT", "/rota", json={"shifts": [shift]})
    assert "16:30" in asked(robot, "mấy giờ đóng cửa")["text"]
    assert "16:30" not in asked(robot, "thứ bảy có làm việc không")["text"]
    centre.admin.ok("PUT", "/rota", json={"shifts": []})


def test_on_a_closed_day_whoever_asks_for_the_hours_hears_that_it_is_closed(centre: RunningHub, robot: Client) -> None:
    days = {"first": "2026-11-23", "last": "2026-11-24", "word": "Quốc khánh", "word_en": "National Day"}
    centre.admin.ok("PUT", "/closed-days", json={"closed": [days]})
    for question in ("khi nào mở cửa", "hôm nay có làm việc không", "hôm nay trung tâm có nghỉ không"):
        assert asked(robot, question)["text"] == "Hôm nay (23/11–24/11): Trung tâm nghỉ – Quốc khánh"
    assert asked(robot, "when do you open", language="en")["text"].endswith("The centre is closed – National Day")
    assert ["nghỉ –" in asked(robot, f"thứ {day} có làm việc không")["text"] for day in ("ba", "bảy")] == [True, False]
    centre.admin.ok("PUT", "/closed-days", json={"closed": []})


def test_the_lunch_break_is_told_where_all_counters_have_it(centre: RunningHub, robot: Client) -> None:
    def planned(*shifts: tuple[int, str, str]) -> str:
        rota = [{"weekday": 0, "counter": n, "clerk": "", "start": start, "end": end} for n, start, end in shifts]
        centre.admin.ok("PUT", "/rota", json={"shifts": rota})
        told: str = asked(robot, "mấy giờ nghỉ trưa")["text"]
        return told

    assert "giờ nghỉ trưa tôi chưa có thông tin" in planned()
    together = planned((1, "07:30", "11:30"), (1, "13:00", "17:00"), (3, "07:30", "11:00"), (3, "13:30", "17:00"))
    assert "nghỉ từ 11:30 đến 13:00" in together
    in_turn = planned((1, "07:30", "11:30"), (1, "13:00", "17:00"), (3, "07:30", "13:00"))
    assert "11:30" not in in_turn
    assert "Không có giờ nghỉ chung" in in_turn
    planned()


def test_asked_for_the_wait_no_service_is_left_out(centre: RunningHub, robot: Client) -> None:
    served = {each["code"] for each in centre.kiosk.ok("GET", "/hall")["services"]}
    takes = {each["service"] for each in asked(robot, "tôi phải chờ bao lâu")["actions"] if each["kind"] == "take"}
    assert takes == served


@pytest.mark.parametrize("text", ["nhà vệ sinh ở đâu", "asdkjh qwe", "?", "1", "\"' OR * (", "gọi cán bộ giúp tôi"])
def test_what_is_not_known_leads_to_a_member_of_staff(robot: Client, text: str) -> None:
    assert "assistance" in kinds(asked(robot, text))


def test_the_helper_is_called(centre: RunningHub, robot: Client) -> None:
    place = robot.ok("POST", "/assistance", json={})["assistance"][-1]["place"]
    assert place.startswith("robot:")
    centre.supervisor.ok("DELETE", f"/assistance/{place}")


def test_a_centre_adds_its_own_ways_of_asking_without_code(centre: RunningHub, robot: Client) -> None:
    assert asked(robot, "bửa ni răng")["intent"] == "unknown"
    own = centre.folder / "languages"
    own.mkdir(exist_ok=True)
    (own / "asking-vi.toml").write_text('[intents]\nhelp = ["bửa ni răng"]\n', encoding="utf-8")
    assert asked(robot, "bửa ni răng")["intent"] == "help"
    (own / "asking-vi.toml").write_text("[intents\n", encoding="utf-8")
    assert asked(robot, "bạn biết làm gì")["intent"] == "help"  # a file with a mistake is done without
    (own / "asking-vi.toml").unlink()


# Scanning


def scanned(robot: Client, text: str) -> dict[str, Any]:
    answer: dict[str, Any] = robot.ok("POST", "/scan", json={"text": text, "speak": False})
    return answer


def test_a_ticket_is_told_how_it_stands(centre: RunningHub, robot: Client) -> None:
    ticket = centre.take_number("CT")
    answer = scanned(robot, f"http://so.phuong.example/t/{ticket['id']}")
    assert (answer["kind"], answer["ticket"]["number"]) == ("ticket", ticket["number"])
    assert scanned(robot, "http://so.phuong.example/t/AAAAAAAAAAAAAAAA")["kind"] == "unknown"


def test_a_booking_becomes_a_ticket(centre: RunningHub, robot: Client) -> None:
    settings = {"home_numbers": True, "home_from": "00:00", "home_until": "23:59"}
    centre.admin.ok("PUT", "/settings", json=centre.admin.ok("GET", "/settings") | settings)
    booking = requests.post(f"{centre.url}/api/v1/home", json={"service": "HT"}, timeout=10).json()
    for text in (f"http://so.phuong.example/b/{booking['id']}", booking["code"]):
        answer = scanned(robot, text)
        assert (answer["kind"], answer["booking"]["id"]) == ("booking", booking["id"])
    ticket = robot.ok("POST", "/check-in", json={"booking": answer["actions"][0]["booking"]})
    assert ticket["number"] == booking["number"]
    assert "check_in" not in kinds(scanned(robot, booking["code"]))


def test_of_a_citizen_card_only_the_age_is_told_and_nothing_is_kept(centre: RunningHub, robot: Client) -> None:
    answer = robot.post("/scan", json={"text": CARD, "speak": False})
    assert (answer.json()["kind"], answer.json()["age"], answer.json()["priority"]) == ("citizen_card", 76, "elderly")
    young = robot.post("/scan", json={"text": YOUNG, "speak": False}).json()
    assert (young["age"], young["priority"]) == (27, None)
    refused = robot.post("/scan", json={"text": CARD * 20})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    for told in (answer.text, refused.text, centre.log()):
        assert not any(secret in told for secret in ("049150001234", "Kín", "Mật", "01021950"))


def test_the_page_of_a_procedure_is_known_too(robot: Client) -> None:
    answer = scanned(robot, "http://so.phuong.example/p/1.000894")
    assert (answer["kind"], answer["procedures"][0]["code"]) == ("procedure", "1.000894")
    assert kinds(answer) == ["take", "open"]


@pytest.mark.parametrize("text", ["https://example.com", "999999", "a|b|c", "\x00", "0912345678"])
def test_any_other_code_is_said_to_be_unknown(robot: Client, text: str) -> None:
    assert scanned(robot, text)["kind"] == "unknown"


# Who may, and how often


@pytest.mark.parametrize("path", ["/ask", "/scan"])
def test_only_the_halls_own_machines_and_people_may_ask(centre: RunningHub, path: str) -> None:
    stranger = requests.post(f"{centre.url}/api/v1{path}", json={"text": "xin chào"}, timeout=10)
    assert stranger.status_code == HTTPStatus.UNAUTHORIZED
    screen = centre.device("display", "tv-of-nobody").post(path, json={"text": "xin chào"})
    assert screen.status_code == HTTPStatus.FORBIDDEN


def test_a_robot_that_asks_too_often_waits_and_the_next_one_does_not(centre: RunningHub, robot: Client) -> None:
    statuses = {robot.post("/scan", json={"text": "?", "speak": False}).status_code for _ in range(PER_MINUTE * 2 + 1)}
    assert statuses == {HTTPStatus.OK, HTTPStatus.TOO_MANY_REQUESTS}
    refused = robot.post("/scan", json={"text": "?"})
    assert_refused(refused, HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests")
    assert int(refused.headers["Retry-After"]) > 0
    assert centre.device("robot", "the-other-robot").post("/scan", json={"text": "?"}).status_code == HTTPStatus.OK


def test_a_robot_gone_mad_does_not_empty_the_days_numbers(centre: RunningHub, robot: Client) -> None:
    statuses = [robot.post("/tickets", json={"service": "KQ"}).status_code for _ in range(2 * NUMBERS_PER_MINUTE + 1)]
    taken = statuses.count(HTTPStatus.CREATED)
    assert NUMBERS_PER_MINUTE <= taken <= 2 * NUMBERS_PER_MINUTE, (
        "those of a minute, or of two where it ended meanwhile"
    )
    refused = robot.post("/tickets", json={"service": "KQ"})
    assert_refused(refused, HTTPStatus.TOO_MANY_REQUESTS, "too_many_requests")
    assert int(refused.headers["Retry-After"]) > 0
    other = centre.device("robot", "the-other-robot")
    assert other.post("/tickets", json={"service": "KQ"}).status_code == HTTPStatus.CREATED
    for _ in range(2 * NUMBERS_PER_MINUTE + 1):
        centre.take_number("KQ")  # a kiosk has people before it who press


def test_what_a_robot_needs_is_described(centre: RunningHub) -> None:
    paths = requests.get(f"{centre.url}/api/openapi.json", timeout=10).json()["paths"]
    for path in ("/ask", "/scan", "/tickets", "/check-in", "/assistance", "/hall"):
        for operation in paths[f"/api/v1{path}"].values():
            assert operation["summary"]
            assert "200" in operation["responses"] or "201" in operation["responses"]
    for path in ("/ask", "/scan", "/tickets"):
        assert "429" in paths[f"/api/v1{path}"]["post"]["responses"]


# The document and the client for programmers


def blocks(language: str) -> list[str]:
    """The code of docs/robots.md in this language."""
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)


def token_of(robot: Client) -> str:
    return str(robot.headers["Authorization"]).removeprefix("Bearer ")


@pytest.mark.parametrize("block", [each for each in blocks("sh") if "curl" in each])
def test_what_the_document_has_for_curl_works(centre: RunningHub, robot: Client, block: str) -> None:
    block = block.replace("curl -s", "curl -sS --fail-with-body")
    environment = os.environ | {"HUB": centre.url, "TOKEN": token_of(robot)}
    told = subprocess.run(["bash", "-ec", block], env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    assert told.stdout.startswith("{")


def test_what_the_document_has_for_python_works(
    centre: RunningHub, robot: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    facts: dict[str, Any] = {"HUB": centre.url, "TOKEN": token_of(robot)}
    for block in blocks("python"):
        exec(block, facts)  # noqa: S102 - our own document
    told = capsys.readouterr().out
    assert "Counter 3" in told
    assert "404 unknown_service" in told
    facts["robot"].close()


def test_the_command_that_the_document_names_makes_a_robot(centre: RunningHub) -> None:
    command = next(each for each in blocks("sh") if "toiluot" in each)
    assert centre.command(*command.split()[1:]).returncode == 0
    assert "robot-1" in {each["name"] for each in centre.admin.ok("GET", "/devices")["devices"]}


def test_the_phrases_of_the_document_are_ones_that_the_hub_takes(tmp_path: Path) -> None:
    (tmp_path / "asking-vi.toml").write_text(blocks("toml")[0], encoding="utf-8")
    before, after = load([])["vi"], load([tmp_path])["vi"]
    assert len(after.of("intents")["take"]) == len(before.of("intents")["take"]) + 2
    assert SHIPPED.name in DOCUMENT.read_text("utf-8")


def test_the_client_for_programmers(centre: RunningHub, robot: Client) -> None:
    client = robot_client.Robot(centre.url, token_of(robot), sleep=lambda _seconds: None)
    answer = client.ask("lấy số chứng thực")
    assert (client.sound(answer) or b"").startswith(b"RIFF")
    take = answer["actions"][0]
    ticket = client.take_number(take["service"], take.get("procedure"))
    assert client.scan(f"{centre.url}{ticket['url']}")["ticket"]["number"] == ticket["number"]
    assert ticket["number"] in client.ask("còn bao lâu nữa", ticket["id"])["text"]
    client.call_staff()
    assert client.hall()["services"]
    with pytest.raises(robot_client.Refused) as refused:
        client.take_number("NOBODY")
    assert refused.value.code == "unknown_service"


def test_the_client_ends_quietly_with_its_input(
    centre: RunningHub, robot: Client, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("xin chào\n"))
    robot_client.main([centre.url, token_of(robot)])
    assert "Xin chào" in capsys.readouterr().out


def test_the_page_for_programmers_has_every_path_and_needs_nobody_elses_server(centre: RunningHub) -> None:
    page = requests.get(f"{centre.url}/api/docs", timeout=10)
    assert page.ok
    for path in requests.get(f"{centre.url}/api/openapi.json", timeout=10).json()["paths"]:
        assert path in page.text
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert not re.findall(r'(?:src|href)="https?://', page.text)
    assert "cho tôi lấy số làm giấy khai sinh" in page.text
