"""The public contract of design.md: every route is described, in a description that programs can read."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.running_hub import RunningHub

ROUTES = {
    "/session": {"post", "delete", "get"},
    "/tickets": {"post"},
    "/tickets/{id}": {"get"},
    "/counters/{n}/services": {"put"},
    **{f"/counters/{{n}}/{verb}": {"post"} for verb in (
        "next", "recall", "arrive", "finish", "miss", "park", "undo", "call", "transfer", "open", "pause", "close"
    )},
    "/hall": {"get"},
    "/events": {"get"},
    "/procedures": {"get"},
    "/reports/day": {"get"},
    "/health": {"get"},
}  # fmt: skip


@pytest.fixture(scope="module")
def described(office: RunningHub) -> dict[str, Any]:
    found: dict[str, Any] = requests.get(f"{office.url}/api/openapi.json", timeout=10).json()
    return found


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_route_of_the_contract_is_described(described: dict[str, Any]) -> None:
    by_shape = {re.sub(r"\{[^}]+\}", "{}", path): set(methods) for path, methods in described["paths"].items()}
    for path, methods in ROUTES.items():
        assert methods <= by_shape["/api/v1" + re.sub(r"\{[^}]+\}", "{}", path)], path


def test_the_description_is_openapi_3_1(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert described["info"]["title"]
    assert described["info"]["version"]
    for path, method, operation in operations(described):
        named = set(re.findall(r"\{([^}]+)\}", path))
        declared = {each["name"] for each in operation.get("parameters", []) if each["in"] == "path"}
        assert named == declared, path
        assert all(each.get("required") for each in operation.get("parameters", []) if each["in"] == "path")
        assert method in ("get", "post", "put", "delete")
        assert operation["responses"], path
        assert all(re.fullmatch(r"[1-5]\d\d", status) for status in operation["responses"])
        assert all(answer["description"] for answer in operation["responses"].values()), path
        assert operation["summary"] or operation["description"]
    ids = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(ids) == len(set(ids))
    schemes = described["components"]["securitySchemes"]
    assert schemes["token"] == {"type": "http", "scheme": "bearer"}
    assert (schemes["session"]["type"], schemes["session"]["in"]) == ("apiKey", "cookie")


def test_every_reference_of_the_description_leads_somewhere(described: dict[str, Any]) -> None:
    text = json.dumps(described)
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', text)):
        place: Any = described
        for step in reference.split("/"):
            place = place[step.replace("~1", "/").replace("~0", "~")]
        assert place, reference
