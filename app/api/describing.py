"""The OpenAPI description as a client can check it: what SpecTree cannot know of queries, files and refusals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from app.api.front_door import house_rules

Schema = Mapping[str, Any]
PROBLEM = "#/components/schemas/Problem"
DAY: Schema = {"type": "string", "format": "date", "examples": ["2026-11-21"]}
TEXT: Schema = {"type": "string"}
FURTHER: Schema = {
    "type": "array",
    "description": "Where a file is refused: its other mistakes, at most 49; `line` and `column` where there is one.",
    "items": {
        "type": "object",
        "required": ["code", "detail"],
        "properties": {"code": TEXT, "detail": TEXT, "line": {"type": "integer"}, "column": TEXT},
    },
}
CSV = "text/csv"
PDF = "application/pdf"
WAV = "audio/wav"
HEALTH = "hall_health"  # not ready is its answer and no refusal


@dataclass(frozen=True)
class Query:
    """One parameter of a query."""

    name: str
    says: str
    schema: Schema = field(default_factory=lambda: TEXT)
    needed: bool = False


@dataclass(frozen=True)
class Told:
    """What a route tells of itself: `files` and `gives_file` are MIME types, `refusals` statuses of problem+json."""

    public: bool
    queries: tuple[Query, ...]
    files: tuple[str, ...]
    gives_file: str
    refusals: frozenset[HTTPStatus]


def refusals(
    *, public: bool, changes: bool, takes: bool, named: bool, asks: bool, limited: bool
) -> Iterator[HTTPStatus]:
    """With what a route may refuse. `takes` a body, `named` in its path, `asks` by a query."""
    yield HTTPStatus.SERVICE_UNAVAILABLE  # the database, the voice or an agent is away
    if not public:
        yield from (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    if named or asks or changes:
        yield from (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
    if changes:  # from a foreign page, without a session, or onto a full disk
        yield from (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.INSUFFICIENT_STORAGE)
    if takes:
        yield from (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if limited:
        yield HTTPStatus.TOO_MANY_REQUESTS


def described(whole: Mapping[str, Any], told: Mapping[str, Told]) -> dict[str, Any]:
    """SpecTree's description of the paths under /api/v1, completed. `told` is kept by operation id."""
    schemas = {name: each for name, each in whole["components"]["schemas"].items() if "ValidationError." not in name}
    paths = {
        path: {
            method: _completed(each, _with_the_door(told[each["operationId"]], method, path), schemas)
            for method, each in methods.items()
        }
        for path, methods in whole["paths"].items()
        if path.startswith("/api/v1/")
    }
    components = whole["components"] | {"schemas": schemas | {"Problem": _problem()}}
    return {**whole, "paths": paths, "components": components}


def _with_the_door(told: Told, method: str, path: str) -> Told:
    """What is counted before anything else may be refused for that."""
    counted = any(rule.fits(method.upper(), path) for rule in house_rules())
    return replace(told, refusals=told.refusals | {HTTPStatus.TOO_MANY_REQUESTS}) if counted else told


def _completed(operation: Mapping[str, Any], told: Told, schemas: Schema) -> dict[str, Any]:
    done = dict(operation)
    done["parameters"] = [*operation["parameters"], *map(_parameter, told.queries)]
    done["responses"] = _responses(operation, told)
    if body := operation.get("requestBody"):
        done["requestBody"] = body | {"required": _is_needed(body, schemas)}
    if told.files:
        done["requestBody"] = {"required": True, "content": {each: {"schema": _binary()} for each in told.files}}
    if told.public:
        done["security"] = [{}, {"session": []}, {"token": []}]
    return done


def _is_needed(body: Mapping[str, Any], schemas: Schema) -> bool:
    """A body without a field that must be there may be left out."""
    _, _, name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")
    return bool(schemas[name].get("required"))


def _parameter(query: Query) -> dict[str, Any]:
    return {
        "name": query.name,
        "in": "query",
        "required": query.needed,
        "schema": dict(query.schema),
        "description": query.says,
    }


def _responses(operation: Mapping[str, Any], told: Told) -> dict[str, Any]:
    status, success = next(iter(operation["responses"].items()))
    if told.gives_file:
        success = success | {"content": {told.gives_file: {"schema": _binary()}}}
    refused = {str(int(each)): _refusal(each) for each in sorted(told.refusals)}
    if operation["operationId"] == HEALTH:
        refused[str(int(HTTPStatus.SERVICE_UNAVAILABLE))] = success | {"description": "Not ready"}
    return {status: success, **refused}


def _refusal(status: HTTPStatus) -> dict[str, Any]:
    return {"description": status.phrase, "content": {"application/problem+json": {"schema": {"$ref": PROBLEM}}}}


def _binary() -> dict[str, str]:
    return {"type": "string", "format": "binary"}


def _problem() -> dict[str, Any]:
    """As app/api/problems.py writes it; the facts of a refusal stand beside."""
    return {
        "type": "object",
        "title": "Problem",
        "description": "A refusal (RFC 9457): `code` is stable and for programs, `detail` a sentence for people.",
        "required": ["type", "title", "status", "code", "detail"],
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": {"type": "integer"},
            "code": TEXT,
            "detail": TEXT,
            "further": FURTHER,
            "more": {"type": "integer", "description": "How many further mistakes there are that are not listed."},
        },
    }
