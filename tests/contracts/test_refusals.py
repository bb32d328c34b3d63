"""Every refusal in the product's source has a Chinese sentence beside the English one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.contracts.tree import ROOT

CHINESE = re.compile("[\u4e00-\u9fff]")
PLACES = {
    **dict.fromkeys(("NotFound", "NotAllowed", "Conflict", "Stale", "Invalid"), 1),
    **dict.fromkeys(("Unavailable", "Incident"), 1),
    "FieldError": 2,
    "Invalid.at": 2,
}
"""Where a refusal takes its Chinese sentence, by how it is written."""


def test_every_refusal_has_a_chinese_sentence() -> None:
    found = [
        (f"{file.relative_to(ROOT)}:{call.lineno}", _chinese(call, place))
        for package in ("engine", "workflows", "webapp")
        for file in (ROOT / package).rglob("*.py")
        for call, place in _refusals(ast.parse(file.read_text("utf-8")))
    ]
    assert len(found) > 100
    assert [where for where, said in found if not said] == []


def test_a_refusal_in_english_alone_is_found() -> None:
    ((bare, place), (said, other), (framed, third)) = _refusals(
        ast.parse('Conflict("a", "b")\nInvalid.at("f", "a", "不")\nConflict(a, f"“{b}”")')
    )
    assert not _chinese(bare, place)
    assert _chinese(said, other)
    assert _chinese(framed, third), "what is framed brings its own words"


def _refusals(tree: ast.Module) -> Iterator[tuple[ast.Call, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).removeprefix("errors.")
            if name in PLACES:
                yield node, PLACES[name]


def _chinese(call: ast.Call, place: int) -> bool:
    named = {one.arg: one.value for one in call.keywords}
    said = call.args[place] if len(call.args) > place else named.get("message_zh")
    if said is None:
        return any(isinstance(one, ast.Starred) for one in call.args)
    if isinstance(said, ast.Constant):
        return bool(CHINESE.search(str(said.value)))
    parts = said.values if isinstance(said, ast.JoinedStr) else ()
    filled = any(isinstance(one, ast.FormattedValue) for one in parts)
    written = "".join(str(one.value) for one in parts if isinstance(one, ast.Constant))
    framed = filled and not re.search("[A-Za-z]", written)
    return not isinstance(said, ast.JoinedStr) or framed or bool(CHINESE.search(written))
