"""Chinese sentences are written with Chinese marks: in messages, catalogues, forms, diagrams."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.tree import ROOT

HAN = "[\u4e00-\u9fff]"
VALUE = "\ue000"
"""Stands for what is set into a sentence."""

MARK = re.compile(rf"(?:{HAN}|[）〕》」”])[,;:?!]|(?<=\S)[,;:?!](?:{HAN}|{VALUE})")
"""A mark of ASCII beside Chinese."""

NAMES = re.compile(
    r"`[^`]*`|\b[a-z+]+://\S*|机构:角色|<[^>]*>|\{\{.*?\}\}|\{%.*?%\}|\^\(.*", re.DOTALL
)
"""What is no sentence: code, addresses, the way in which a grant is written, markup, patterns."""

PACKAGES = ("engine", "workflows", "webapp")
SAMPLES = {"webapp/administration/calendar_views.py"}
"""A line of a file that is to be pasted: its commas separate cells."""

DRAWN = re.compile(r'\bname="([^"]*)"|<description>([^<]*)<|<text>([^<]*)<')


def faults(text: str) -> list[str]:
    """Return the places of a text where a mark should be Chinese; another tongue's are its own."""
    bare = NAMES.sub("", text)
    if len(re.findall(HAN, bare)) < len(re.findall("[a-z]{3,} [a-z]{2,} ", bare)) * 3:
        return []
    return MARK.findall(bare)


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield every string that is not documentation; what is set into it is marked."""
    told = {id(one) for node in ast.walk(tree) for one in _documentation(node)}
    inner = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, _filled(node)
        elif isinstance(node, ast.Constant) and id(node) not in told | inner:
            yield node.lineno, str(node.value)


def _documentation(node: ast.AST) -> Iterator[ast.AST]:
    body = getattr(node, "body", None)
    for one in body if isinstance(body, list) else ():
        if isinstance(one, ast.Expr):
            yield one.value


def _filled(node: ast.JoinedStr) -> str:
    parts = [str(one.value) if isinstance(one, ast.Constant) else VALUE for one in node.values]
    written = "".join(part for part in parts if part != VALUE)
    return "".join(parts) if re.search(HAN, written) else written


def written(path: Path) -> Iterator[tuple[int, str]]:
    """Yield what a file says to people, by line where that is known."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        yield from strings(ast.parse(text))
    elif path.suffix == ".json":
        yield from ((0, one) for one in _values(json.loads(text)))
    elif path.suffix == ".html":
        yield 0, text
    else:
        yield from ((0, part) for found in DRAWN.findall(text) for part in found)


def _values(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _values(part)


def files(suffix: str) -> list[Path]:
    """Return the files of the product that end so."""
    found = [path for name in (*PACKAGES, "forms") for path in (ROOT / name).rglob(f"*{suffix}")]
    return [path for path in found if str(path.relative_to(ROOT)) not in SAMPLES]


@pytest.mark.parametrize("suffix", [".py", ".json", ".html", ".bpmn", ".dmn"])
def test_chinese_is_written_with_chinese_marks(suffix: str) -> None:
    said = [(path, line, text) for path in files(suffix) for line, text in written(path)]
    assert said
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {text[:80]}" for path, line, text in said if faults(text)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_mark_of_ascii_is_found() -> None:
    source = 'a = "请求有误,请更正"\nb = f"失败：{x}:{y}"\nc = f"超出（{x}）,须先录入"\n'
    assert all(faults(text) for _, text in strings(ast.parse(source)))
    for right in ("时间为 08:30，共 1,000 元", "见 `甲,乙`", "of persons, 物 or 管理 of the table"):
        assert not faults(right)
