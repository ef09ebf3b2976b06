"""The public contract of design.md over HTTP, line by line, as a program outside would use it."""

import json

import pytest
import requests

from tests.running_hub import PASSWORD, Client, RunningHub
from tests.system.contract import press
from tests.system.crowd import assert_clean, assert_refused

STATES = {"issued", "waiting", "called", "serving", "parked", "missed", "finished", "cancelled", "closed"}


def test_a_ticket_from_the_kiosk_to_its_end(hub: RunningHub) -> None:
    hub.open_counter(1)
    answer = hub.kiosk.post("/tickets", json={"service": "HT", "language": "en", "channel": "kiosk"})
    assert answer.status_code == 201
    ticket = answer.json()
    assert {"id", "number", "service", "ahead", "forecast", "url"} <= ticket.keys()
    assert (ticket["number"], ticket["service"], ticket["ahead"]) == ("A001", "HT", 0)
    assert ticket["forecast"] is None or {"low_min", "high_min"} == ticket["forecast"].keys()
    assert hub.take_number()["ahead"] == 1
    with Client(hub.url) as phone:
        assert phone.ok("GET", f"/tickets/{ticket['id']}")["state"] == "waiting"

        pressed = press(hub, "next")
        assert (pressed["ticket"]["id"], pressed["ticket"]["state"]) == (ticket["id"], "called")
        assert pressed["reason"]["code"] == "oldest"
        assert pressed["reason"]["text"]
        assert phone.ok("GET", f"/tickets/{ticket['id']}")["counter"] == 1
    assert press(hub, "recall")["ticket"]["number"] == "A001"
    assert press(hub, "arrive")["ticket"]["state"] == "serving"
    assert press(hub, "finish")["ticket"]["state"] == "finished"
    assert press(hub, "next")["ticket"]["number"] == "A002"
    assert press(hub, "undo")["counter"]["ticket"] is None
    assert press(hub, "next")["ticket"]["number"] == "A002"
    assert press(hub, "park")["ticket"]["state"] == "parked"
    third = hub.take_number()
    assert press(hub, "call", ticket=third["id"])["ticket"]["id"] == third["id"]
    assert press(hub, "miss")["ticket"]["state"] == "missed"
    fourth = hub.take_number()
    press(hub, "call", ticket=fourth["id"])
    assert press(hub, "transfer", service="CT")["ticket"]["service"] == "CT"
    assert press(hub, "pause", until="13:00")["counter"]["until"] == "13:00"
    assert press(hub, "open")["counter"]["state"] == "open"
    assert press(hub, "close")["counter"]["state"] == "closed"
    served = hub.supervisor.ok("PUT", "/counters/1/services", json={"own": ["CT"], "help": ["HT"]})["counter"]
    assert (served["own"], served["help"]) == (["CT"], ["HT"])
    assert_clean(hub)


def test_next_with_nobody_waiting_answers_with_no_ticket(hub: RunningHub) -> None:
    hub.open_counter(1)
    assert hub.supervisor.ok("POST", "/counters/1/next")["ticket"] is None


def test_the_snapshot_has_the_shape_of_the_contract(hub: RunningHub) -> None:
    hub.open_counter(1)
    hub.take_number()
    hub.take_number()
    press(hub, "next")
    hall = hub.device("display").ok("GET", "/hall")
    assert {"seq", "day", "services", "counters", "calls"} <= hall.keys()
    service = hall["services"][0]
    assert (service["code"], service["waiting"]) == ("HT", 1)
    assert {"name", "longest_wait_s"} <= service.keys()
    counter = hall["counters"][0]
    assert {"number", "state", "own", "help", "ticket"} <= counter.keys()
    assert {"id", "number", "service", "state", "since"} <= counter["ticket"].keys()
    assert hall["counters"][1]["ticket"] is None
    assert {"number": "A001", "counter": 1}.items() <= hall["calls"][0].items()
    assert hall["calls"][0]["at"]
    assert len(hall["counters"]) == 10
    assert {each["state"] for each in hall["counters"][1:]} == {"closed"}


def test_the_public_snapshot_holds_no_person(hub: RunningHub) -> None:
    hub.clerk("lan").ok("POST", "/counters/1/open", json={})
    assert "lan" not in json.dumps(hub.device("display").ok("GET", "/hall")["counters"]).lower()
    assert "lan" in json.dumps(hub.supervisor.ok("GET", "/hall")["counters"]).lower()


def test_the_log_is_read_after_a_seq(hub: RunningHub) -> None:
    display = hub.device("display")
    hub.take_number()
    hub.take_number()
    every = hub.supervisor.ok("GET", "/events?after=0")
    assert [event["seq"] for event in every["events"]] == list(range(1, every["last"] + 1))
    rest = display.ok("GET", f"/events?after={every['last'] - 1}")
    assert [event["seq"] for event in rest["events"]] == [every["last"]]
    assert "actor" not in rest["events"][0]


@pytest.mark.parametrize("wish", ["khai sinh", "Khai sinh", "KHAI SINH"])
def test_procedures_are_found_with_or_without_marks(office: RunningHub, wish: str) -> None:
    found = requests.get(f"{office.url}/api/v1/procedures", params={"q": wish}, timeout=10).json()["procedures"]
    assert found
    assert "khai sinh" in found[0]["name"].lower()
    assert all("khai sinh" in f"{each['name']} {each['keywords']}".lower() for each in found)
    marked = requests.get(f"{office.url}/api/v1/procedures", params={"q": "chứng thực"}, timeout=10).json()
    plain = requests.get(f"{office.url}/api/v1/procedures", params={"q": "chung thuc"}, timeout=10).json()
    assert {each["code"] for each in marked["procedures"]} <= {each["code"] for each in plain["procedures"]}


def test_health_says_ready(office: RunningHub) -> None:
    health = requests.get(f"{office.url}/api/v1/health", timeout=10).json()
    assert (health["ready"], health["why"]) == (True, "")


def test_a_days_report_counts_the_tickets_by_state(hub: RunningHub) -> None:
    hub.open_counter(1)
    hub.take_number()
    hub.take_number()
    press(hub, "next")
    press(hub, "finish")
    report = hub.supervisor.ok("GET", "/reports/day")
    assert report["tickets"].keys() >= STATES
    assert (report["tickets"]["issued"], report["tickets"]["finished"], report["tickets"]["waiting"]) == (2, 1, 1)
    assert {"count", "mean_s", "p90_s", "within_target"} <= report["waits"].keys()
    assert hub.supervisor.ok("GET", f"/reports/day?date={report['date']}") == report
    assert_refused(hub.device("display").get("/reports/day"), 403, "role_forbids")


def test_signing_in_and_out(hub: RunningHub) -> None:
    hub.make_person("lan", "clerk")
    with Client(hub.url) as pc:
        signed_in = pc.ok("POST", "/session", json={"name": "lan", "password": PASSWORD})
        assert signed_in["person"] == {"name": "lan", "full_name": "Lan", "role": "clerk"}
        assert signed_in["counter"] is None
        pc.ok("POST", "/counters/3/open")
        assert pc.ok("GET", "/session")["counter"] == 3
        assert pc.delete("/session").status_code == 204
        assert_refused(pc.get("/session"), 401, "not_signed_in")
