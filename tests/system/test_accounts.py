"""Signing in, setting up, secrets: what a stranger tries, and what must not lie about."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
import requests
from argon2 import PasswordHasher
from requests.adapters import HTTPAdapter

from app.accounts import Accounts, WrongPassword
from app.clock import WallClock
from app.core.permissions import SYSTEM, Role
from app.hub import Hub
from app.store.store import Store
from tests.running_hub import PASSWORD, Client, RunningHub
from tests.system.crowd import Crowd, assert_refused

HubFactory = Callable[..., RunningHub]
while_others_act = pytest.mark.parametrize("hub", [{"slow_passwords": True}], ids=["slow"], indirect=True)
WRONG = {"name": "lan", "password": "khong-phai"}


def setup_link(hub: RunningHub) -> str:
    """The second line that a hub without an administrator prints."""
    assert hub.process is not None
    assert hub.process.stdout is not None
    found = re.search(r"http://\S+/setup\?token=(\S+)", hub.process.stdout.readline())
    assert found
    return found[1]


def set_up(hub: RunningHub, token: str) -> requests.Response:
    body = {"token": token, "name": "chu", "full_name": "Người đứng đầu", "password": PASSWORD}
    with Client(hub.url) as stranger:
        return stranger.post("/setup", json=body)


def sign_in(client: Client, name: str, password: str) -> requests.Response:
    return client.post("/session", json={"name": name, "password": password})


def test_a_new_hub_has_no_password_but_a_set_up_link_that_works_once(hub: RunningHub) -> None:
    assert hub.desk.ok("GET", "/people") == {"people": []}
    token = setup_link(hub)
    assert_refused(set_up(hub, "guessed"), 403, "setup_done")
    made = set_up(hub, token)
    assert made.status_code == 201
    assert made.json()["person"]["role"] == "admin"
    assert_refused(set_up(hub, token), 403, "setup_done")
    assert_refused(sign_in(Client(hub.url), "admin", "admin"), 401, "wrong_password")
    hub.restart()
    assert_refused(set_up(hub, token), 403, "setup_done")


@while_others_act
def test_the_set_up_link_makes_one_administrator_however_many_press_at_once(hub: RunningHub, crowd: Crowd) -> None:
    token = setup_link(hub)
    bodies = [{"token": token, "name": f"chu-{number}", "password": PASSWORD} for number in range(4)]
    answers = crowd.at_once([partial(Client(hub.url).post, "/setup", json=body) for body in bodies])
    assert sorted(answer.status_code for answer in answers) == [201, 403, 403, 403]
    assert len(hub.desk.ok("GET", "/people")["people"]) == 1


def test_a_new_set_up_link_makes_the_former_one_worthless(hub: RunningHub) -> None:
    first = setup_link(hub)
    hub.restart()
    second = setup_link(hub)
    assert_refused(set_up(hub, first), 403, "setup_done")
    assert set_up(hub, second).status_code == 201


def test_a_weak_password_is_refused_and_told_how_long_it_must_be(hub: RunningHub) -> None:
    body = {"role": "clerk", "password": "ngan"}
    assert_refused(hub.desk.put("/people/lan", json=body), 422, "weak_password", "8")
    told = hub.command("user", "add", "lan", "--role", "clerk", given="ngan\n")
    assert told.returncode == 1
    assert "8" in told.stderr


def test_the_cookie_is_out_of_reach_for_scripts_and_foreign_pages(hub: RunningHub) -> None:
    hub.make_person("lan", "clerk")
    with Client(hub.url) as browser:
        cookie = sign_in(browser, "lan", PASSWORD).headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie or "SameSite=Strict" in cookie
        assert "Path=/" in cookie


def test_a_signed_out_cookie_is_worth_nothing(hub: RunningHub) -> None:
    lan = hub.clerk("lan")
    kept = dict(lan.cookies)
    assert lan.delete("/session").status_code == 204
    with Client(hub.url) as thief:
        thief.cookies.update(kept)
        assert_refused(thief.get("/session"), 401, "not_signed_in")
        assert_refused(thief.post("/counters/1/open", json={}), 401, "not_signed_in")


def test_a_person_who_is_no_longer_active_is_out_at_once(hub: RunningHub) -> None:
    lan = hub.clerk("lan")
    hub.admin.ok("PUT", "/people/lan", json={"role": "clerk", "active": False})
    assert_refused(lan.get("/session"), 401, "not_signed_in")
    assert_refused(sign_in(lan, "lan", PASSWORD), 401, "wrong_password")


def test_the_last_administrator_stays_one(hub: RunningHub) -> None:
    refused = hub.admin.put("/people/quan-tri", json={"role": "clerk"})
    assert_refused(refused, 409, "last_admin", "quan-tri")


@while_others_act
def test_of_two_administrators_who_step_down_at_once_one_stays(hub: RunningHub, crowd: Crowd) -> None:
    for name in ("mot", "hai"):
        hub.make_person(name, "admin")
    down = {"role": "clerk", "password": PASSWORD}
    answers = crowd.at_once(
        [partial(Client(hub.url, token(hub)).put, f"/people/{n}", json=down) for n in ("mot", "hai")]
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]


def token(hub: RunningHub) -> str:
    return str(hub.desk.headers["Authorization"]).removeprefix("Bearer ")


class Meanwhile:
    """Hashing that lets another act before it returns, as the loop does while a thread hashes."""

    def __init__(self) -> None:
        self.then: list[Callable[[], object]] = []

    def __call__(self, function: Callable[[], bool | str]) -> bool | str:
        done = function()
        if self.then:
            self.then.pop()()
        return done


@pytest.fixture
def meanwhile() -> Meanwhile:
    return Meanwhile()


@pytest.fixture
def accounts(tmp_path: Path, meanwhile: Meanwhile) -> Iterator[Accounts]:
    with Store.opened(tmp_path / "centre.db") as store:
        made = Accounts(Hub(store, WallClock()), meanwhile, PasswordHasher(1, 8, 1))
        made.save_person(SYSTEM, "lan", "Lan", Role.ADMIN, password=PASSWORD)
        made.save_person(SYSTEM, "minh", "Minh", Role.ADMIN, password=PASSWORD)
        yield made


def test_a_new_password_does_not_bring_back_a_role_that_was_taken_away(
    accounts: Accounts, meanwhile: Meanwhile
) -> None:
    lan, _ = accounts.sign_in("lan", PASSWORD)
    meanwhile.then.append(lambda: accounts.save_person(SYSTEM, "lan", "Lan", Role.CLERK))
    accounts.change_password(lan, PASSWORD, "mat-khau-moi")
    assert {person.name: person.role for person in accounts.people()}["lan"] == "clerk"
    assert accounts.sign_in("lan", "mat-khau-moi")


def test_whoever_is_let_go_while_signing_in_or_changing_the_password_is_out(
    accounts: Accounts, meanwhile: Meanwhile
) -> None:
    lan, _ = accounts.sign_in("lan", PASSWORD)
    for act in (
        lambda: accounts.sign_in("lan", PASSWORD),
        lambda: accounts.change_password(lan, PASSWORD, "mat-khau-moi"),
    ):
        meanwhile.then.append(lambda: accounts.save_person(SYSTEM, "lan", "Lan", Role.CLERK, active=False))
        with pytest.raises(WrongPassword):
            act()
        assert not accounts.people()[0].active
        accounts.save_person(SYSTEM, "lan", "Lan", Role.CLERK)


def test_an_old_password_opens_nothing_once_it_was_replaced_even_if_checked_before(
    accounts: Accounts, meanwhile: Meanwhile
) -> None:
    meanwhile.then.append(lambda: accounts.save_person(SYSTEM, "lan", "Lan", Role.ADMIN, password="mat-khau-moi"))
    with pytest.raises(WrongPassword):
        accounts.sign_in("lan", PASSWORD)


def test_guessing_a_password_is_throttled_and_told_how_long(hub: RunningHub) -> None:
    """By address and name: from there even the right password must wait; everybody else signs in as ever."""
    hub.make_person("lan", "clerk")
    hub.make_person("minh", "clerk")
    guesser = Client(hub.url)
    for _ in range(10):
        assert_refused(guesser.post("/session", json=WRONG), 401, "wrong_password")
    throttled = guesser.post("/session", json=WRONG)
    assert_refused(throttled, 429, "too_many_requests")
    assert 0 < int(throttled.headers["Retry-After"]) <= 3600
    assert_refused(sign_in(guesser, "lan", PASSWORD), 429, "too_many_requests")
    assert sign_in(guesser, "minh", PASSWORD).status_code == 200
    assert sign_in(at_another_desk(hub), "lan", PASSWORD).status_code == 200
    assert hub.kiosk.post("/tickets", json={"service": "HT"}).status_code == 201


def test_trying_one_password_on_many_names_is_throttled_too(hub: RunningHub, crowd: Crowd) -> None:
    hands = [Client(hub.url) for _ in range(12)]
    tries = [partial(sign_in, hands[number % 12], f"ten-{number}", "mat-khau") for number in range(108)]
    answers = [answer for start in range(0, 108, 12) for answer in crowd.at_once(tries[start : start + 12])]
    assert Counter(answer.status_code for answer in answers) == {401: 100, 429: 8}


def behind(proxies: str, hub: RunningHub) -> int:
    """What somebody with this X-Forwarded-For hears after ten wrong guesses by another one."""
    with Client(hub.url) as proxy:
        for _ in range(10):
            proxy.post("/session", json=WRONG, headers={"X-Forwarded-For": "203.0.113.7"})
        return proxy.post("/session", json=WRONG, headers={"X-Forwarded-For": proxies}).status_code


def test_behind_a_trusted_proxy_people_have_addresses_of_their_own(hub_factory: HubFactory) -> None:
    hub = hub_factory(trusted_proxies=1)
    assert behind("203.0.113.8", hub) == 401
    assert behind("203.0.113.7", hub) == 429
    assert behind("203.0.113.9, 203.0.113.7", hub) == 429, "what the asker wrote in front counts for nothing"


def test_without_a_trusted_proxy_nobody_gets_another_address_by_claiming_it(hub: RunningHub) -> None:
    assert behind("203.0.113.8", hub) == 429


@while_others_act
def test_guessing_with_many_hands_at_once_gains_nothing(hub: RunningHub, crowd: Crowd) -> None:
    hub.make_person("lan", "clerk")
    hands = [Client(hub.url) for _ in range(12)]
    tried = crowd.at_once([partial(hand.post, "/session", json=WRONG) for hand in hands])
    tried += crowd.at_once([partial(hand.post, "/session", json=WRONG) for hand in hands])
    assert Counter(answer.status_code for answer in tried) == {401: 10, 429: 14}


def test_signing_in_rightly_all_morning_is_never_throttled(hub: RunningHub) -> None:
    hub.make_person("lan", "clerk")
    with Client(hub.url) as pc:
        assert all(sign_in(pc, "lan", PASSWORD).status_code == 200 for _ in range(12))


class From(HTTPAdapter):
    """Connects from this address."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args: object, **options: object) -> None:
        super().init_poolmanager(*args, source_address=(self.address, 0), **options)  # type: ignore[arg-type]


def at_another_desk(hub: RunningHub) -> Client:
    other = Client(hub.url)
    other.mount("http://", From("127.0.0.2"))
    return other


def test_no_secret_lies_in_the_database_or_the_log_in_clear(hub: RunningHub) -> None:
    setup = setup_link(hub)
    lan, kiosk = hub.clerk("lan"), hub.kiosk
    joined = hub.device("display", "tv-1")
    secrets = [setup, PASSWORD, *lan.cookies.values()]
    secrets += [str(device.headers["Authorization"]).split()[1] for device in (kiosk, joined, hub.desk)]
    kept = b"".join(file.read_bytes() for file in hub.folder.glob("centre.db*") if file.suffix != ".hub")
    assert b"tv-1" in kept
    for secret in secrets:
        assert secret.encode() not in kept
        assert secret not in hub.log()
    assert b"$argon2id$" in kept


def test_the_command_lines_token_is_for_the_owner_of_the_database_only(hub: RunningHub) -> None:
    (note,) = hub.folder.glob("centre.db.hub")
    assert note.stat().st_mode & 0o077 == 0
    hub.stop()
    assert not note.exists()
