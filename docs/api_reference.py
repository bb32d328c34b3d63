# ruff: noqa: INP001 - a script beside the pages that it writes, no package
"""Write the reference of the interface from its description: `make docs-api`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from webapp.api import reference
from webapp.api.reference import Call, Line
from webapp.factory import create_app
from workflows.app import Bihuan, Settings

DOCS = Path(__file__).parent
WORDS: dict[str, dict[str, Any]] = {
    "zh": {
        "title": "# 接口参考",
        "made": "本页由 `make docs-api` 根据接口说明生成，不要手工修改。"
        "怎样用见[接口指南](api.zh.md)。",
        "takes": "参数：",
        "body": "请求内容：",
        "gives": "回答：",
        "refusals": "拒绝：",
        "problems": "## 拒绝",
        "schemas": "## 数据",
        "field": ("字段", "类型", "含义"),
        "status": ("状态", "含义"),
        "needed": "必填",
    },
    "en": {
        "title": "# Reference of the interface",
        "made": "This page is written by `make docs-api` from the description of the interface; do "
        "not edit it. How to use it is told in the [guide](api.en.md).",
        "takes": "Parameters: ",
        "body": "Body: ",
        "gives": "Gives: ",
        "refusals": "Refusals: ",
        "problems": "## Refusals",
        "schemas": "## Values",
        "field": ("field", "type", "meaning"),
        "status": ("status", "meaning"),
        "needed": "required",
    },
}


def description() -> dict[str, Any]:
    """Return the description of the interface; no database is opened for it."""
    with tempfile.TemporaryDirectory() as folder:
        product = Bihuan.open(Settings("sqlite://", data_directory=Path(folder)))
        found: dict[str, Any] = create_app(product, testing=True).extensions["bihuan-openapi"]
        return found


def page(spec: dict[str, Any], language: str) -> str:
    """Return the page in a language."""
    words = WORDS[language]
    blocks = [words["title"], words["made"]]
    for part in reference.parts(spec, language):
        blocks += [f"## {part.description}", *_calls(part.calls, words)]
    refusals = [(f"`{one.name}`", one.words) for one in reference.refusals(spec, language)]
    blocks += [words["problems"], _table(words["status"], refusals), words["schemas"]]
    for name, lines in reference.schemas(spec).items():
        blocks += [f"### {name}", _table(words["field"], _cells(lines, words["needed"]))]
    return "\n\n".join(blocks) + "\n"


def _calls(calls: Sequence[Call], words: dict[str, Any]) -> Iterator[str]:
    for call in calls:
        yield f"### `{call.method} {call.path}`"
        yield call.summary
        if call.description:
            yield call.description
        lines = [_listed(words["takes"], call.takes, words["needed"])] if call.takes else []
        if call.body:
            lines.append(f"- {words['body']}`{call.body}`")
        given = ", ".join(f"`{one.name}` {one.type}".strip() for one in call.gives)
        refused = " ".join(f"`{status}`" for status in call.refusals)
        lines += [f"- {words['gives']}{given}", f"- {words['refusals']}{refused}"]
        yield "\n".join(lines)


def _listed(title: str, lines: Sequence[Line], needed: str) -> str:
    named = [f"`{one.name}`{f' ({needed})' if one.required else ''}" for one in lines]
    return f"- {title}{', '.join(named)}"


def _cells(lines: Sequence[Line], needed: str) -> Iterator[tuple[str, ...]]:
    for one in lines:
        kind = one.type.replace("|", "\\|")
        yield f"`{one.name}`", f"{kind}{f' ({needed})' if one.required else ''}", one.words


def _table(heads: Sequence[str], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def main() -> None:
    """Write both pages."""
    spec = description()
    for language in WORDS:
        (DOCS / f"api-reference.{language}.md").write_text(page(spec, language), encoding="utf-8")


if __name__ == "__main__":
    main()
