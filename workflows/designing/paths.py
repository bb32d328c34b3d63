"""Which files a draft may hold, and how large they may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from engine.deployment.bundle import FORMS, SIZE_LIMIT
from engine.errors import Invalid

SCENARIOS: Final = "scenarios/"
MOST_FILES: Final = 300
LARGEST: Final = SIZE_LIMIT

PROCESS: Final = re.compile(r"[a-z][a-z0-9_]{1,62}")
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}")
"""What a table, a form or a scenario may be called, without the end of its file."""

_TABLE = re.compile(rf"{NAME.pattern}\.dmn")
_FORM = re.compile(rf"forms/{NAME.pattern}\.json")
_SCENARIO = re.compile(rf"scenarios/{NAME.pattern}\.ya?ml")


def check_path(process: str, path: str) -> None:
    """Raise Invalid unless a draft of a process may hold a file of this name."""
    if path == diagram_of(process) or any(
        one.fullmatch(path) for one in (_TABLE, _FORM, _SCENARIO)
    ):
        return
    known = f"{process}.bpmn, name.dmn, forms/name.json, scenarios/name.yaml"
    raise Invalid.at(
        "path",
        f"Expected one of {known} (letters, digits, - and _), but it is {path[:80]!r}",
        f"文件名应为 {known} 之一（字母、数字、- 和 _）",
    )


def check_content(content: object) -> bytes:
    """Return what a file holds as bytes; raise Invalid where it is no text that can be kept."""
    if not isinstance(content, str):
        raise Invalid.at("content", "Expected a text, but there is none", "请提供文件内容（文本）")
    try:
        data = content.encode()
    except UnicodeEncodeError as error:
        raise Invalid.at(
            "content",
            "Expected a text in Unicode, but it holds half a character",
            "文本中含有不完整的字符",
        ) from error
    if len(data) > LARGEST:
        raise too_large(len(data))
    return data


def check_whole(sizes: Mapping[str, int]) -> None:
    """Raise Invalid where the files of a draft, by their sizes, are too many or too large."""
    if len(sizes) > MOST_FILES:
        raise too_many(len(sizes))
    whole = sum(sizes.values())
    if whole > LARGEST:
        raise too_large(whole)


def too_many(count: int) -> Invalid:
    """Return the refusal of more files than a draft may have."""
    return Invalid.at(
        "path",
        f"Expected at most {MOST_FILES} files, but there are {count}",
        f"草稿最多 {MOST_FILES} 个文件，实际为 {count} 个",
    )


def too_large(size: int) -> Invalid:
    """Return the refusal of files that are too large together."""
    return Invalid.at(
        "content",
        f"Expected files of at most {LARGEST:,} bytes together, but they have {size:,}",
        f"草稿的文件合计最多 {LARGEST:,} 字节，实际为 {size:,} 字节",
    )


def diagram_of(process: str) -> str:
    """Return the path of a process's diagram."""
    return f"{process}.bpmn"


def is_deployed(path: str) -> bool:
    """Return whether a file belongs to what is deployed; scenarios only stand beside it."""
    return not path.startswith(SCENARIOS)


def kind_of(path: str) -> str:
    """Return which kind of file it is: diagram, table, form or scenario."""
    if path.startswith(FORMS):
        return "form"
    if path.startswith(SCENARIOS):
        return "scenario"
    return "table" if path.endswith(".dmn") else "diagram"
