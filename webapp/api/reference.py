"""The description of the interface in words: what the page and the printed reference show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.api.blueprint import SUMMARY_ZH
from webapp.api.described import TITLE_ZH, Operation, operations


@dataclass(frozen=True)
class Line:
    """A parameter, a field or an answer in words."""

    name: str
    type: str
    required: bool
    words: str


@dataclass(frozen=True)
class Call:
    """One call."""

    method: str
    path: str
    summary: str
    description: str
    takes: list[Line]
    body: str
    gives: list[Line]
    refusals: list[int]


@dataclass(frozen=True)
class Part:
    """A set of calls."""

    name: str
    description: str
    calls: list[Call]


def parts(spec: Mapping[str, Any], language: str) -> list[Part]:
    """Return the calls of a description by their sets, in a language."""
    found: dict[str, list[Call]] = {tag["name"]: [] for tag in spec["tags"]}
    for one in operations(spec):
        found[one.said["tags"][0]].append(_call(one, language))
    words = {tag["name"]: _said(tag, language, "description", TITLE_ZH) for tag in spec["tags"]}
    return [Part(name, words[name], calls) for name, calls in found.items()]


def _call(one: Operation, language: str) -> Call:
    said = one.said
    content = said.get("requestBody", {}).get("content", {})
    return Call(
        method=one.method,
        path=one.path,
        summary=_said(said, language, "summary", SUMMARY_ZH),
        description=said.get("description", ""),
        takes=[_parameter(each) for each in (*one.shared, *said.get("parameters", []))],
        body=", ".join(
            f"{kind}: {type_of(each.get('schema', {}))}" for kind, each in content.items()
        ),
        gives=[_given(status, each) for status, each in said["responses"].items() if status < "3"],
        refusals=[int(status) for status in said["responses"] if status >= "4"],
    )


def _parameter(one: Mapping[str, Any]) -> Line:
    return Line(
        f"{one['name']} ({one['in']})",
        type_of(one.get("schema", {})),
        bool(one.get("required")),
        one.get("description", ""),
    )


def _given(status: str, one: Mapping[str, Any]) -> Line:
    kinds = [
        type_of(each.get("schema", {})) or kind for kind, each in one.get("content", {}).items()
    ]
    return Line(str(status), ", ".join(kinds), required=False, words="")


def refusals(spec: Mapping[str, Any], language: str) -> list[Line]:
    """Return every status of a refusal in words."""
    known = spec["components"]["responses"]
    return [
        Line(status, "", required=False, words=_said(one, language, "description", TITLE_ZH))
        for status, one in known.items()
    ]


def _said(one: Mapping[str, Any], language: str, english: str, chinese: str) -> str:
    return str(one[english] if language == "en" else one[chinese])


def schemas(spec: Mapping[str, Any]) -> dict[str, list[Line]]:
    """Return the fields of every kind of value."""
    known = spec["components"]["schemas"]
    return {
        name: [
            Line(key, type_of(one), key in schema.get("required", ()), one.get("description", ""))
            for key, one in schema.get("properties", {}).items()
        ]
        for name, schema in sorted(known.items())
    }


def type_of(schema: Mapping[str, Any]) -> str:
    """Return a type in a few words; empty where anything may stand."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    kind = schema.get("type", "any")
    kinds = [kind] if isinstance(kind, str) else list(kind)
    if "array" in kinds:
        return f"[{type_of(schema.get('items', {}))}]"
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    form = schema.get("format")
    return " | ".join([f"{one} {form}" if form and one == "string" else one for one in kinds])
