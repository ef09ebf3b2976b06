"""How a route is declared: what it takes and gives (for OpenAPI too), and who may ask."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from inspect import signature
from typing import Any, TypeVar

from flask import Blueprint, Response, current_app, g, json, jsonify, request
from pydantic import BaseModel, ValidationError
from spectree import Response as Described
from spectree import SecurityScheme, SpecTree
from spectree.models import InType, SecureType, SecuritySchemeData
from spectree.plugins.flask_plugin import FlaskPlugin
from werkzeug.exceptions import RequestEntityTooLarge

from app.api.describing import Query, Told, described, refusals
from app.api.problems import BadField, BadRequest, NotJson, NotSignedIn
from app.core.errors import RoleForbids
from app.core.permissions import Actor, Role
from app.hub import Key, KeyReused, Outcome
from app.parts import Parts

M = TypeVar("M", bound=BaseModel)
View = Callable[..., Any]
LONGEST_KEY = 200
LIMITED = "is_limited"
"""An attribute of a view that app/api/limits.py counts."""


class DescribeOnly(FlaskPlugin):
    """SpecTree's description without its validation: `read_body` checks, and answers are built from the hall."""

    def validate(self, func: View, *rest: Any, **values: Any) -> Any:
        """Call the view; the nine settings before its own arguments are the validation's."""
        return func(*rest[len(VALIDATION_SETTINGS) :], **values)


VALIDATION_SETTINGS = tuple(signature(FlaskPlugin.validate).parameters)[2:-2]

spec = SpecTree(
    "flask",
    backend=DescribeOnly,
    title="Tới Lượt",
    description="Commands take an Idempotency-Key header; a retry with the same key gets the same answer.",
    version="1",
    path="api/openapi",
    page_templates={},
    annotations=False,
    security_schemes=[
        SecurityScheme(
            name="session",
            data=SecuritySchemeData(type=SecureType.API_KEY, field_in=InType.COOKIE, name="toiluot_session"),
        ),
        SecurityScheme(name="token", data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer")),
    ],
    security=[{"session": []}, {"token": []}],
)
told_of: dict[str, Told] = {}
"""By operation id, what SpecTree does not know of it."""


def description() -> dict[str, Any]:
    """The OpenAPI description of /api/v1."""
    return described(spec.spec, told_of)


def parts() -> Parts:
    found: Parts = current_app.extensions["toiluot"]
    return found


def actor() -> Actor:
    """Who asks. Raises NotSignedIn."""
    found: Actor | None = g.actor
    if found is None:
        raise NotSignedIn
    return found


def route(
    blueprint: Blueprint,
    method: str,
    path: str,
    *,
    takes: type[BaseModel] | None = None,
    gives: type[BaseModel] | None = None,
    status: int = 200,
    roles: frozenset[Role] | None = frozenset(Role) - {Role.CITIZEN},
    queries: tuple[Query, ...] = (),
    files: tuple[str, ...] = (),
    gives_file: str = "",
    also: tuple[HTTPStatus, ...] = (),
) -> Callable[[View], View]:
    """Declare a route. `roles` None lets anybody in; `takes` hands the parsed body to the view as `body`.

    Described only: `queries`; the MIME types of a body that is a file (`files`) and of the answer (`gives_file`);
    `also`, the refusals that do not follow from the rest.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> Any:
            if roles is not None and actor().role not in roles:
                raise RoleForbids(role=actor().role)
            if takes is not None:
                values["body"] = read_body(takes)
            return view(**values)

        operation = f"{blueprint.name}_{view.__name__}"
        validated = spec.validate(
            json=takes, resp=Described(**{f"HTTP_{status}": gives}), tags=[blueprint.name], operation_id=operation
        )(guarded)
        may_refuse = refusals(
            public=roles is None,
            changes=method != "GET",
            takes=takes is not None or bool(files),
            named="<" in path,
            asks=bool(queries),
            limited=getattr(view, LIMITED, False),
        )
        told_of[operation] = Told(roles is None, queries, files, gives_file, frozenset((*may_refuse, *also)))
        blueprint.add_url_rule(path, f"{method.lower()}_{view.__name__}", validated, methods=[method])
        return view

    return decorate


def read_body(model: type[M]) -> M:
    """The request's JSON as a model. Raises RequestEntityTooLarge, NotJson, BadRequest or BadField."""
    data = request.get_data()
    if request.content_length is None and len(data) == request.max_content_length:
        raise RequestEntityTooLarge  # a chunked body that goes on is cut there without a word
    if data and not request.is_json:
        raise NotJson
    try:
        plain = json.loads(data, parse_float=_number, parse_constant=_no_number) if data else {}
        text = json.dumps(plain)
    except (ValueError, RecursionError) as error:
        raise BadRequest(why=error) from None
    try:
        model.model_validate(plain)  # names the field of a text that is no Unicode, which is no JSON to the other
        return model.model_validate_json(text, strict=True)  # as described: a number is no text, and 1 is not true
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "body"
        raise BadField(field=field, why=first["msg"]) from None


def _number(text: str) -> float:
    """In JSON Schema 2.0 is a whole number."""
    number = float(text)
    return int(number) if number.is_integer() else number


def _no_number(name: str) -> None:
    """Python reads NaN and Infinity, which JSON does not know."""
    raise ValueError(name)


def idempotency_key(sender: Actor | None = None) -> Key | None:
    """The Idempotency-Key header with what was asked; a key belongs to its sender (None: whoever is signed in).

    What was asked is kept as its hash: it may hold somebody's name, card or password.
    """
    header = request.headers.get("Idempotency-Key", "").strip()
    if not header:
        return None
    if len(header) > LONGEST_KEY:
        raise BadField(field="Idempotency-Key", why=f"at most {LONGEST_KEY} characters")
    asked = f"{request.method} {request.path} {request.get_data(as_text=True)}"
    return Key(f"{(sender or actor()).label} {header}", parts().one_each.key.of_request(asked))


def answered(key: Key) -> Response | None:
    """What this key was answered with, for a command that can only be put together the first time.

    Raises KeyReused where the key stands for another request.
    """
    kept = parts().store.answer(key.key)
    if kept is None:
        return None
    if kept.fingerprint != key.fingerprint:
        raise KeyReused(key=key.key.rpartition(" ")[2])
    return told(Outcome(kept.body, kept.status, repeated=True))


def answer(body: Mapping[str, Any], status: int = 200) -> Response:
    response = jsonify(body)
    response.status_code = status
    return response


def told(outcome: Outcome) -> Response:
    """The answer of a command, as it was kept."""
    return Response(outcome.body, outcome.status, content_type="application/json")
