"""/api/docs: the API's own description as a page, with examples made from it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Response, render_template

Described = Mapping[str, Any]
DEEPEST = 4
FIRST = (
    "/api/v1/ask",
    "/api/v1/scan",
    "/api/v1/tickets",
    "/api/v1/check-in",
    "/api/v1/assistance",
    "/api/v1/procedures",
    "/api/v1/procedures/{code}",
    "/api/v1/hall",
)
"""What a robot needs, in the order that it needs it."""
EXAMPLES: Mapping[str, object] = {
    "text": "cho tôi lấy số làm giấy khai sinh",
    "language": "vi",
    "service": "HT",
    "procedure": "1.001193",
    "channel": "robot",
    "code": "482913",
}


@dataclass(frozen=True)
class Field:
    name: str
    type: str
    needed: bool
    says: str


@dataclass(frozen=True)
class Operation:
    """`example` is a request's body as JSON, "" where it has none."""

    method: str
    path: str
    anchor: str
    tag: str
    summary: str
    says: str
    takes: list[Field]
    gives: list[Field]
    status: str
    example: str


def page(described: Described) -> Response:
    """`described` is the OpenAPI description. In English, as its texts are."""
    every = list(operations(described))
    robots = sorted((each for each in every if _of_robots(each)), key=lambda each: FIRST.index(each.path))
    rest: dict[str, list[Operation]] = {}
    for each in every:
        rest.setdefault(each.tag, []).append(each)
    text = render_template(
        "api/docs.html", robots=robots, tags=dict(sorted(rest.items())), page_data="{}", catalogue="{}"
    )
    return Response(text, content_type="text/html; charset=utf-8", headers={"Cache-Control": "no-cache"})


def operations(described: Described) -> Iterator[Operation]:
    """Every method of every path."""
    for path, methods in described["paths"].items():
        for method, told in methods.items():
            yield _operation(described, path, method, told)


def _of_robots(each: Operation) -> bool:
    return each.path in FIRST and each.method in ("GET", "POST")


def _operation(described: Described, path: str, method: str, told: Described) -> Operation:
    body = _schema_in(told.get("requestBody", {}))
    status, answer = next(iter(sorted(told["responses"].items())))
    return Operation(
        method=method.upper(),
        path=path,
        anchor=told["operationId"],
        tag=told["tags"][0],
        summary=told.get("summary", ""),
        says=told.get("description", ""),
        takes=[*_queries(told), *_fields(described, body)],
        gives=_fields(described, _schema_in(answer)),
        status=status,
        example=json.dumps(_example(described, body), ensure_ascii=False) if body else "",
    )


def _queries(told: Described) -> list[Field]:
    return [
        Field(f"?{each['name']}=", _type({}, each["schema"]), each["required"], each["description"])
        for each in told["parameters"]
        if each["in"] == "query"
    ]


def _schema_in(part: Described) -> Described:
    schema: Described = part.get("content", {}).get("application/json", {}).get("schema", {})
    return schema


def _resolved(described: Described, schema: Described) -> Described:
    reference = schema.get("$ref", "")
    found: Described = described
    for step in reference.removeprefix("#/").split("/") if reference else ():
        found = found[step]
    return found if reference else schema


def _fields(described: Described, schema: Described) -> list[Field]:
    whole = _resolved(described, schema)
    needed = set(whole.get("required", ()))
    return [
        Field(name, _type(described, each), name in needed, each.get("description", ""))
        for name, each in whole.get("properties", {}).items()
    ]


def _type(described: Described, schema: Described) -> str:
    """In the words of JSON, such as "text", "list of {code, name}" or "number or null"."""
    whole = _resolved(described, schema)
    if "anyOf" in whole:
        return " or ".join(dict.fromkeys(_type(described, each) for each in whole["anyOf"]))
    if "enum" in whole:
        return " | ".join(str(each) for each in whole["enum"])
    if "const" in whole:
        return str(whole["const"])
    kind = whole.get("type", "anything")
    if kind == "array":
        return f"list of {_type(described, whole.get('items', {}))}"
    if kind == "object" and whole.get("properties"):
        return f"{{{', '.join(whole['properties'])}}}"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    return words.get(kind, str(kind))


def _example(described: Described, schema: Described, name: str = "", depth: int = 0) -> object:
    """Values that fit; what need not be sent is left out, but for what makes the example worth reading."""
    whole = _resolved(described, schema)
    if name in EXAMPLES:
        return EXAMPLES[name]
    for part in whole.get("anyOf", ())[:1]:
        return _example(described, part, name, depth)
    if "enum" in whole:
        return whole["enum"][0]
    if "properties" in whole and depth < DEEPEST:
        needed = set(whole.get("required", ()))
        return {
            key: _example(described, each, key, depth + 1)
            for key, each in whole["properties"].items()
            if key in needed or key in EXAMPLES
        }
    if whole.get("type") == "array":
        return [_example(described, whole.get("items", {}), depth=depth + 1)] if depth < DEEPEST else []
    return {"integer": 1, "number": 1.5, "boolean": True, "string": "…", "null": None}.get(whole.get("type", ""), {})
