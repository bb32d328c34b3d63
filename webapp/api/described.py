"""What the description says of every call beyond what its schemas say: how it may be refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from flask import Flask

from webapp.api.access import PARAMETER as ACTING_FOR
from webapp.api.access import TokenPolicy
from webapp.api.blueprint import PARAMETERS, PROBLEM, Blueprint
from webapp.api.blueprint import REFUSALS as OWN
from webapp.policy import policy_of

TITLE_ZH = "x-description-zh"
IF_MATCH = "If-Match"
METHODS = ("get", "post", "put", "patch", "delete")

REFUSALS: dict[int, tuple[str, str]] = {
    400: ("请求格式有误", "The request is malformed."),
    401: ("没有有效的令牌，或用户名与密码不符", "No valid token, or a wrong password."),
    403: ("令牌或岗位不允许", "The token or the posts of its holder do not allow it."),
    404: ("没有，或无权知道", "There is none, or none that the caller may know of."),
    409: (
        "状态已变化，或请求标识已用于另一请求",
        "The state has moved on, or the key was used for another request.",
    ),
    412: ("读取之后已有变化", "It has changed since it was read."),
    413: ("请求内容过大", "The request is too large."),
    415: ("内容类型不受支持", "The content type is not supported."),
    422: ("内容有误，errors 按字段说明", "The content is wrong; `errors` says where."),
    428: ("须带 If-Match", "If-Match is needed."),
    429: ("请求过于频繁", "Too many requests."),
    500: ("系统故障", "A fault of ours; `reference` names the entry of the log."),
    503: ("数据库暂时不可用", "The database is out of reach for the moment."),
}
"""Every status of a refusal, in Chinese and English."""

ANY_CALL = frozenset({400, 429, 500, 503})
WITH_TOKEN = frozenset({401, 403})
WITH_BODY = frozenset({413, 415, 422})
WITH_MATCH = frozenset({412, 428})


class Operation(NamedTuple):
    """One call of the description."""

    method: str
    path: str
    said: dict[str, Any]
    shared: list[Any]


def complete(app: Flask, spec: dict[str, Any], parts: Iterable[Blueprint]) -> dict[str, Any]:
    """Return a description with every refusal, and the sets of calls in both languages."""
    titles = {part.name: part.title for part in parts}
    for tag in spec["tags"]:
        tag[TITLE_ZH] = titles[tag["name"]][0]
    needed = _tokens(app)
    for one in operations(spec):
        one.said.setdefault("parameters", []).extend(one.said.pop(PARAMETERS, ()))
        if needed[(one.method, one.path)]:
            one.said["parameters"].append(ACTING_FOR)
        wanted = _statuses(one, needs_token=needed[(one.method, one.path)])
        one.said["responses"].pop("422", None)
        for status in sorted(wanted):
            one.said["responses"][str(status)] = {"$ref": f"#/components/responses/{status}"}
    spec["components"]["responses"] = {str(status): _response(status) for status in REFUSALS}
    del spec["components"]["schemas"]["PaginationMetadata"]
    _tell_bodies(spec)
    return spec


def operations(spec: Mapping[str, Any]) -> Iterator[Operation]:
    """Yield every call of a description."""
    for path, item in spec["paths"].items():
        for method in METHODS:
            if method in item:
                yield Operation(method.upper(), path, item[method], item.get("parameters", []))


def _statuses(one: Operation, *, needs_token: bool) -> set[int]:
    """Return how a call may be refused, by what it takes."""
    takes = [*one.shared, *one.said.get("parameters", [])]
    found = set(ANY_CALL)
    if needs_token:
        found |= WITH_TOKEN
    if any(parameter.get("in") == "path" for parameter in takes):
        found.add(404)
    if takes:
        found.add(422)
    if "requestBody" in one.said:
        found |= WITH_BODY
    if one.method != "GET":
        found.add(409)
    if any(parameter.get("name") == IF_MATCH for parameter in takes):
        found |= WITH_MATCH
    return found | set(one.said.pop(OWN, ()))


def _tokens(app: Flask) -> dict[tuple[str, str], bool]:
    """Return of every call by method and path whether it needs a token."""
    return {
        (method, _path(rule.rule)): isinstance(policy_of(app, rule.endpoint, method), TokenPolicy)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if rule.endpoint.startswith("api-")
    }


def _path(rule: str) -> str:
    return rule.replace("<int:", "{").replace("<", "{").replace(">", "}")


def _response(status: int) -> dict[str, Any]:
    chinese, english = REFUSALS[status]
    schema = {"$ref": "#/components/schemas/Problem"}
    found: dict[str, Any] = {"description": english, TITLE_ZH: chinese}
    found["content"] = {PROBLEM: {"schema": schema}}
    if status in (429, 503):
        words = "Seconds to wait."
        found["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": words}}
    return found


def _tell_bodies(spec: dict[str, Any]) -> None:
    """Say of every body that may be sent what it must hold, and that it may hold nothing else."""
    schemas = spec["components"]["schemas"]
    for one in operations(spec):
        body: dict[str, Any] = one.said.get("requestBody", {})
        for content in body.get("content", {}).values():
            schema = schemas[content["schema"]["$ref"].rpartition("/")[2]]
            schema["additionalProperties"] = False
            body["required"] = bool(schema.get("required"))
