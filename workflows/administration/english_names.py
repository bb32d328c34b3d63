"""English names of what has a Chinese one: where nobody gave one, it follows the Chinese name.

The store holds the Chinese name in both places then, so that every page and paper has words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

HINT = ("不填则英文页面显示中文名称", "Left empty, English pages show the Chinese name")


class Named(Protocol):
    """Whatever bears both names."""

    @property
    def name_zh(self) -> str:
        """The Chinese name."""

    @property
    def name(self) -> str:
        """The English name, or the Chinese one again."""


def given(one: Named) -> str:
    """Return the English name that somebody gave, "" where it follows the Chinese one."""
    return "" if one.name == one.name_zh else one.name


def kept(data: Mapping[str, Any], before: Named | None = None) -> str:
    """Return the English name to keep with what a form says; one nobody gave is not kept back.

    Who reads what is there and sends it back with another Chinese name alone gave none either.
    """
    name = str(data.get("name") or "")
    untouched = before is not None and not given(before) and name == before.name
    return str(data["name_zh"]) if untouched or not name else name


def told(name_zh: str, name: str) -> dict[str, str]:
    """Return both names for the record, the English one empty where nobody gave one."""
    return {"name_zh": name_zh, "name": "" if name == name_zh else name}
