"""Every page: a strict Content-Security-Policy, and nothing in it that needs a laxer one."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from tests.running_hub import RunningHub

PAGES = [
    "/", "/sign-in", "/setup?token=x", "/join?page=/tv", "/tv", "/counter-screen/1", "/boards", "/kiosk", "/console",
    "/supervisor", "/report", "/admin", "/nowhere",
]  # fmt: skip
FORBIDDEN = ("unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http:", "https:", "blob:")


class Strict(HTMLParser):
    """Collects what a strict policy forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.addresses: list[str] = []
        self.styles: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.faults += [f"<{tag} {name}>" for name in given if name.startswith("on") or name == "style"]
        self._script = tag == "script" and "src" not in given and given.get("type") != "application/json"
        if tag == "style":
            self.faults.append("<style>")
        self.addresses += [value for name, value in attrs if name in ("src", "href", "action") and value]

    def handle_data(self, data: str) -> None:
        if self.lasttag == "style" and self.cdata_elem == "style":
            self.styles.append(data)
        if self._script and data.strip():
            self.faults.append(f"inline script: {data[:60]}")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_strict_and_asks_no_other_host(office: RunningHub, path: str) -> None:
    answer = office.admin.request("GET", f"/../..{path}")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy
    assert not [word for word in FORBIDDEN if word in policy]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    if path != "/nowhere":
        assert answer.status_code == 200, answer.text[:500]
    page = Strict()
    page.feed(answer.text)
    assert page.faults == []
    assert not [address for address in page.addresses if re.match(r"(\w+:)?//|javascript:", address)]


@pytest.mark.parametrize("whose", ["mine", "nobodys"])
def test_the_style_in_a_ticket_s_page_is_the_one_its_policy_names(office: RunningHub, whose: str) -> None:
    address = office.take_number()["url"] if whose == "mine" else "/t/nobody-has-this"
    answer = office.admin.request("GET", f"/../..{address}")
    policy = answer.headers["Content-Security-Policy"]
    page = Strict()
    page.feed(answer.text)
    assert page.faults == ["<style>"]
    digest = b64encode(sha256("".join(page.styles).encode()).digest()).decode()
    (rule,) = re.findall(r"style-src [^;]*", policy)
    assert rule == f"style-src 'self' 'sha256-{digest}'"
    assert not [word for word in FORBIDDEN if word in policy.replace(digest, "")]


def test_every_file_that_a_page_names_is_there(office: RunningHub) -> None:
    missing = []
    for path in PAGES[:-1]:
        page = Strict()
        page.feed(office.admin.request("GET", f"/../..{path}").text)
        files = [address for address in page.addresses if address.startswith("/static/")]
        missing += [file for file in files if office.admin.request("GET", f"/../..{file}").status_code != 200]
    assert missing == []
