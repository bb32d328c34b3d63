"""The human page of the interface: drawn here from the description, no script, no other host."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from webapp.api.blueprint import PREFIX
from webapp.errors import TABLE
from webapp.i18n.language import t
from webapp.policy import allow

blueprint = Blueprint("api-docs", __name__, url_prefix=PREFIX)

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Line:
    """A parameter, a field or an answer in words."""

    name: str
    type: str
    required: bool
    words: str


@dataclass(frozen=True)
class Call:
    """One call as the page shows it."""

    method: str
    path: str
    summary: str
    description: str
    takes: list[Line]
    body: str
    answers: list[Line]


@dataclass(frozen=True)
class Part:
    """A set of calls."""

    name: str
    description: str
    calls: list[Call]


@blueprint.get("/docs")
@allow.anyone
def show() -> ResponseReturnValue:
    """Show the calls with what they take and give."""
    spec = current_app.extensions["bihuan-openapi"]
    problems = sorted({(row.slug, row.status, t(row.title)) for row in TABLE.values()})
    return render_template(
        "api_docs.html",
        parts=parts(spec),
        schemas=_schemas(spec),
        problems=problems,
        prefix=PREFIX,
    )


def parts(spec: Mapping[str, Any]) -> list[Part]:
    """Return the calls of a description by their sets."""
    found: dict[str, list[Call]] = {tag["name"]: [] for tag in spec["tags"]}
    for path, operations in spec["paths"].items():
        for method in METHODS:
            if method in operations:
                call = _call(method, path, operations[method], operations.get("parameters", []))
                found[operations[method]["tags"][0]].append(call)
    words = {tag["name"]: tag["description"] for tag in spec["tags"]}
    return [Part(name, words[name], calls) for name, calls in found.items()]


def _call(method: str, path: str, said: Mapping[str, Any], shared: list[Any]) -> Call:
    content = said.get("requestBody", {}).get("content", {})
    return Call(
        method=method.upper(),
        path=path,
        summary=said.get("summary", ""),
        description=said.get("description", ""),
        takes=[_parameter(one) for one in (*shared, *said.get("parameters", []))],
        body=", ".join(f"{kind}: {_type(one.get('schema', {}))}" for kind, one in content.items()),
        answers=[_answer(status, one) for status, one in said["responses"].items()],
    )


def _parameter(one: Mapping[str, Any]) -> Line:
    return Line(
        f"{one['name']} ({one['in']})",
        _type(one.get("schema", {})),
        bool(one.get("required")),
        one.get("description", ""),
    )


def _answer(status: str, one: Mapping[str, Any]) -> Line:
    kinds = ", ".join(_type(c.get("schema", {})) for c in one.get("content", {}).values())
    words = one.get("description") or str(one.get("$ref", "")).rpartition("/")[2]
    return Line(str(status), kinds, required=False, words=words)


def _schemas(spec: Mapping[str, Any]) -> dict[str, list[Line]]:
    known = spec["components"]["schemas"]
    return {
        name: [
            Line(key, _type(one), key in schema.get("required", ()), one.get("description", ""))
            for key, one in schema.get("properties", {}).items()
        ]
        for name, schema in sorted(known.items())
    }


def _type(schema: Mapping[str, Any]) -> str:
    """Return a type in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    kind = schema.get("type", "any")
    kinds = [kind] if isinstance(kind, str) else list(kind)
    if "array" in kinds:
        return f"[{_type(schema.get('items', {}))}]"
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    form = schema.get("format")
    return " | ".join([f"{one} {form}" if form and one == "string" else one for one in kinds])
